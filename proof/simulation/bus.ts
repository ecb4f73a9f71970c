/** The real bus in memory, over which hints get lost, come twice, late or in another order. */
import type { Bus } from "../../gateway/bus/bus.ts";
import { createMemoryBus } from "../../gateway/bus/memory.ts";
import type { SeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { BusFault } from "./faults.ts";
import type { VirtualTime } from "./virtual-time.ts";

const deliveryMs = 1;
const mostDelayMs = 3000;

export class SimulatedBus implements Bus {
  trouble: BusFault["trouble"] | null = null;
  readonly #bus: Bus;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;

  constructor(time: VirtualTime, random: SeededRandom) {
    this.#time = time;
    this.#random = random;
    this.#bus = createMemoryBus((run) => void time.clock.after(deliveryMs, run));
  }

  publish(topic: string, payload: string): void {
    const pass = (): void => this.#bus.publish(topic, payload);
    if (this.trouble === "down" || (this.trouble === "loses" && this.#random.chance(0.5))) return;
    if (this.trouble === "delays") return void this.#time.clock.after(this.#random.below(mostDelayMs), pass);
    pass();
    if (this.trouble === "doubles") pass();
  }

  subscribe(topic: string, listener: (payload: string, topic: string) => void): () => void {
    return this.#bus.subscribe(topic, listener);
  }

  get state(): "up" | "down" {
    return this.trouble === "down" ? "down" : "up";
  }

  get dropped(): number {
    return this.#bus.dropped;
  }

  close(): Promise<void> {
    return this.#bus.close();
  }
}
