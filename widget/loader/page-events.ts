import { outside } from "./commands.ts";

/** What a page can listen to, with what its listeners are given. */
export interface PageEventValues {
  /** The chat is connected for the first time. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages of agents are unread. */
  unread: number;
  /** A message of either side has been stored. */
  message: { text: string; from: "visitor" | "agent"; at: number };
  /** An agent is available. */
  status: boolean;
  /** A code of `protocol/errors.ts`, or `panel` when its script could not be loaded. */
  error: string;
}
export type PageEventName = keyof PageEventValues;
type Listener = (value: never) => void;

export interface PageEvents {
  /** `ready` is also told to those who come late. */
  on(name: string, listener: unknown): void;
  /** Without a listener: all of them. */
  off(name: string, listener?: unknown): void;
  emit<K extends PageEventName>(name: K, value: PageEventValues[K]): void;
}

export function createPageEvents(): PageEvents {
  let listeners: { name: string; listener: Listener }[] = [];
  let ready = false;
  return {
    on(name, listener) {
      if (typeof listener !== "function") return;
      listeners.push({ name, listener: listener as Listener });
      if (name === "ready" && ready) outside(() => (listener as () => void)());
    },
    off(name, listener) {
      const kept = [];
      for (const entry of listeners) {
        if (entry.name !== name || (listener !== undefined && entry.listener !== listener)) kept.push(entry);
      }
      listeners = kept;
    },
    emit(name, value) {
      if (name === "ready") ready = true;
      for (const entry of listeners.slice()) {
        if (entry.name === name) outside(() => entry.listener(value as never));
      }
    },
  };
}
