/** The process of a page: it runs, it hangs (a frozen tab, a sleeping laptop), or it is gone. */
import type { Clock } from "../../protocol/ports.ts";

export class Gate {
  alive = true;
  paused = false;
  readonly clock: Clock;
  #held: (() => void)[] = [];

  /** What came while it hung. */
  get held(): number {
    return this.#held.length;
  }

  /** `speed`: so many times faster do its timers run. `aheadMs`: how far its wall clock is from the machine's. */
  constructor(speed: number, aheadMs: () => number) {
    this.clock = {
      now: () => Date.now() + aheadMs(),
      monotonic: () => performance.now() * speed,
      after: (delayMs, callback) => {
        const timer = setTimeout(() => this.run(callback), delayMs / speed);
        return { cancel: () => clearTimeout(timer) };
      },
    };
  }

  run(work: () => void): void {
    if (!this.alive) return;
    if (this.paused) this.#held.push(work);
    else work();
  }

  /** What came meanwhile happens now, in order. */
  resume(): void {
    this.paused = false;
    const held = this.#held;
    this.#held = [];
    for (const work of held) this.run(work);
  }
}
