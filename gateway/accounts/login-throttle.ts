/**
 * Slows guessing down: failures count for an account at an address, for an address, and (more of them, so that a stranger
 * cannot lock somebody out easily) for an account everywhere. A door that is closed opens after the window. In memory: a
 * restart forgives, which costs an attacker more time than it gives.
 */
import { networkOf } from "../core/network-of.ts";

export interface LoginThrottle {
  /**
   * Milliseconds to wait before the next try, 0: go on. A try that may go on counts as a failure from now on, so that many at
   * once are no more than many in turn.
   */
  tryMs(email: string, address: string): number;
  /** The try was none: the password was right. Forgives the account at its address. */
  succeeded(email: string, address: string): void;
}

export const maxFailuresPerAccountAndAddress = 10;
export const maxFailuresPerAccount = 200;
export const maxFailuresPerAddress = 50;
export const failureWindowMs = 15 * 60_000;
const maxRemembered = 20_000;

interface Failures {
  count: number;
  since: number;
}

export function createLoginThrottle(now: () => number): LoginThrottle {
  const failures = new Map<string, Failures>();
  const current = (key: string): Failures | undefined => {
    const entry = failures.get(key);
    if (entry !== undefined && now() - entry.since >= failureWindowMs) {
      failures.delete(key);
      return undefined;
    }
    return entry;
  };
  const count = (key: string): void => {
    const entry = current(key) ?? { count: 0, since: now() };
    entry.count++;
    failures.delete(key);
    failures.set(key, entry);
    if (failures.size > maxRemembered) failures.delete(failures.keys().next().value ?? "");
  };
  const waitFor = (key: string, limit: number): number => {
    const entry = current(key);
    return entry === undefined || entry.count < limit ? 0 : entry.since + failureWindowMs - now();
  };
  const uncount = (key: string): void => {
    const entry = current(key);
    if (entry !== undefined && entry.count > 0) entry.count--;
  };
  return {
    tryMs(email, address) {
      const doors = doorsOf(email, address);
      const waitMs = Math.max(...doors.map(([key, limit]) => waitFor(key, limit)));
      if (waitMs === 0) for (const [key] of doors) count(key);
      return waitMs;
    },
    succeeded(email, address) {
      const [[both], ...wider] = doorsOf(email, address);
      failures.delete(both);
      for (const [key] of wider) uncount(key);
    },
  };
}

type Door = readonly [key: string, limit: number];

/** An account is one, however its address is spelled: the look-up is as forgiving. */
function doorsOf(email: string, address: string): readonly [Door, Door, Door] {
  const account = email.trim().toLowerCase();
  const network = networkOf(address);
  return [
    [`both ${account} ${network}`, maxFailuresPerAccountAndAddress],
    [`account ${account}`, maxFailuresPerAccount],
    [`address ${network}`, maxFailuresPerAddress],
  ];
}
