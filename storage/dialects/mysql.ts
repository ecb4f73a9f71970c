/** MySQL and MariaDB by mysql2, behind two tarn pools: one for the write path, one for everything else. */
import { MysqlAdapter, MysqlQueryCompiler } from "kysely";
import {
  createConnection,
  type Connection as DriverConnection,
  type ResultSetHeader,
  type RowDataPacket,
} from "mysql2/promise";
import { Pool, TimeoutError } from "tarn";
import type {
  Connection,
  Dialect,
  DialectFlags,
  Failure,
  PoolName,
  PoolState,
  SqlValue,
  Statement,
} from "./dialect.ts";
import { queryBuilder } from "./query-builder.ts";

export interface MysqlOptions {
  /** `mysql://user:password@host:port/database`. */
  readonly url: string;
  /** Connections for everything else. Default 8. */
  readonly maxRestConnections?: number;
  /** How long work waits for a free connection. Default 5,000. */
  readonly acquireTimeoutMs?: number;
}

/** While one batch waits for the log to reach the disk, another is worked on. */
const appendLanes = 2;
/** One more takes over at once where a connection is being replaced. */
const maxAppendConnections = appendLanes + 1;
const connectTimeoutMs = 5000;
/** A server that hangs is as good as gone: the connection is dropped, and the ordinals decide what has happened. */
const statementTimeoutMs = 20_000;
const idleConnectionMs = 60_000;
/** After this long unused, a connection is asked before it is trusted. */
const validateAfterMs = 10_000;
const validateTimeoutMs = 2000;
const migrationLock = "beckon migration";
const migrationLockSeconds = 60;

const ascii = "CHARACTER SET ascii COLLATE ascii_bin";

const flags: DialectFlags = {
  lockRows: " FOR UPDATE",
  byIndex: (index) => ` FORCE INDEX (${index})`,
  onDuplicate: () => "ON DUPLICATE KEY UPDATE",
  incoming: (column) => `VALUES(${column})`,
  columnTypes: {
    small: "TINYINT",
    int: "INT",
    big: "BIGINT",
    id: `VARCHAR(44) ${ascii}`,
    address: `VARCHAR(64) ${ascii}`,
    word: `VARCHAR(40) ${ascii}`,
    hash: `VARCHAR(64) ${ascii}`,
    text: "TEXT",
    long: "MEDIUMTEXT",
    digest: "VARBINARY(32)",
    bytes: "MEDIUMBLOB",
  },
  remote: true,
  indexesInTable: true,
  tableOptions: "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
};

/** The same on every server, whatever its configuration says. */
const sessionStatements = [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION time_zone = '+00:00'",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
];

/** Of the write path, whose every statement is part of a transaction: each begins without a statement of its own. */
const beginsByItself = "SET SESSION autocommit = 0";

interface Pooled {
  readonly driver: DriverConnection;
  usedAt: number;
  broken: boolean;
}

export function openMysql(options: MysqlOptions): Dialect {
  let statements = 0;
  const pools: { [name in PoolName]: Pool<Pooled> } = {
    append: createPool(options, maxAppendConnections, [beginsByItself]),
    rest: createPool(options, options.maxRestConnections ?? 8),
  };

  const withConnection = async <T>(name: PoolName, work: (connection: MysqlConnection) => Promise<T>): Promise<T> => {
    const pooled = await acquire(pools[name]);
    const connection = new MysqlConnection(pooled.driver, name === "append");
    try {
      return await work(connection);
    } catch (error) {
      if (failure(error) === "lost") pooled.broken = true;
      throw error;
    } finally {
      statements += connection.statements;
      pooled.usedAt = Date.now();
      pools[name].release(pooled);
    }
  };

  return {
    engine: "mysql",
    flags,
    appendLanes,
    sql: queryBuilder(new MysqlAdapter(), new MysqlQueryCompiler()),
    transaction: (name, work) => withConnection(name, (connection) => connection.transaction(work)),
    read: (work) => withConnection("rest", work),
    exclusively: (work) => withConnection("rest", (connection) => underLock(connection, work)),
    failure,
    pause: () => Promise.resolve(),
    statements: () => statements,
    pools: () => Object.entries(pools).map(([name, pool]) => stateOf(name, pool)),
    close: async () => {
      await Promise.all([pools.append.destroy(), pools.rest.destroy()]);
    },
  };
}

/** Deferred statements and the next one travel in one packet; the server stops at the first that fails, so a commit among them is safe. */
class MysqlConnection implements Connection {
  statements = 0;
  readonly #driver: DriverConnection;
  #deferred: Statement[] = [];
  readonly #beginsByItself: boolean;
  #mayDefer = false;

  constructor(driver: DriverConnection, beginsByItself: boolean) {
    this.#driver = driver;
    this.#beginsByItself = beginsByItself;
  }

  async query<Row>(sql: string, values: readonly SqlValue[]): Promise<Row[]> {
    const [rows = []] = await this.queryAll([{ sql, values }]);
    return rows as Row[];
  }

