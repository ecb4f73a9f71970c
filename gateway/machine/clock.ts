/** The machine's clock as a port. Timers do not keep the process alive: the listening socket does. */
import type { Clock } from "../../protocol/ports.ts";

/** Longer delays overflow the machine's timers. */
const maxDelayMs = 2_147_483_647;

export const machineClock: Clock = {
  now: () => Date.now(),
  // Whole milliseconds: engines keep a fraction outside the object that holds it, and each connection holds several.
  monotonic: () => Math.floor(performance.now()),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), maxDelayMs));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
