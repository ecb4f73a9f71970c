import { type ReadonlySignal, signal } from "@preact/signals";
import type { Clock } from "../../protocol/ports.ts";

/**
 * The gateway's wall clock as this page knows it. Ages are differences to it, so a computer whose clock is wrong shows right waits.
 * `seconds` ticks once a second and wakes the texts that show ages, nothing else.
 */
export interface ServerClock {
  now(): number;
  /** Server time, moved on once a second. */
  readonly seconds: ReadonlySignal<number>;
  /** A frame told the server's time. */
  correct(serverNow: number): void;
  stop(): void;
}

const tickMs = 1000;
/** Smaller differences are the way of the frame, not a wrong clock. */
const toleranceMs = 750;

export function createServerClock(clock: Clock): ServerClock {
  let offsetMs = 0;
  let corrected = false;
  const now = () => clock.now() + offsetMs;
  const seconds = signal(now());
  const tick = () => {
    seconds.value = now();
    timer = clock.after(tickMs, tick);
  };
  let timer = clock.after(tickMs, tick);
  return {
    now,
    seconds,
    correct: (serverNow) => {
      if (corrected && Math.abs(serverNow - now()) < toleranceMs) return;
      corrected = true;
      offsetMs = serverNow - clock.now();
      seconds.value = now();
    },
    stop: () => timer.cancel(),
  };
}
