/**
 * The database of the simulated world: the real SQLite in memory behind a dialect that can be slow, fail, stand still, and that
 * loses what a dying gateway had not committed. Every statement and commit of the product passes through here.
 */
import type { Connection, Dialect, Failure, SqlValue, Statement } from "../../storage/dialects/dialect.ts";
import { openSqlite } from "../../storage/dialects/sqlite.ts";
import { openStorageOver } from "../../storage/open-storage.ts";
import type { Storage } from "../../storage/storage.ts";
import { maxQueuedAppends } from "./bounds.ts";
import { Death, type Process } from "./process.ts";

export const masterKey = new Uint8Array(32).fill(7);

/** Where a transaction can be when its gateway dies. */
export type TransactionPoint = "before-persist" | "in-batch" | "before-commit" | "after-commit";

/** The gateway that a dialect belongs to. */
export interface Owner {
  readonly process: Process;
  /** May end the process. */
  reach(point: TransactionPoint): void;
  /** Remembers on whose behalf this is done, and returns what restores it. */
  errand(pool: "append" | "rest"): () => void;
}

/** Everything that can be wrong with it, now. */
export interface DatabaseTrouble {
  down: boolean;
  frozenUntilMs: number;
  /** Added to each statement. */
  statementMs: number;
  /** How many statements meet a deadlock. */
  conflicts: number;
  /** How many transactions find no free connection. */
  full: number;
  /** How many commits lose their connection before or after they happen. */
  lostBefore: number;
  lostAfter: number;
}

export const noTrouble = (): DatabaseTrouble => ({
  down: false,
  frozenUntilMs: 0,
  statementMs: 0,
  conflicts: 0,
  full: 0,
  lostBefore: 0,
  lostAfter: 0,
});

class Injected extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`injected: ${failure}`);
    this.failure = failure;
  }
}

/** An answer may wait so long behind others before it leaves its gateway. */
const answerMs = 10_000;

/** All rows of all tables. */
export type Backup = ReadonlyMap<string, readonly { readonly [column: string]: SqlValue }[]>;

export class Database {
  trouble = noTrouble();
  /** Ids of the messages that are committed. */
  durable = new Set<string>();
  #conversations = new Set<string>();
  /** Conversations that a restore took away, and since when each is there again; infinity: it is not. */
  readonly #backAtMs = new Map<string, number>();
  /** Called when messages have become durable. */
  committed: (ids: readonly string[]) => void = () => {};
  /** Milliseconds of a commit and of a read, when all is well. */
  commitMs: () => number = () => 2;
  readMs: () => number = () => 1;
  readonly #base: Dialect;
  readonly #nowMs: () => number;

  constructor(base: Dialect, nowMs: () => number) {
    this.#base = base;
    this.#nowMs = nowMs;
  }

