/**
 * SQLite by better-sqlite3, in the thread that calls. The gateway runs it in worker threads (`worker.ts`), tests and the simulator
 * run `:memory:` in process. One connection, so transactions take turns.
 */
import Database, { type Statement } from "better-sqlite3";
import { SqliteAdapter, SqliteQueryCompiler } from "kysely";
import { StorageUnavailable } from "../storage.ts";
import type { Connection, Dialect, DialectFlags, Failure, SqlValue } from "./dialect.ts";
import { queryBuilder } from "./query-builder.ts";
import { createTurns } from "./turns.ts";

export interface SqliteOptions {
  /** File, or `:memory:`. */
  readonly path: string;
  /** Lets waiting calls in between slices of long work. Default: nothing waits. */
  readonly pause?: () => Promise<void>;
  /** A connection that may only read. Default false. */
  readonly readOnly?: boolean;
}

/** How long a statement waits for another process that writes. */
const busyTimeoutMs = 5000;
const maxPreparedStatements = 500;

const flags: DialectFlags = {
  lockRows: "", // BEGIN IMMEDIATE: there is one writer
  // Without statistics it takes the primary key of all of a tenant for as good as an index of a few rows.
  byIndex: (index) => (index === "PRIMARY" ? "" : ` INDEXED BY ${index}`),
  onDuplicate: (keys) => `ON CONFLICT (${keys.join(", ")}) DO UPDATE SET`,
  incoming: (column) => `excluded.${column}`,
  columnTypes: {
    small: "INTEGER",
    int: "INTEGER",
    big: "INTEGER",
    id: "TEXT",
    address: "TEXT",
    word: "TEXT",
    hash: "TEXT",
    text: "TEXT",
    long: "TEXT",
    digest: "BLOB",
    bytes: "BLOB",
  },
  remote: false,
  indexesInTable: false,
  tableOptions: "WITHOUT ROWID",
};

export function openSqlite(options: SqliteOptions): Dialect {
  const database = openFile(options);
  const takeTurn = createTurns();
  const { connection, statements } = connect(database);
  return {
    engine: "sqlite",
    flags,
    appendLanes: 1,
    sql: queryBuilder(new SqliteAdapter(), new SqliteQueryCompiler()),
    transaction: (_pool, work) => takeTurn(() => inTransaction(database, connection, work)),
    read: (work) => takeTurn(() => work(connection)),
    exclusively: (work) => takeTurn(() => inTransaction(database, connection, work)),
    failure,
    pause: options.pause ?? (() => Promise.resolve()),
    statements,
    pools: () => [],
    close: () => takeTurn(async () => database.close()),
  };
}

/** Rejects with StorageUnavailable: a folder that is missing, no right to write, no database. */
function openFile({ path, readOnly = false }: SqliteOptions): Database {
  try {
    const database = new Database(path, { timeout: busyTimeoutMs, readonly: readOnly });
    if (!readOnly) database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = OFF");
    return database;
  } catch (error) {
    throw new StorageUnavailable(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function inTransaction<T>(
  database: Database,
  connection: Connection,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  await connection.execute("BEGIN IMMEDIATE", []);
  try {
    const result = await work(connection);
    await connection.execute("COMMIT", []);
    return result;
  } catch (error) {
    // Some errors (a full disk) have ended the transaction already.
    if (database.inTransaction) await connection.execute("ROLLBACK", []);
    throw error;
  }
}

function connect(database: Database): { connection: Connection; statements: () => number } {
  const prepared = new Map<string, Statement>();
  let count = 0;
  const prepare = (sql: string): Statement => {
    count += 1;
    const known = prepared.get(sql);
    if (known) return known;
    // Multi-row statements differ by their number of rows; the oldest text goes first.
    if (prepared.size >= maxPreparedStatements)
      for (const oldest of prepared.keys()) {
        prepared.delete(oldest);
        break;
      }
    const statement = database.prepare(keepingPlan(sql));
    prepared.set(sql, statement);
    return statement;
  };
  const connection: Connection = {
    query: async <Row>(sql: string, values: readonly SqlValue[]) => prepare(sql).all(values) as Row[],
    queryAll: async (all) => all.map(({ sql, values }) => prepare(sql).all(values)),
    execute: async (sql, values) => prepare(sql).run(values).changes,
    defer: async (sql, values) => {
      prepare(sql).run(values);
    },
  };
  return { connection, statements: () => count };
}

/**
 * SQLite looks at what is bound to a bare `?` of a comparison or a LIMIT while it plans, and then plans, and parses, anew whenever that is
 * bound again: at each run, which may cost ten times the run itself. It does not look behind a sign.
 */
function keepingPlan(sql: string): string {
  return sql.replaceAll("?", "+?");
}

function failure(error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "conflict";
  if (code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY") return "duplicate";
  if (/^SQLITE_(IOERR|FULL|CANTOPEN|CORRUPT|NOTADB|READONLY)/.test(code)) return "lost";
  return "other";
}
