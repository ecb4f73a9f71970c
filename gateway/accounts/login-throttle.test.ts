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

  test("counts a subscriber's /64 as one address, and an IPv4 address in IPv6 as itself", () => {
    const { throttle } = setUp();
    for (let count = 0; count < maxFailuresPerAddress; count++)
      throttle.tryMs(`somebody${count}@x.example`, `2001:db8:1:2:${count.toString(16)}::1`);
    for (const address of ["2001:db8:1:2::", "2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:DB8:1:2::192.0.2.1"])
      expect(throttle.tryMs("new@x.example", address)).toBeGreaterThan(0);
    expect(throttle.tryMs("new@x.example", "2001:db8:1:3::1")).toBe(0);

    for (let count = 0; count < maxFailuresPerAddress; count++)
      throttle.tryMs(`anybody${count}@x.example`, count % 2 === 0 ? "192.0.2.1" : "::ffff:192.0.2.1");
    for (const address of ["192.0.2.1", "::FFFF:c000:201", "0:0:0:0:0:ffff:c000:0201"])
      expect(throttle.tryMs("new@x.example", address)).toBeGreaterThan(0);
    for (const address of ["192.0.2.2", "::ffff:192.0.2.2", "::1", "fe80::1%eth0", ""])
      expect(throttle.tryMs("new@x.example", address)).toBe(0);
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
