/** Something that lives in virtual time and may stand still or die: a gateway, a page. */
import type { Clock } from "../../protocol/ports.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What the code of a dead process meets. Nobody hears of it. */
export class Death extends Error {}

export class Process {
  alive = true;
  /** How far its wall clock is from the world's. */
  wallAheadMs = 0;
  readonly clock: Clock;
  readonly #time: VirtualTime;
  readonly #entered: () => void;
  readonly #sleepers = new Set<(death: Death) => void>();
  #waiting: (() => void)[] | null = null;

  /** `entered`: called before anything runs in it. */
  constructor(time: VirtualTime, entered: () => void) {
    this.#time = time;
    this.#entered = entered;
    this.clock = {
      now: () => time.clock.now() + this.wallAheadMs,
      monotonic: () => time.clock.monotonic(),
      after: (delayMs, callback) => {
        let cancelled = false;
        const timer = time.clock.after(delayMs, () => {
          this.run(() => {
            if (!cancelled) callback();
          });
        });
        return {
          cancel() {
            cancelled = true;
            timer.cancel();
          },
        };
      },
    };
  }

  get paused(): boolean {
    return this.#waiting !== null;
  }

  /** Now, when it goes on again, or never. */
  run(work: () => void): void {
    if (!this.alive) return;
    if (this.#waiting) {
      this.#waiting.push(work);
      return;
    }
    this.#entered();
    work();
  }

  /** Rejects with {@link Death} if it dies meanwhile. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.alive) return reject(new Death());
      this.#sleepers.add(reject);
      this.clock.after(ms, () => {
        this.#sleepers.delete(reject);
        resolve();
      });
    });
  }

  /** A stopped event loop, a frozen tab: time goes on, it does not. */
  pause(): void {
    this.#waiting ??= [];
  }

  resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const work of waiting) this.run(work);
  }

  die(): void {
    this.alive = false;
    this.#waiting = null;
    this.#time.disturb();
    for (const reject of this.#sleepers) reject(new Death());
    this.#sleepers.clear();
  }
}
