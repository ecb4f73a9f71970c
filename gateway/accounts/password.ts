/** Passwords: argon2id with the parameters that OWASP's password storage sheet names first (19 MiB, 2 passes, 1 lane). */
import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

export const minPasswordChars = 10;
export const maxPasswordChars = 200;

/** The library's default algorithm is argon2id. */
const parameters = { memoryCost: 19456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), parameters);
}

let nobody: Promise<string> | undefined;

/** `hash` null: nobody has this address; takes as long as a real one, so that an answer's time tells nothing. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password");
  const matches = await verify(passwordHash ?? (await nobody), password.normalize("NFKC"));
  return passwordHash !== null && matches;
}

/** Four groups that can be read over the telephone: 20 characters of 31, 99 bits. */
export function generatePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = (): string => Array.from({ length: 5 }, () => letters.charAt(randomInt(letters.length))).join("");
  return [group(), group(), group(), group()].join("-");
}