  /** The gateway's own way in. */
  open(owner: Owner, random: () => number): Promise<Storage> {
    const now = (): number => owner.process.clock.now();
    return openStorageOver(this.#dialect(owner), { migrate: "never", masterKey, random, now, maxQueuedAppends });
  }

  heal(): void {
    this.trouble = noTrouble();
  }

  backup(): Promise<Backup> {
    return backupOf(this.#base);
  }

  /** A restore took this conversation away, and it is not there again, or was not a moment ago. */
  isGone(conversation: string): boolean {
    return (this.#backAtMs.get(conversation) ?? Number.NEGATIVE_INFINITY) > this.#nowMs() - answerMs;
  }

  #begun(conversations: readonly string[]): void {
    for (const id of conversations) {
      this.#conversations.add(id);
      if (this.#backAtMs.get(id) === Number.POSITIVE_INFINITY) this.#backAtMs.set(id, this.#nowMs());
    }
  }

  /** As `beckon restored` leaves it: another generation. */
  async restore(backup: Backup, generation: string): Promise<void> {
    await restoreTo(this.#base, backup);
    await this.#base.transaction("rest", (connection) =>
      connection.execute("UPDATE settings SET content = ? WHERE name = 'generation'", [generation]),
    );
    this.durable = new Set((backup.get("messages") ?? []).map((row) => String(row.message_id)));
    for (const id of this.#conversations) this.#backAtMs.set(id, Number.POSITIVE_INFINITY);
    this.#conversations = new Set();
    this.#begun((backup.get("conversations") ?? []).map((row) => String(row.public_id)));
  }

  #dialect(owner: Owner): Dialect {
    const base = this.#base;
    return {
      ...base,
      transaction: (pool, work) => this.#alive(owner, () => this.#transaction(owner, pool, work)),
      read: (work) => this.#alive(owner, () => this.#read(owner, work)),
      failure: (error) => (error instanceof Injected ? error.failure : base.failure(error)),
      close: async () => {},
    };
  }

  async #transaction<T>(
    owner: Owner,
    pool: "append" | "rest",
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const goOn = owner.errand(pool);
    owner.reach("before-persist");
    if (this.trouble.full > 0) {
      this.trouble.full -= 1;
      throw new Injected("full");
    }
    const written: Written = { messages: [], conversations: [] };
    const result = await this.#base.transaction(pool, async (connection) => {
      if (!owner.process.alive) throw new Death();
      goOn();
      const inside = await work(this.#connection(owner, connection, written, goOn));
      goOn();
      owner.reach("before-commit");
      await this.#wait(owner, this.commitMs(), goOn);
      if (this.#take("lostBefore")) throw new Injected("lost");
      return inside;
    });
    for (const id of written.messages) this.durable.add(id);
    this.#begun(written.conversations);
    this.committed(written.messages);
    goOn();
    owner.reach("after-commit");
    if (this.#take("lostAfter")) throw new Injected("lost");
    return result;
  }

  async #read<T>(owner: Owner, work: (connection: Connection) => Promise<T>): Promise<T> {
    const goOn = owner.errand("rest");
    await this.#wait(owner, this.readMs(), goOn);
    return this.#base.read((connection) => {
      goOn();
      return work(this.#connection(owner, connection, { messages: [], conversations: [] }, goOn));
    });
  }

  #connection(owner: Owner, base: Connection, written: Written, goOn: () => void): Connection {
    const before = async (statements: number): Promise<void> => {
      goOn();
      owner.reach("in-batch");
      await this.#wait(owner, this.trouble.statementMs * statements, goOn);
      if (this.#take("conflicts")) throw new Injected("conflict");
    };
    return {
      query: async <Row>(sql: string, values: readonly SqlValue[]) => {
        await before(1);
        return base.query<Row>(sql, values);
      },
      queryAll: async (all: readonly Statement[]) => {
        await before(all.length);
        return base.queryAll(all);
      },
      execute: async (sql, values) => {
        await before(1);
        return base.execute(sql, values);
      },
      defer: async (sql, values) => {
        await before(1);
        await base.defer(sql, values);
        if (!sql.includes(" ON CONFLICT "))
          written.messages.push(...insertedIds("messages", "message_id", sql, values));
        written.conversations.push(...insertedIds("conversations", "public_id", sql, values));
      },
    };
  }

  #take(count: "conflicts" | "lostBefore" | "lostAfter"): boolean {
    if (this.trouble[count] === 0) return false;
    this.trouble[count] -= 1;
    return true;
  }

  async #wait(owner: Owner, ms: number, goOn: () => void): Promise<void> {
    const waitMs = Math.max(ms, this.trouble.frozenUntilMs - this.#nowMs());
    if (waitMs > 0) {
      await owner.process.sleep(waitMs);
      goOn();
    }
    if (this.trouble.down) throw new Injected("lost");
  }

  /** The promises of somebody who died settle never. */
  async #alive<T>(owner: Owner, work: () => Promise<T>): Promise<T> {
    const forever = new Promise<never>(() => {});
    if (!owner.process.alive) return forever;
    try {
      const result = await work();
      return owner.process.alive ? result : forever;
    } catch (error) {
      if (!owner.process.alive) return forever;
      throw error;
    }
  }
}

/** Ids of what a transaction writes. */
interface Written {
  readonly messages: string[];
  readonly conversations: string[];
}

/** Ids in an INSERT of this table. */
function insertedIds(table: string, idColumn: string, sql: string, values: readonly SqlValue[]): string[] {
  if (!sql.startsWith(`INSERT INTO ${table} `)) return [];
  const columns = sql.slice(sql.indexOf("(") + 1, sql.indexOf(")")).split(", ");
  const ids: string[] = [];
  for (let at = columns.indexOf(idColumn); at < values.length; at += columns.length) ids.push(String(values[at]));
  return ids;
}

export async function openBase(random: () => number, now: () => number): Promise<{ base: Dialect; storage: Storage }> {
  const base = openSqlite({ path: ":memory:" });
  return { base, storage: await openStorageOver(base, { migrate: "always", masterKey, random, now }) };
}

export function backupOf(base: Dialect): Promise<Backup> {
  return base.read(async (connection) => {
    const rows = new Map<string, { readonly [column: string]: SqlValue }[]>();
    for (const table of await tablesOf(connection))
      rows.set(table, await connection.query(`SELECT * FROM ${table}`, []));
    return rows;
  });
}

export async function restoreTo(base: Dialect, backup: Backup): Promise<void> {
  await base.transaction("rest", async (connection) => {
    for (const table of await tablesOf(connection)) {
      await connection.execute(`DELETE FROM ${table}`, []);
      for (const row of backup.get(table) ?? []) {
        const columns = Object.keys(row);
        const marks = columns.map(() => "?").join(", ");
        await connection.execute(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${marks})`, Object.values(row));
      }
    }
  });
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const rows = await connection.query<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    [],
  );
  return rows.map(({ name }) => name);
}