  async queryAll(statements: readonly Statement[]): Promise<unknown[][]> {
    return (await this.#ask(statements)) as RowDataPacket[][];
  }

  async execute(sql: string, values: readonly SqlValue[]): Promise<number> {
    const [header] = (await this.#ask([{ sql, values }])) as ResultSetHeader[];
    return header?.affectedRows ?? 0;
  }

  async defer(sql: string, values: readonly SqlValue[]): Promise<void> {
    if (this.#mayDefer) this.#deferred.push({ sql, values });
    else await this.#ask([{ sql, values }]);
  }

  async transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    this.#mayDefer = true;
    if (!this.#beginsByItself) await this.defer("START TRANSACTION", []);
    try {
      const result = await work(this);
      await this.execute("COMMIT", []);
      return result;
    } catch (error) {
      this.#deferred = [];
      // The error that counts is the first; a connection that cannot roll back is dropped, which rolls back too.
      if (failure(error) !== "lost") await this.execute("ROLLBACK", []);
      throw error;
    }
  }

  /** The answers to `statements`; those to deferred ones are of no interest. */
  async #ask(statements: readonly Statement[]): Promise<unknown[]> {
    const all = [...this.#deferred, ...statements];
    this.#deferred = [];
    if (all.length === 0) return [];
    this.statements += all.length;
    const sql = all.map((one) => one.sql).join("; ");
    const values = all.flatMap((one) => one.values);
    const [answer] = await this.#driver.query({ sql, values, timeout: statementTimeoutMs });
    return all.length === 1 ? [answer] : (answer as unknown[]).slice(all.length - statements.length);
  }
}

async function underLock<T>(connection: Connection, work: (connection: Connection) => Promise<T>): Promise<T> {
  const [row] = await connection.query<{ held: number | null }>("SELECT GET_LOCK(?, ?) AS held", [
    migrationLock,
    migrationLockSeconds,
  ]);
  if (row?.held !== 1) throw new Error("another process is migrating this database");
  try {
    return await work(connection);
  } finally {
    await connection.query("SELECT RELEASE_LOCK(?)", [migrationLock]);
  }
}

// ---------------------------------------------------------------- pools

function createPool(options: MysqlOptions, max: number, session: readonly string[] = []): Pool<Pooled> {
  return new Pool<Pooled>({
    create: () => connect(options.url, session),
    destroy: (pooled) => disconnect(pooled),
    validate: (pooled) => !pooled.broken,
    min: 0,
    max,
    acquireTimeoutMillis: options.acquireTimeoutMs ?? 5000,
    createTimeoutMillis: connectTimeoutMs + 1000,
    idleTimeoutMillis: idleConnectionMs,
    propagateCreateError: true,
  });
}

async function acquire(pool: Pool<Pooled>): Promise<Pooled> {
  for (;;) {
    const pooled = await pool.acquire().promise;
    if (Date.now() - pooled.usedAt < validateAfterMs || (await answers(pooled))) return pooled;
    pooled.broken = true;
    pool.release(pooled);
  }
}

async function answers({ driver }: Pooled): Promise<boolean> {
  return driver.query({ sql: "SELECT 1", timeout: validateTimeoutMs }).then(
    () => true,
    () => false,
  );
}

async function connect(url: string, session: readonly string[]): Promise<Pooled> {
  const driver = await createConnection({
    uri: url,
    charset: "utf8mb4",
    timezone: "Z",
    connectTimeout: connectTimeoutMs,
    dateStrings: true,
    multipleStatements: true, // texts are ours, values are escaped
    trace: false, // every query would record a stack that ends in this file
  });
  const pooled: Pooled = { driver, usedAt: Date.now(), broken: false };
  // Without a listener a server that goes away would end the process.
  driver.on("error", () => {
    pooled.broken = true;
  });
  for (const statement of [...sessionStatements, ...session])
    await driver.query({ sql: statement, timeout: statementTimeoutMs });
  return pooled;
}

async function disconnect({ driver, broken }: Pooled): Promise<void> {
  if (broken) driver.destroy();
  else await driver.end().catch(() => driver.destroy());
}

function stateOf(name: string, pool: Pool<Pooled>): PoolState {
  return { name, used: pool.numUsed(), free: pool.numFree(), pending: pool.numPendingAcquires() };
}

// ---------------------------------------------------------------- errors

/** Deadlock, lock wait timeout; a certification failure of a Galera node arrives as the first. */
const conflictCodes = new Set([1213, 1205]);
const duplicateCode = 1062;
/** The server shuts down, lost its quorum, or killed the connection. */
const lostCodes = new Set([1053, 1047, 1180, 1927, 1317, 1040, 1203]);

function failure(error: unknown): Failure {
  if (error instanceof TimeoutError) return "full";
  if (!(error instanceof Error)) return "other";
  const { errno, code, fatal } = error as Error & { errno?: unknown; code?: unknown; fatal?: unknown };
  if (typeof errno === "number" && conflictCodes.has(errno)) return "conflict";
  if (errno === duplicateCode) return "duplicate";
  if (typeof errno === "number" && lostCodes.has(errno)) return "lost";
  if (fatal === true || /^(PROTOCOL_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|ENOENT)/.test(String(code)))
    return "lost";
  if (/closed state|Connection lost|socket has been ended/i.test(error.message)) return "lost";
  return "other";
}
