import { type ReadonlySignal, signal } from "@preact/signals";

/** What is written but not sent, per conversation and kind of paper. Survives a reload; belongs to one login alone. */
export interface Drafts {
  read(conversation: string, mode: DraftMode): string;
  /** An empty text forgets the draft. Older drafts make room beyond `maxDrafts`. */
  write(conversation: string, mode: DraftMode, text: string): void;
  /** Puts a text that was on its way back below what is written now, and counts `restored` up: fields read their draft again. */
  restore(conversation: string, mode: DraftMode, text: string): void;
  readonly restored: ReadonlySignal<number>;
  /** Everything of this login. */
  wipe(): void;
}
export type DraftMode = "reply" | "note" | "invitation";

const maxDrafts = 200;

/**
 * `scope`: tenant and agent. `storage` may be missing or full: then drafts live as long as the page, which is all that is possible.
 */
export function createDrafts(scope: string, storage: Storage | null): Drafts {
  const prefix = `beckon/draft/${scope}/`;
  const memory = new Map<string, string>();
  for (const key of storedKeys(storage, prefix)) memory.set(key, storage?.getItem(key) ?? "");

  const forget = (key: string) => {
    memory.delete(key);
    try {
      storage?.removeItem(key);
    } catch {
      // Blocked storage holds nothing that could be left behind.
    }
  };
  const keep = (key: string, text: string) => {
    memory.delete(key); // moves it to the end: the first key is the oldest
    memory.set(key, text);
    const oldest = memory.keys().next().value;
    if (memory.size > maxDrafts && oldest !== undefined) forget(oldest);
    try {
      storage?.setItem(key, text);
    } catch {
      // Full or blocked: the draft still lives in this page.
    }
  };
  const restored = signal(0);
  const read = (conversation: string, mode: DraftMode) => memory.get(`${prefix}${conversation}/${mode}`) ?? "";
  const write = (conversation: string, mode: DraftMode, text: string) => {
    const key = `${prefix}${conversation}/${mode}`;
    if (text === "") forget(key);
    else keep(key, text);
  };
  return {
    read,
    write,
    restored,
    restore: (conversation, mode, text) => {
      const present = read(conversation, mode);
      write(conversation, mode, present === "" ? text : `${present}\n${text}`);
      restored.value++;
    },
    wipe: () => {
      for (const key of [...memory.keys()]) forget(key);
    },
  };
}

function storedKeys(storage: Storage | null, prefix: string): string[] {
  const keys: string[] = [];
  for (let index = 0; index < (storage?.length ?? 0); index++) {
    const key = storage?.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}
