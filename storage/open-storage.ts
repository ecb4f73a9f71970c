/**
 * Opens the database that a URL names: `sqlite:PATH`, `sqlite::memory:` or `mysql://user:password@host:port/database`.
 * The scheme picks the dialect.
 */
import type { Storage } from "./storage.ts";

export interface OpenStorageOptions {
  /** `never`: an old schema is a SchemaMismatch. `always`: migrates first (demo, tests, `beckon migrate`). */
  readonly migrate: "never" | "always";
  /** Appends that may wait; above: StorageBusy. Default 4,096. */
  readonly maxQueuedAppends?: number;
  /** 32 bytes; keys the hashes of bodies and tokens. */
  readonly masterKey: Uint8Array;
}

export async function openStorage(_url: string, _options: OpenStorageOptions): Promise<Storage> {
  throw new Error("no dialect yet");
}
