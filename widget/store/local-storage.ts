import type { Clock, Json, Store, StoreEntry, StoreError } from "../../protocol/ports.ts";
import { holdByLease } from "./hold-by-lease.ts";
import { holdByLock } from "./hold-by-lock.ts";

/** What is used of `window.localStorage`. */
export interface Items {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface LocalStorageOptions {
  items: Items;
  /** `disk`, unless the items are a stand-in that ends with the page. */
  durability: Store["durability"];
  /** Before every key, so that nothing of the site is touched: `beckon:`. */
  prefix: string;
  /** Unique for this page load; names its journal and its leases. */
  page: string;
  json: Json;
  clock: Clock;
  /** `navigator.locks` where there is one. */
  locks?: LockManager | undefined;
}

/** `null`: the item is removed. */
type Change = { key: string; value: string | null };

/** A journal that is still there after this was left behind by a page that died: a living one keeps it for the length of one task. */
const journalGraceMs = 1000;

/**
 * A {@link Store} whose entries are single items. A write of several goes into a journal item first, is then applied and the journal
 * removed; whoever lists and finds the journal of a dead page finishes it. A write that the browser refuses is undone.
 */
export function createLocalStorageStore(options: LocalStorageOptions): Store {
  const { items, json, prefix } = options;
  const entryPrefix = `${prefix}=`;
  const journalPrefix = `${prefix}~journal/`;

  function find(start: string): Change[] {
    const found: Change[] = [];
    for (let i = 0; i < items.length; i++) {
      const key = items.key(i);
      if (key && key.indexOf(start) === 0) found.push({ key, value: items.getItem(key) });
    }
    return found;
  }

  function set({ key, value }: Change): void {
    if (value === null) items.removeItem(key);
    else items.setItem(key, value);
  }

  function apply(changes: Change[]): StoreError | null {
    const old: Change[] = [];
    try {
      for (const change of changes) {
        old.push({ key: change.key, value: items.getItem(change.key) });
        set(change);
      }
      return null;
    } catch {
      // What was there before fits again: the newest change is taken back first.
      while (old.length > 0) attempt(() => set(old.pop() as Change));
      return "full";
    }
  }

  function write(changes: Change[]): StoreError | null {
    if (changes.length < 2) return apply(changes);
    const key = journalPrefix + options.page;
    const error = apply([{ key, value: json.stringify(changes) }]) || apply(changes);
    attempt(() => items.removeItem(key));
    return error;
  }

  function finishJournals(done: () => void): void {
    const left = find(journalPrefix);
    if (left.length === 0) return done();
    options.clock.after(journalGraceMs, () => {
      for (const { key, value } of left) {
        attempt(() => {
          if (value === null || items.getItem(key) !== value) return;
          apply(json.parse(value) as Change[]);
          items.removeItem(key);
        });
      }
      done();
    });
  }

  return {
    durability: options.durability,
    list(start, done) {
      finishJournals(() => {
        const entries: StoreEntry[] = [];
        for (const { key, value } of find(entryPrefix + start)) {
          entries.push({ key: key.slice(entryPrefix.length), value: value as string });
        }
        done(null, entries);
      });
    },
    write(puts, removes, done) {
      const changes: Change[] = [];
      for (const key of removes) changes.push({ key: entryPrefix + key, value: null });
      for (const { key, value } of puts) changes.push({ key: entryPrefix + key, value });
      done(write(changes));
    },
    hold(name, done) {
      const key = `${prefix}~hold/${name}`;
      return options.locks ? holdByLock(options.locks, key, done) : holdByLease(options, key, done);
    },
  };
}

/** What the browser refuses here, the caller has already told. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {}
}
