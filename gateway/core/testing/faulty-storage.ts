/** The real storage with a switch: it can go away, hold its answers back, and its calls are counted. */
import { type Storage, StorageUnavailable } from "../../../storage/storage.ts";

export class StorageSwitch {
  down = false;
  /** Names of the methods that were called. */
  readonly calls: string[] = [];
  /** Answers of these methods wait until {@link release}. */
  readonly held = new Set<keyof Storage>();
  #waiting: (() => void)[] = [];

  readonly wrap = (storage: Storage): Storage =>
    new Proxy(storage, {
      get: (target, name) => {
        const value = target[name as keyof Storage];
        if (typeof value !== "function" || name === "close")
          return typeof value === "function" ? value.bind(target) : value;
        return (...words: never[]) => this.#call(target, name as keyof Storage, words);
      },
    });

  /** `newest`: the answers come in the wrong order. */
  release(first: "oldest" | "newest" = "oldest"): void {
    this.held.clear();
    const waiting = first === "oldest" ? this.#waiting : this.#waiting.reverse();
    this.#waiting = [];
    for (const go of waiting) go();
  }

  async #call(target: Storage, name: keyof Storage, words: never[]): Promise<unknown> {
    this.calls.push(name);
    if (this.down) throw new StorageUnavailable("switched off");
    const method = target[name] as (...all: never[]) => unknown;
    const result = await method.apply(target, words);
    if (this.held.has(name)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return result;
  }
}
