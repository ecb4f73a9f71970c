/** What all operations share: the database, keys, the random source, and what never changes once read. */
import { createHash, createHmac, hkdfSync, randomInt } from "node:crypto";
import type { Dialect } from "./dialects/dialect.ts";
import { createOwnRows, type OwnRows } from "./own-rows.ts";
import type { LockedVisitor } from "./person-rows.ts";
import { createRecentlyUsed, type RecentlyUsed } from "./recently-used.ts";
import type { ConversationRow } from "./schema.ts";

export interface StorageContext {
  readonly dialect: Dialect;
  /** First part of every epoch; changes when the store is restored from a backup. */
  readonly generation: string;
  /** Every log that an append moves has a mark of each of these. */
  readonly consumers: readonly string[];
  /** Of their names, never 0: a gateway that serves other consumers sees that its own have no mark yet. */
  readonly consumersFingerprint: number;
  /** UTC milliseconds. */
  now(): number;
  /** Keyed hash, 16 bytes: the database alone does not tell whether two bodies are equal to a guess. */
  hash(text: string | Uint8Array): Uint8Array;
  /** A new row number: 41 bits of time, so that new rows stand together, and 12 random ones. A collision is a duplicate, and the work is run again. */
  newNumber(at: number): number;
  /** 128 random bits in base64url. */
  newId(): string;
  /** Of `tenant id`; an id never changes its number. */
  readonly conversationNumbers: RecentlyUsed<number>;
  /** Where a visitor without a contact, by `tenant id`, wrote last: a guess that saves a round trip, checked under the lock. */
  readonly likelyConversations: RecentlyUsed<number>;
  /**
   * By `tenant producer address`: all ordinals up to this one are known to be stored. Ordinals are dense and never go away, so that the
   * next one needs no look at the one before it; that it is not stored itself its key says when it is inserted.
   */
  readonly storedOrdinals: RecentlyUsed<number>;
  /** By `tenant number`: as this process wrote them last. */
  readonly ownConversations: OwnRows<ConversationRow>;
  /** By `tenant id`: as this process locked them last. */
  readonly ownVisitors: RecentlyUsed<LockedVisitor>;
}

const numbersBeginAt = Date.UTC(2024, 0, 1);
const numbersPerMs = 4096;
const maxRemembered = 20_000;
/** Whole rows: of those who are talking now. */
const maxOwnRows = 5000;
const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export interface ContextOptions {
  readonly masterKey: Uint8Array;
  readonly generation: string;
  readonly consumers: readonly string[];
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** UTC milliseconds. */
  readonly now: () => number;
}

export function createContext(dialect: Dialect, options: ContextOptions): StorageContext {
  const key = Buffer.from(hkdfSync("sha256", options.masterKey, "", "beckon body hash", 32));
  return {
    dialect,
    generation: options.generation,
    consumers: options.consumers,
    consumersFingerprint: fingerprint(options.consumers),
    now: options.now,
    hash: (text) => createHmac("sha256", key).update(text).digest().subarray(0, 16),
    newNumber: createNumbers(options.random),
    newId: () => newId(options.random),
    conversationNumbers: createRecentlyUsed(maxRemembered),
    likelyConversations: createRecentlyUsed(maxRemembered),
    storedOrdinals: createRecentlyUsed(maxRemembered),
    ownConversations: createOwnRows(maxOwnRows),
    ownVisitors: createRecentlyUsed(maxOwnRows),
  };
}

/** 31 bits. */
function fingerprint(names: readonly string[]): number {
  const digest = createHash("sha256")
    .update(JSON.stringify([...names].sort()))
    .digest();
  return Math.max(1, digest.readUInt32BE() >>> 1);
}

/** Ascending within this process, also where the clock stands still. */
function createNumbers(random: () => number): (at: number) => number {
  let last = 0;
  return (at) => {
    const ms = Math.max(0, at >= numbersBeginAt ? Math.trunc(at) - numbersBeginAt : Math.trunc(at));
    last = Math.max(ms * numbersPerMs + Math.floor(random() * numbersPerMs), last + 1);
    return last;
  };
}

/** Fair and not to be guessed; the simulator brings a seeded one. */
export function secureRandom(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}

/** 128 bits: 21 letters of 6 bits, and one that holds the last two. */
export function newId(random: () => number): string {
  let id = "";
  for (let i = 0; i < 21; i += 1) id += base64url.charAt(Math.floor(random() * 64));
  return id + base64url.charAt(Math.floor(random() * 4) * 16);
}
