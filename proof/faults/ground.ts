/** Where faults strike: people who talk through a proxy with a server that can be killed. Beckon's world is one, those of its peers are others. */
import { setTimeout as sleep } from "node:timers/promises";
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { GatewayProcess } from "./gateway/gateway-process.ts";
import { HistoryRecorder } from "./history.ts";
import type { FaultProxy } from "./proxy/proxy.ts";

/** Something that has to happen did not. */
export class Stuck extends Error {}

/** A page as the network sees it. */
export interface Seat {
  readonly name: string;
  /** Of the proxy. */
  readonly line: number;
  /** It believes to have a link. */
  readonly online: boolean;
}

const saysEveryMs = 40;

export abstract class Ground<Place extends Seat = Seat> {
  readonly recorder = new HistoryRecorder();
  readonly fraction: () => number;
  abstract readonly gateway: Pick<GatewayProcess, "start" | "kill" | "dieAt" | "block">;
  proxy!: FaultProxy;
  readonly #patienceMs: number;
  #talking: NodeJS.Timeout | null = null;

  /** `patienceMs`: what has not come after this long does not come. */
  constructor({ seed, patienceMs }: { readonly seed: number; readonly patienceMs: number }) {
    this.fraction = createSeededRandom(seed).fraction;
    this.#patienceMs = patienceMs;
  }

  /** Pages that have not died. */
  abstract living(): Place[];

  /** The people look at their screens again. */
  abstract wake(): void;

  protected abstract speaks(page: Place): void;

  /** Has so much that waits, or hangs, that it takes no more. */
  protected abstract isFull(page: Place): boolean;

  /** Chance has chosen this one; false: it is too early for them to say more. */
  protected takesTurn(_page: Place): boolean {
    return true;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.fraction() * items.length)] as Item;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  // ------------------------------------------------------------ talk

  talk(): void {
    this.#talking ??= setInterval(() => this.#someoneSpeaks(), saysEveryMs);
  }

  quiet(): void {
    if (this.#talking) clearInterval(this.#talking);
    this.#talking = null;
  }

  /** Everybody says something at once: messages are on their way. */
  burst(): void {
    for (const page of this.living()) this.#letSpeak(page);
  }

  #someoneSpeaks(): void {
    const page = this.pick(this.living());
    if (this.takesTurn(page)) this.#letSpeak(page);
  }

  #letSpeak(page: Place): void {
    if (!this.isFull(page)) this.speaks(page);
  }

  // ------------------------------------------------------------ waiting

  /** Looks until it is so; throws {@link Stuck} where patience ends. */
  async until(condition: () => boolean): Promise<void> {
    const endsAt = performance.now() + this.#patienceMs;
    while (!condition()) {
      if (performance.now() > endsAt) throw new Stuck(`waited in vain for: ${condition}${this.#whoIsOffline()}`);
      await sleep(5);
    }
  }

  /** Lets a fault last. */
  async lasts(ms: number): Promise<void> {
    await sleep(ms);
  }

  /** So many more messages are written. */
  async written(count: number): Promise<void> {
    const before = this.recorder.written.size;
    await this.until(() => this.recorder.written.size >= before + count || this.#allFull());
  }

  async acked(count: number): Promise<void> {
    const before = this.recorder.acked;
    await this.until(() => this.recorder.acked >= before + count);
  }

  #whoIsOffline(): string {
    const offline = this.living().filter(({ online }) => !online);
    return offline.length === 0 ? "" : `; offline: ${offline.map(({ name }) => name).join(", ")}`;
  }

  /** Nobody can say more. */
  #allFull(): boolean {
    return this.living().every((page) => this.isFull(page));
  }
}
