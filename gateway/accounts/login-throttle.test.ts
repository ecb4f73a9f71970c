import { describe, expect, test } from "vitest";
import {
  createLoginThrottle,
  failureWindowMs,
  maxFailuresPerAccount,
  maxFailuresPerAccountAndAddress,
  maxFailuresPerAddress,
} from "./login-throttle.ts";

function setUp() {
  const clock = { now: 1_000_000 };
  return { clock, throttle: createLoginThrottle(() => clock.now) };
}

describe("login throttle", () => {
  test("closes after so many failures of one account at one address, in any spelling, and opens after the window", () => {
    const { clock, throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAccountAndAddress; count++) {
      expect(throttle.waitMs("mei@x.example", "1.1.1.1")).toBe(0);
      throttle.failed("Mei@x.example", "1.1.1.1");
    }
    expect(throttle.waitMs("mei@x.example", "1.1.1.1")).toBe(failureWindowMs);
    expect(throttle.waitMs("mei@x.example", "2.2.2.2")).toBe(0);
    expect(throttle.waitMs("jonas@x.example", "1.1.1.1")).toBe(0);
    clock.now += failureWindowMs;
    expect(throttle.waitMs("mei@x.example", "1.1.1.1")).toBe(0);
  });

  test("closes for an address that tries many accounts", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAddress; count++)
      throttle.failed(`somebody${count}@x.example`, "1.1.1.1");
    expect(throttle.waitMs("new@x.example", "1.1.1.1")).toBeGreaterThan(0);
    expect(throttle.waitMs("new@x.example", "2.2.2.2")).toBe(0);
  });

  test("closes for an account that many addresses try", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAccount; count++) throttle.failed("mei@x.example", `10.0.${count}.1`);
    expect(throttle.waitMs("mei@x.example", "2.2.2.2")).toBeGreaterThan(0);
  });

  test("a right password forgives the account at its address", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAccountAndAddress - 1; count++)
      throttle.failed("mei@x.example", "1.1.1.1");
    throttle.succeeded("mei@x.example", "1.1.1.1");
    throttle.failed("mei@x.example", "1.1.1.1");
    expect(throttle.waitMs("mei@x.example", "1.1.1.1")).toBe(0);
  });
});
