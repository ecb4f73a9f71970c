/** A clock that moves when the test says so. Timers run in the order of their time. */
import type { Clock, Timer } from "../../../protocol/ports.ts";

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

export class FakeClock implements Clock {
  #now = 1_800_000_000_000;
  #monotonic = 5000;
  #planned = new Set<Planned>();
  #order = 0;

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(delayMs: number, callback: () => void): Timer {
    this.#order += 1;
    const planned: Planned = { at: this.#monotonic + Math.max(0, delayMs), order: this.#order, callback };
    this.#planned.add(planned);
    return { cancel: () => this.#planned.delete(planned) };
  }

  /** Runs what is due on the way. */
  advance(ms: number): void {
    const until = this.#monotonic + ms;
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#planned.delete(next);
      this.#to(Math.max(this.#monotonic, next.at));
      next.callback();
    }
    this.#to(until);
  }

  /** The wall clock jumps; what waits does not notice. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #to(monotonic: number): void {
    this.#now += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }

  #next(until: number): Planned | null {
    let found: Planned | null = null;
    for (const planned of this.#planned) {
      if (planned.at > until) continue;
      if (!found || planned.at < found.at || (planned.at === found.at && planned.order < found.order)) found = planned;
    }
    return found;
  }
}
