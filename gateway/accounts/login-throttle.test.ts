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
  test("closes after so many tries of one account at one address, in any spelling, and opens after the window", () => {
    const { clock, throttle } = setUp();
    const spellings = ["mei@x.example", "Mei@x.example", " mei@x.example", "mei@x.example\u00a0"];
    for (let count = 0; count < maxFailuresPerAccountAndAddress; count++)
      expect(throttle.tryMs(spellings[count % spellings.length] ?? "", "1.1.1.1")).toBe(0);
    for (const spelling of spellings) expect(throttle.tryMs(spelling, "1.1.1.1")).toBe(failureWindowMs);
    expect(throttle.tryMs("mei@x.example", "2.2.2.2")).toBe(0);
    expect(throttle.tryMs("jonas@x.example", "1.1.1.1")).toBe(0);
    clock.now += failureWindowMs;
    expect(throttle.tryMs("mei@x.example", "1.1.1.1")).toBe(0);
  });

  test("closes for an address that tries many accounts", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAddress; count++) throttle.tryMs(`somebody${count}@x.example`, "1.1.1.1");
    expect(throttle.tryMs("new@x.example", "1.1.1.1")).toBeGreaterThan(0);
    expect(throttle.tryMs("new@x.example", "2.2.2.2")).toBe(0);
  });

  test("closes for an account that many addresses try", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAccount; count++) throttle.tryMs("mei@x.example", `10.0.${count}.1`);
    expect(throttle.tryMs("mei@x.example", "2.2.2.2")).toBeGreaterThan(0);
  });

  test("a right password forgives the account at its address, and costs its address nothing", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAccountAndAddress; count++) throttle.tryMs("mei@x.example", "1.1.1.1");
    throttle.succeeded("mei@x.example", "1.1.1.1");
    for (let count = 0; count < maxFailuresPerAddress; count++) {
      expect(throttle.tryMs("jonas@x.example", "3.3.3.3")).toBe(0);
      throttle.succeeded("jonas@x.example", "3.3.3.3");
    }
    expect(throttle.tryMs("mei@x.example", "1.1.1.1")).toBe(0);
    expect(throttle.tryMs("somebody@x.example", "3.3.3.3")).toBe(0);
  });
});
