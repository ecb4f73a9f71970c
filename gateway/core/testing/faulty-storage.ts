/** The real storage with a switch: it can go away, hold its answers back, and its calls are counted. */
import { type Storage, StorageBusy, StorageUnavailable } from "../../../storage/storage.ts";

export class StorageSwitch {
  down = false;
  /** Answers `busy` to every second append. */
  busy = false;
  /** What the database refuses, whatever is done: values that do not fit. */
  refuses: (name: keyof Storage, words: readonly unknown[]) => boolean = () => false;
  /** Calls that were not answered yet. Those that are held back do not count. */
  underWay = 0;
  /** Conversations that are not there any more. */
  readonly gone = new Set<string>();
  /** Names of the methods that were called. */
  readonly calls: string[] = [];
  /** Answers of these methods wait until {@link release}. */
  readonly held = new Set<keyof Storage>();
  #waiting: (() => void)[] = [];
  #appends = 0;

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

  heal(): void {
    this.down = this.busy = false;
  }

  async #call(target: Storage, name: keyof Storage, words: never[]): Promise<unknown> {
    this.calls.push(name);
    if (this.down) throw new StorageUnavailable("switched off");
    if (this.refuses(name, words)) throw new RangeError("a value does not fit");
    if (name === "append" && this.busy && this.#appends++ % 2 === 0) throw new StorageBusy(200);
    const method = target[name] as (...all: never[]) => unknown;
    this.underWay += 1;
    let result: unknown;
    try {
      result = this.#without(name, words, await method.apply(target, words));
    } finally {
      this.underWay -= 1;
    }
    if (this.held.has(name)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return result;
  }

  #without(name: keyof Storage, words: readonly unknown[], result: unknown): unknown {
    if (name === "conversation" && this.gone.has(String(words[1]))) return null;
    if (name !== "thread") return result;
    const thread = result as Awaited<ReturnType<Storage["thread"]>>;
    return { ...thread, conversations: thread.conversations.filter(({ id }) => !this.gone.has(id)) };
  }
}
