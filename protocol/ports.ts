/** What `client.ts` is given. None of these knows the DOM; the widget and the admin page implement them, the simulator too. */
import type { CarrierName } from "./frames.ts";

/** Milliseconds. `now` is the wall clock (display only); `monotonic` never jumps back. */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Calls back once, not before `delayMs`. */
  after(delayMs: number, callback: () => void): Timer;
}
export interface Timer {
  cancel(): void;
}

export interface RandomSource {
  /** 128 random bits in base64url (22 characters). */
  id(): string;
  /** 0 <= x < 1; for jitter only. */
  fraction(): number;
}

export interface Json {
  /** Throws on malformed text. */
  parse(text: string): unknown;
  stringify(value: unknown): string;
}

/** One attempt to reach a gateway. Whatever arrives after `closed` is ignored. */
export interface Carrier {
  /** One wire message. Never throws; a send on a dead carrier is lost, which the missing ack tells. */
  send(text: string): void;
  /** Idempotent; `closed` is then not called. */
  close(): void;
}
export interface CarrierListener {
  /** The carrier can send; proves nothing (rule 13): only `ok` does. */
  opened(): void;
  message(text: string): void;
  /** Once; also when it never opened. */
  closed(code: number, reason: string): void;
}
/** A rung of the ladder, best first. */
export interface CarrierKind {
  readonly name: CarrierName;
  dial(listener: CarrierListener): Carrier;
}

/**
 * Where outbox, positions and secrets are kept. Callbacks may come at once or later, always exactly once, and never throw.
 * Adapters: IndexedDB, localStorage, memory; all pass `widget/store/contract.ts`.
 */
export interface Store {
  /** `disk` survives a reload and a crash; `memory` ends with the page. */
  readonly durability: "disk" | "memory";
  /** All entries whose key begins with `prefix`, in no order. */
  list(prefix: string, done: (error: StoreError | null, entries: StoreEntry[]) => void): void;
  /** All or nothing. */
  write(puts: StoreEntry[], removes: string[], done: (error: StoreError | null) => void): void;
  /**
   * At most one page at a time holds a name. `done(true)` when held: until `release` or the death of the page.
   * `done(false)`: somebody else holds it.
   */
  hold(name: string, done: (held: boolean) => void): { release(): void };
}
export interface StoreEntry {
  key: string;
  value: string;
}
export type StoreError = "full" | "blocked" | "broken";
