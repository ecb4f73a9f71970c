/** The contract of the stores that only a browser has, for `store.test.ts` to run there. */

import { storeContract } from "../store/contract.ts";
import { createIndexedDbStore } from "../store/indexed-db.ts";
import { createLocalStorageStore, type LocalStorageOptions } from "../store/local-storage.ts";

const clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

function localStorageOptions(locks: LockManager | undefined): LocalStorageOptions {
  const page = crypto.randomUUID();
  return { items: localStorage, durability: "disk", prefix: "beckon:", page, json: JSON, clock, locks };
}

const places = {
  "localStorage with Web Locks": () => createLocalStorageStore(localStorageOptions(navigator.locks)),
  "localStorage with a lease": () => createLocalStorageStore(localStorageOptions(undefined)),
  IndexedDB: () => createIndexedDbStore({ name: "beckon", factory: indexedDB, locks: navigator.locks }),
} as const;

export const placeNames = Object.keys(places) as (keyof typeof places)[];

export async function runCase(place: keyof typeof places, name: string): Promise<void> {
  await storeContract.find((each) => each.name === name)?.run({ open: places[place] });
}

/** What a page left that died between the journal and its removal. */
export function leaveJournal(): void {
  const changes = [
    { key: "beckon:=a/1", value: null },
    { key: "beckon:=a/2", value: "two" },
  ];
  localStorage.setItem("beckon:=a/1", "one");
  localStorage.setItem("beckon:~journal/dead", JSON.stringify(changes));
}

export function listAll(): Promise<{ key: string; value: string }[]> {
  return new Promise((resolve) => places["localStorage with Web Locks"]().list("", (_error, found) => resolve(found)));
}

/** Fills localStorage up, then writes two entries of which the second has no room. */
export function overfill(): Promise<{ error: string | null; keys: string[] }> {
  for (let size = 4_000_000; size > 0; size = Math.floor(size / 2)) {
    try {
      localStorage.setItem(`site-${size}`, "x".repeat(size));
    } catch {}
  }
  const store = places["localStorage with Web Locks"]();
  const puts = [
    { key: "small", value: "1" },
    { key: "large", value: "x".repeat(100_000) },
  ];
  return new Promise((resolve) => {
    store.write(puts, [], (error) =>
      resolve({ error, keys: Object.keys(localStorage).filter((key) => key.startsWith("beckon:")) }),
    );
  });
}
