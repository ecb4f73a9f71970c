import type { Clock, Store, StoreEntry, StoreError } from "../ports.ts";

/** The disk of one browser, which many pages share. */
export interface SharedDisk {
  readonly entries: Map<string, string>;
  /** The store as one page sees it. Answers come in another turn. */
  page(): PageStore;
}
export interface PageStore extends Store {
  /** The page is gone: what it held is free, what it had not written yet is lost. */
  die(): void;
  /** From now on every write fails with this error. */
  failWith(error: StoreError | null): void;
}

export function createSharedDisk(clock: Clock): SharedDisk {
  const entries = new Map<string, string>();
  const holders = new Map<string, PageStore>();

  function page(): PageStore {
    let alive = true;
    let failure: StoreError | null = null;
    const later = (run: () => void): void => {
      clock.after(1, () => {
        if (alive) run();
      });
    };
    const store: PageStore = {
      durability: "disk",
      list(prefix, done) {
        later(() => {
          const found: StoreEntry[] = [];
          for (const [key, value] of entries) if (key.startsWith(prefix)) found.push({ key, value });
          done(null, found.reverse());
        });
      },
      write(puts, removes, done) {
        later(() => {
          if (failure) return done(failure);
          for (const key of removes) entries.delete(key);
          for (const { key, value } of puts) entries.set(key, value);
          done(null);
        });
      },
      hold(name, done) {
        later(() => {
          const free = !holders.has(name);
          if (free) holders.set(name, store);
          done(free);
        });
        return {
          release() {
            if (holders.get(name) === store) holders.delete(name);
          },
        };
      },
      die() {
        alive = false;
        for (const [name, holder] of holders) if (holder === store) holders.delete(name);
      },
      failWith(error) {
        failure = error;
      },
    };
    return store;
  }
  return { entries, page };
}
