import type { Clock, Json, Store } from "../../protocol/ports.ts";
import { createItemStore } from "./item-store.ts";
import { memoryItems } from "./memory-items.ts";

/** Ends with the page: for browsers that keep nothing. */
export function createMemoryStore(options: { json: Json; clock: Clock }): Store {
  const { json, clock } = options;
  return createItemStore({ items: memoryItems(), durability: "memory", prefix: "", page: "memory", json, clock });
}
