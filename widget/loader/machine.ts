import type { Clock, RandomSource } from "../../protocol/ports.ts";

const idBytes = 16;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function now(): number {
  return new Date().getTime();
}

let lastMonotonicMs = 0;

export const pageClock: Clock = {
  now,
  monotonic() {
    const { performance } = window;
    const reading = performance && performance.now ? performance.now() : now();
    lastMonotonicMs = Math.max(lastMonotonicMs, reading);
    return lastMonotonicMs;
  },
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

export const pageRandom: RandomSource = {
  id() {
    const bytes = randomBytes();
    let text = "";
    for (let i = 0; i < idBytes; i += 3) {
      const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] || 0) << 8) | (bytes[i + 2] || 0);
      for (let shift = 18; shift >= 0; shift -= 6) text += alphabet.charAt((bits >> shift) & 63);
    }
    return text.slice(0, 22);
  },
  fraction: () => Math.random(),
};

/** From the system where the browser passes it on; the rest of them know nothing better than `Math.random`. */
function randomBytes(): ArrayLike<number> {
  const { crypto } = window;
  if (crypto && crypto.getRandomValues) return crypto.getRandomValues(new Uint8Array(idBytes));
  const bytes: number[] = [];
  for (let i = 0; i < idBytes; i++) bytes.push(Math.floor(Math.random() * 256));
  return bytes;
}
