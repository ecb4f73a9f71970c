import type { Clock, Timer } from "../../../protocol/ports.ts";

interface Waiting {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Time that passes when it is told to. */
export class ManualClock implements Clock {
  #nowMs = 1_000_000;
  readonly #waiting = new Set<Waiting>();

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    const timer = { dueMs: this.#nowMs + delayMs, callback };
    this.#waiting.add(timer);
    return { cancel: () => void this.#waiting.delete(timer) };
  }

  /** Timers that are running. */
  get timers(): number {
    return this.#waiting.size;
  }

  /** Runs everything that becomes due, in order. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#waiting].sort((a, b) => a.dueMs - b.dueMs);
      if (next === undefined || next.dueMs > endMs) break;
      this.#waiting.delete(next);
      this.#nowMs = next.dueMs;
      next.callback();
    }
    this.#nowMs = endMs;
  }
}
