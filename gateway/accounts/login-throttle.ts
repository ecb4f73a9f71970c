/**
 * Slows guessing down: failures count for an account at an address, for an address, and (more of them, so that a stranger
 * cannot lock somebody out easily) for an account everywhere. A door that is closed opens after the window. In memory: a
 * restart forgives, which costs an attacker more time than it gives.
 */
export interface LoginThrottle {
  /** Milliseconds to wait before the next try, 0: go on. */
  waitMs(email: string, address: string): number;
  failed(email: string, address: string): void;
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
  const doors = (email: string, address: string): [string, number][] => [
    [`both ${email.toLowerCase()} ${address}`, maxFailuresPerAccountAndAddress],
    [`account ${email.toLowerCase()}`, maxFailuresPerAccount],
    [`address ${address}`, maxFailuresPerAddress],
  ];
  return {
    waitMs: (email, address) => Math.max(...doors(email, address).map(([key, limit]) => waitFor(key, limit))),
    failed(email, address) {
      for (const [key] of doors(email, address)) count(key);
    },
    succeeded(email, address) {
      failures.delete(doors(email, address)[0]?.[0] ?? "");
    },
  };
}
