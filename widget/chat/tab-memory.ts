import type { Json } from "../../protocol/ports.ts";
import { storagePrefix } from "../loader/kept-visitor.ts";

/** How the panel stands in this tab. */
export interface TabState {
  open: boolean;
  draft: string;
  /** Distance of the view from the newest message in pixels; 0: at the end. */
  scrollFromEnd: number;
}

/** Kept over page loads. The browser may refuse: the panel then starts closed on the next page. */
export interface TabMemory {
  read(): TabState;
  /** Null: nothing is left. Only to be called once the chat was used, for it writes to the device. */
  write(state: TabState | null): void;
}

export function openTabMemory(site: string, json: Json): TabMemory {
  const key = `${storagePrefix}${site}/panel`;
  return {
    read() {
      try {
        const text = window.sessionStorage.getItem(key);
        if (text) return json.parse(text) as TabState;
      } catch {
        // As if there were none.
      }
      return { open: false, draft: "", scrollFromEnd: 0 };
    },
    write(state) {
      try {
        if (state) window.sessionStorage.setItem(key, json.stringify(state));
        else window.sessionStorage.removeItem(key);
      } catch {
        // Refused.
      }
    },
  };
}
