import type { Clock, Timer } from "./ports.ts";

/** Timers by name: at most one waits under each. */
export interface Timers {
  /** Calls back once after `delayMs`; setting a name again moves it. */
  set(name: string, delayMs: number, callback: () => void): void;
  waits(name: string): boolean;
  /** Without a name: all of them. */
  clear(name?: string): void;
}

export function createTimers(clock: Clock): Timers {
  let waiting: { name: string; timer: Timer }[] = [];

  /** Cancels those of this name, or all. */
  const clear = (name?: string): void => {
    const kept: typeof waiting = [];
    for (let i = 0; i < waiting.length; i++) {
      const entry = waiting[i] as (typeof waiting)[0];
      if (name === undefined || entry.name === name) entry.timer.cancel();
      else kept.push(entry);
    }
    waiting = kept;
  };

  return {
    set(name, delayMs, callback) {
      clear(name);
      const timer = clock.after(delayMs, () => {
        clear(name);
        callback();
      });
      waiting.push({ name, timer });
    },
    waits(name) {
      for (let i = 0; i < waiting.length; i++) if ((waiting[i] as { name: string }).name === name) return true;
      return false;
    },
    clear,
  };
}
