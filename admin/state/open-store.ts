import type { Store } from "../../protocol/ports.ts";
import { createLocalStorageStore } from "../../widget/store/local-storage.ts";
import { createMemoryStore } from "../../widget/store/memory.ts";
import { browserClock, browserJson, browserRandom } from "./browser-ports.ts";

/** Where the outbox lives: on disk if the browser allows it, else in this page alone, which the status line then tells. */
export function openStore(storage: Storage | null): Store {
  if (!storage || !mayWrite(storage)) return createMemoryStore();
  return createLocalStorageStore({
    json: browserJson,
    clock: browserClock,
    items: storage,
    durability: "disk",
    prefix: "beckon-admin:",
    page: browserRandom.id(),
    locks: navigator.locks,
  });
}

function mayWrite(storage: Storage): boolean {
  const probe = "beckon-admin:probe";
  try {
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return true;
  } catch {
    return false;
  }
}
