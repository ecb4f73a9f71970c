/** The process of a page: it runs, it hangs (a frozen tab, a sleeping laptop), it is hidden and its timers come late, or it is gone. */
import type { Clock } from "../../protocol/ports.ts";

/** Browsers run the timers of tabs that are hidden for a while once in a minute. */
const hiddenTickMs = 60_000;

export class Gate {
  alive = true;
  paused = false;
  hidden = false;
  /** How many timers came late because it was hidden. */
  late = 0;
  readonly clock: Clock;
  #held: (() => void)[] = [];

  /** What came while it hung. */
  get held(): number {
    return this.#held.length;
  }

  /** `speed`: so many times faster do its timers run. `aheadMs`: how far its wall clock is from the machine's. */
  constructor(speed: number, aheadMs: () => number) {
    const tickMs = hiddenTickMs / speed;
    this.clock = {
      now: () => Date.now() + aheadMs(),
      monotonic: () => performance.now() * speed,
      after: (delayMs, callback) => {
        const fire = (): void => {
          if (!this.hidden) return this.run(callback);
          this.late += 1;
          timer = setTimeout(() => this.run(callback), tickMs - (performance.now() % tickMs));
        };
        let timer = setTimeout(fire, delayMs / speed);
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
