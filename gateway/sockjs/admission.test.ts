import { expect, test } from "vitest";
import { Admission } from "./admission.ts";

test("a subscriber's /64 of IPv6 is one address, and its places come back", () => {
  const admission = new Admission(4, 2);
  expect(["2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:2::3"].map((it) => admission.admit(it))).toEqual([
    true,
    true,
    false,
  ]);
  expect(admission.admit("2001:db8:1:3::1")).toBe(true);
  admission.release("2001:db8:1:2::1");
  expect(admission.admit("2001:db8:1:2::4")).toBe(true);
});
