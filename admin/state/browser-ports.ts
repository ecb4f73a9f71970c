import type { Clock, Json, RandomSource } from "../../protocol/ports.ts";

/** What the protocol's client is given by a modern browser. */
export const browserClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

const idBytes = 16;

export const browserRandom: RandomSource = {
  id: () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(idBytes))))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", ""),
  fraction: () => Math.random(),
};

export const browserJson: Json = JSON;

/** `null` where the browser forbids storage to this page. */
export function webStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
