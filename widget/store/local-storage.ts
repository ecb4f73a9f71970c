import type { Store } from "../../protocol/ports.ts";
import { createItemStore, type ItemStoreOptions } from "./item-store.ts";

/** `items`: `window.localStorage`. Writes are done when the call returns; works since Internet Explorer 8. */
export function createLocalStorageStore(options: Omit<ItemStoreOptions, "durability">): Store {
  const { items, prefix, page, json, clock, locks } = options;
  return createItemStore({ items, durability: "disk", prefix, page, json, clock, locks });
}
