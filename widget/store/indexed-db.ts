import type { Store, StoreEntry } from "../../protocol/ports.ts";
import { holdByLock } from "./hold-by-lock.ts";

export interface IndexedDbOptions {
  /** Name of the database. */
  name: string;
  factory: IDBFactory;
  locks: LockManager;
}

const entries = "entries";

/** For modern browsers: holds more than localStorage and never blocks the page. A write is one transaction, told of when it is on disk. */
export function createIndexedDbStore({ name, factory, locks }: IndexedDbOptions): Store {
  let opening: Promise<IDBDatabase> | undefined;

  function database(): Promise<IDBDatabase> {
    opening ??= open(factory, name).then((opened) => {
      // Another page wants a newer version, or the browser has cleared the site's data.
      opened.onversionchange = () => opened.close();
      opened.onclose = () => {
        opening = undefined;
      };
      return opened;
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  async function list(prefix: string): Promise<StoreEntry[]> {
    const transaction = (await database()).transaction(entries, "readonly");
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    return settled(transaction.objectStore(entries).getAll(range) as IDBRequest<StoreEntry[]>);
  }

  async function write(puts: readonly StoreEntry[], removes: readonly string[]): Promise<void> {
    const transaction = (await database()).transaction(entries, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(entries);
    for (const key of removes) store.delete(key);
    for (const put of puts) store.put({ key: put.key, value: put.value });
    await finished(transaction);
  }

  return {
    durability: "disk",
    list(prefix, done) {
      list(prefix).then(
        (found) => done(null, found),
        () => done("blocked", []),
      );
    },
    write(puts, removes, done) {
      write(puts, removes).then(
        () => done(null),
        (error: unknown) => done(isQuota(error) ? "full" : "broken"),
      );
    },
    hold: (held, done) => holdByLock(locks, `${name}/${held}`, done),
  };
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(entries, { keyPath: "key" });
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
