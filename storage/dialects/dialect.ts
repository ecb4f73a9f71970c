/**
 * The seam to a database: connections that take SQL text, transactions, and the differences between engines as documented flags.
 * Adapters: `sqlite.ts` (better-sqlite3, in this thread), `mysql.ts` (mysql2 + tarn). Everything above is written once.
 *
 * The simulator wraps a dialect: every statement and every commit of the product passes through here.
 */
import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

export type SqlValue = number | string | Uint8Array | null;

export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export interface Connection {
  /** Rows of a SELECT, numbers as numbers (all stay below 2^53). */
  query<Row>(sql: string, values: readonly SqlValue[]): Promise<Row[]>;
  /** Rows of several SELECTs, run in order; one round trip where there are any. */
  queryAll(statements: readonly Statement[]): Promise<unknown[][]>;
  /** Number of rows that were changed. */
  execute(sql: string, values: readonly SqlValue[]): Promise<number>;
  /**
   * Runs a statement whose answer nobody needs. Within a transaction it may travel with the next statement or the commit, in order, so
   * that a batch costs few round trips; its failure then appears there.
   */
  defer(sql: string, values: readonly SqlValue[]): Promise<void>;
}

/**
 * What an error of the driver means for the work that met it.
 * - `conflict`: the database gave this transaction up (deadlock, lock wait, certification): run it again.
 * - `duplicate`: a unique key stood in the way: somebody else was first; run it again and find their row.
 * - `lost`: the connection ended or never came about; whether a commit happened is not known.
 * - `full`: no connection became free in time.
 * - `other`: the statement itself is wrong for its data; it fails again.
 */
export type Failure = "conflict" | "duplicate" | "lost" | "full" | "other";

/** `append`: kept free for the write path. `rest`: everything else, so that a slow report never starves a send. */
export type PoolName = "append" | "rest";

export type ColumnType =
  | "small"
  | "int"
  | "big"
  | "id"
  | "address"
  | "word"
  | "hash"
  | "text"
  | "long"
  | "digest"
  | "bytes";

export interface DialectFlags {
  /** Ends a SELECT that locks its rows until the commit. Empty where a writing transaction is alone anyway. */
  readonly lockRows: string;
  /**
   * Follows a table's name where a statement finds rows by a list of keys: names the index (`PRIMARY` or its name). With statistics
   * that are stale after a crash an optimizer may prefer to read, and lock, the whole table.
   */
  byIndex(index: string): string;
  /** Begins the second half of an upsert; `keys` are the columns of the primary key. */
  onDuplicate(keys: readonly string[]): string;
  /** In an upsert: the value that would have been inserted. */
  incoming(column: string): string;
  /** SQL type of each kind of column. `id`, `address`, `word`, `hash` hold ASCII and compare by bytes. */
  readonly columnTypes: { readonly [type in ColumnType]: string };
  /** Statements travel to a server, so that a round trip that can be saved is worth a longer statement. */
  readonly remote: boolean;
  /** Whether CREATE TABLE also makes the indexes; else each is a statement of its own. */
  readonly indexesInTable: boolean;
  /** Ends CREATE TABLE: storage engine, character set, clustering. */
  readonly tableOptions: string;
}

export interface PoolState {
  name: string;
  used: number;
  free: number;
  pending: number;
}

export interface Dialect {
  readonly engine: "sqlite" | "mysql";
  readonly flags: DialectFlags;
  /** Batches of appends that run well side by side. */
  readonly appendLanes: number;
  /** Builds and compiles queries; it has no connection. */
  readonly sql: Kysely<Schema>;
  /** Runs `work` in one transaction: durable when it resolves, rolled back when `work` or the commit fails. Driver errors pass through. */
  transaction<T>(pool: PoolName, work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Runs `work` on a connection without a transaction: each statement sees what is committed. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Runs `work` outside a transaction while no other process does the same (migrations). */
  exclusively<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  failure(error: unknown): Failure;
  /** Between slices of long work: lets others have their turn. */
  pause(): Promise<void>;
  /** Since it was opened. */
  statements(): number;
  pools(): PoolState[];
  /** Waits for running work. */
  close(): Promise<void>;
}
