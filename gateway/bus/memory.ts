import { Buffer } from "node:buffer";
import { setImmediate } from "node:timers";
import { type Bus, maxPayloadBytes, maxTopicChars } from "./bus.ts";

type Listener = (payload: string, topic: string) => void;

/**
 * The bus of a single gateway, and of several in one process: nothing is lost, and each listener hears in order.
 * `later`: runs what it is given in another turn. Default: the next one of the event loop.
 */
export function createMemoryBus(later: (run: () => void) => void = setImmediate): Bus {
  return new MemoryBus(later);
}

class MemoryBus implements Bus {
  readonly #listeners = new Map<string, Set<Listener>>();
  #waiting: { readonly topic: string; readonly payload: string }[] = [];
  readonly #later: (run: () => void) => void;
  #dropped = 0;
  #closed = false;

  constructor(later: (run: () => void) => void) {
    this.#later = later;
  }

  get state(): "up" | "down" {
    return this.#closed ? "down" : "up";
  }

  /** Messages above the limits, so far. */
  get dropped(): number {
    return this.#dropped;
  }

  publish(topic: string, payload: string): void {
    if (topic.length > maxTopicChars || Buffer.byteLength(payload) > maxPayloadBytes) {
      this.#dropped += 1;
      return;
    }
    if (this.#closed || !this.#listeners.has(topic)) return;
    if (this.#waiting.push({ topic, payload }) === 1) this.#later(() => this.#deliver());
  }

  subscribe(topic: string, listener: Listener): () => void {
    const own: Listener = (payload, at) => listener(payload, at); // the same function may subscribe twice
    const listeners = this.#listeners.get(topic);
    if (listeners === undefined) this.#listeners.set(topic, new Set([own]));
    else listeners.add(own);
    return () => this.#unsubscribe(topic, own);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting = [];
    this.#listeners.clear();
  }

  #deliver(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { topic, payload } of waiting) {
      for (const listener of this.#listeners.get(topic) ?? []) listener(payload, topic);
    }
  }

  #unsubscribe(topic: string, listener: Listener): void {
    const listeners = this.#listeners.get(topic);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(topic);
  }
}
