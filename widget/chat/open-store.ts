import type { Clock, Json, RandomSource, Store } from "../../protocol/ports.ts";
import { storagePrefix } from "../loader/kept-visitor.ts";
import { createLocalStorageStore } from "../store/local-storage.ts";
import { createMemoryStore } from "../store/memory.ts";

/** localStorage where the browser lets us read it (nothing is written to find out), else the page's memory. */
export function openStore({ clock, json, random }: { clock: Clock; json: Json; random: RandomSource }): Store {
  try {
    const items = window.localStorage;
    items.getItem(storagePrefix);
    return createLocalStorageStore({
      items,
      durability: "disk",
      prefix: storagePrefix,
      page: random.id(),
      json,
      clock,
      locks: window.navigator.locks,
    });
  } catch {
    return createMemoryStore();
  }
}
