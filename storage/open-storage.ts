/**
 * Opens the database that a URL names: `sqlite:PATH`, `sqlite::memory:` or `mysql://user:password@host:port/database`.
 * The scheme picks the dialect.
 */
import { secureRandom } from "./context.ts";
import { createStorage } from "./create-storage.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { openMysql } from "./dialects/mysql.ts";
import { openSqlite } from "./dialects/sqlite.ts";
import { startSqliteThreads } from "./dialects/sqlite-threads.ts";
import { checkSchema, migrate } from "./migrate.ts";
import { createOperations } from "./operations.ts";
import type { Storage } from "./storage.ts";
import { portError } from "./transaction.ts";

export interface OpenStorageOptions {
  /** `never`: an old schema is a SchemaMismatch. `always`: migrates first (demo, tests, `beckon migrate`). */
  readonly migrate: "never" | "always";
  /** Appends that may wait; above: StorageBusy. Default 4,096. */
  readonly maxQueuedAppends?: number;
  /** 32 bytes; keys the hashes of bodies and tokens. */
  readonly masterKey: Uint8Array;
  /** Consumers whose marks every append sets. Default: the search index. */
  readonly consumers?: readonly string[];
}

/** Of a dialect that the caller opened itself: the simulator wraps one. */
export interface OverDialectOptions extends OpenStorageOptions {
  /** 0 <= x < 1. Default: not to be guessed. */
  readonly random?: () => number;
  /** UTC milliseconds; figures count by it too. Default: the machine's clocks. */
  readonly now?: () => number;
}

const defaultMaxQueuedAppends = 4096;
const defaultConsumers = ["search"];

/** Rejects with SchemaMismatch, RangeError (no such kind of URL), or StorageUnavailable if the database does not answer or cannot be opened. */
export async function openStorage(url: string, options: OpenStorageOptions): Promise<Storage> {
  const path = sqliteFile(url);
  if (path === null || path === ":memory:") return openStorageOver(await openDialect(url), options);
  const { masterKey, consumers = defaultConsumers } = options;
  const threads = await startSqliteThreads({ path, migrate: options.migrate, masterKey, consumers });
  return createStorage({
    engine: "sqlite",
    ...threads,
    appendLanes: 1,
    maxQueuedAppends: options.maxQueuedAppends ?? defaultMaxQueuedAppends,
    now: () => performance.now(),
  });
}

/** Storage in this thread, on a dialect that it takes over: `close` closes it. */
export async function openStorageOver(dialect: Dialect, options: OverDialectOptions): Promise<Storage> {
  const { masterKey, consumers = defaultConsumers, random = secureRandom, now = Date.now } = options;
  const monotonic = options.now ?? (() => performance.now());
  const operations = await open(dialect, async () => {
    if (options.migrate === "always") await migrate(dialect, now());
    await checkSchema(dialect);
    return createOperations(dialect, { masterKey, consumers, random, now });
  });
  return createStorage({
    engine: dialect.engine,
    operations,
    appendLanes: dialect.appendLanes,
    maxQueuedAppends: options.maxQueuedAppends ?? defaultMaxQueuedAppends,
    now: monotonic,
    statements: dialect.statements,
    pools: dialect.pools,
    close: dialect.close,
  });
}

/** Opens a database without looking at its schema, and closes it after the work (`migrate-database.ts`). Rejects as {@link openStorage}. */
export async function withDialect<T>(url: string, work: (dialect: Dialect) => Promise<T>): Promise<T> {
  return useAndClose(await openDialect(url), work);
}

/** The same on a file of SQLite, by a connection that may only read. */
export async function withReader<T>(path: string, work: (dialect: Dialect) => Promise<T>): Promise<T> {
  return useAndClose(openSqlite({ path, readOnly: true }), work);
}

async function useAndClose<T>(dialect: Dialect, work: (dialect: Dialect) => Promise<T>): Promise<T> {
  const result = await open(dialect, () => work(dialect));
  await dialect.close();
  return result;
}

/** Closes the dialect where opening fails, and tells in the port's words. */
async function open<T>(dialect: Dialect, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await dialect.close();
    throw portError(dialect, error);
  }
}

async function openDialect(url: string): Promise<Dialect> {
  const path = sqliteFile(url);
  if (path !== null) return openSqlite({ path });
  if (!url.startsWith("mysql:")) throw new RangeError("the database's URL begins with sqlite: or mysql:");
  return openMysql({ url });
}

/** Where the database is that a URL names. Null: not SQLite. */
export function sqliteFile(url: string): string | null {
  return url.startsWith("sqlite:") ? url.slice("sqlite:".length) : null;
}
