/** Time of the whole simulated world: one task after the other, and whatever promises a task has settled run out before the next. */
import { createVirtualClock, type VirtualClock } from "../../protocol/testing/virtual-clock.ts";

export class VirtualTime {
  readonly clock: VirtualClock = createVirtualClock();
  readonly #startedAt = this.clock.monotonic();
  #mayAwait = false;

  /** Since the world began. */
  get nowMs(): number {
    return this.clock.monotonic() - this.#startedAt;
  }

  /** Something may wait for promises: they run out before the next task. */
  disturb(): void {
    this.#mayAwait = true;
  }

  async pass(ms: number): Promise<void> {
    const until = this.clock.monotonic() + ms;
    await this.settle();
    while (this.clock.step(until)) if (this.#mayAwait) await this.settle();
  }

  /** Waits for something that needs time to pass. */
  async until<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const end = work.finally(() => {
      over = true;
    });
    await this.settle();
    while (!over) await this.pass(1);
    return end;
  }

  /**
   * Everything that promises lead to is done. No time passes: all that really waits in this world waits for its clock, so
   * that the end of the engine's own queue of promises is the end of everything.
   */
  async settle(): Promise<void> {
    this.#mayAwait = false;
    await promisesToRunOut();
  }
}

/** Each one waits for promises to run out; a turn of the engine's loop, which costs more, is paid once for so many. */
const immediatesPerTurn = 100;
let waiting: (() => void)[] = [];
let scheduled = 0;

function promisesToRunOut(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (scheduled > 0) return;
    scheduled = immediatesPerTurn;
    for (let left = scheduled; left > 0; left -= 1) setImmediate(goOn);
  });
}

/** Between two immediates of one turn the engine runs its queue of promises until it is empty. */
function goOn(): void {
  scheduled -= 1;
  const resolved = waiting;
  waiting = [];
  for (const resolve of resolved) resolve();
}
