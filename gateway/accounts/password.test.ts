import { expect, test } from "vitest";
import { generatePassword, hashPassword, passwordMatches } from "./password.ts";

test("passwords are argon2id, match in any Unicode form, and nobody's never matches", async () => {
  const hash = await hashPassword("Z\u00fcrich-2026!");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordMatches(hash, "Zu\u0308rich-2026!")).toBe(true);
  expect(await passwordMatches(hash, "zurich-2026!")).toBe(false);
  expect(await passwordMatches(null, "nobody has this password")).toBe(false);
});

test("generated passwords can be read aloud and differ", () => {
  const passwords = new Set(Array.from({ length: 50 }, generatePassword));
  expect(passwords.size).toBe(50);
  for (const password of passwords) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
});
