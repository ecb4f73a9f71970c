/** Everything that storage does with a database, over any dialect. SQLite runs it in worker threads, the others in the caller's. */
import { administrationOperations, settingIfAbsent } from "./administration.ts";
import { appendBatch, type Settlement } from "./append/batch.ts";
import { consumerOperations } from "./consumers.ts";
import { createContext, newId } from "./context.ts";
import { conversationOperations } from "./conversations.ts";
import type { Connection, Dialect } from "./dialects/dialect.ts";
import { logOperations } from "./logs.ts";
import { peopleOperations } from "./people.ts";
import { receiptOperations } from "./receipts.ts";
import { searchOperations } from "./search/search.ts";
import { upsertRows } from "./statements.ts";
import type { AppendRequest, Storage } from "./storage.ts";
import { inTransaction, reading } from "./transaction.ts";
import { visitOperations } from "./visits.ts";

export interface Operations extends Omit<Storage, "engine" | "metrics" | "close" | "append"> {
  appendBatch(requests: AppendRequest[]): Promise<Settlement[]>;
}

export interface OperationsOptions {
  readonly masterKey: Uint8Array;
  /** Their marks are set from now on; registered in the database, so that every gateway sets them. */
  readonly consumers: readonly string[];
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** UTC milliseconds. */
  readonly now: () => number;
}

export async function createOperations(dialect: Dialect, options: OperationsOptions): Promise<Operations> {
  const { generation, consumers } = await readFixed(dialect, options);
  const { masterKey, random, now } = options;
  const context = createContext(dialect, { masterKey, generation, consumers, random, now });
  return {
    ping: () =>
      reading(dialect, async (connection) => {
        await connection.query("SELECT 1", []);
      }),
    appendBatch: (requests) => appendBatch(context, requests),
    ...logOperations(context),
    ...conversationOperations(context),
    ...peopleOperations(context),
    ...receiptOperations(context),
    ...visitOperations(context),
    ...searchOperations(context),
    ...consumerOperations(context),
    ...administrationOperations(context, now),
  };
}

interface Fixed {
  /** Null: this is the first time that the store is opened. */
  readonly generation: string | null;
  readonly consumers: readonly string[];
}

/** What does not change while a gateway runs. Written where it is not there yet, so that a reader on its own writes nothing. */
async function readFixed(dialect: Dialect, options: OperationsOptions): Promise<Fixed & { generation: string }> {
  const before = await reading(dialect, findFixed);
  const { generation } = before;
  if (generation !== null && options.consumers.every((name) => before.consumers.includes(name)))
    return { ...before, generation };
  return inTransaction(dialect, "rest", true, async (connection) => {
    const rows = options.consumers.map((name) => ({ name }));
    await upsertRows(connection, dialect.flags, "consumers", ["name"], ["name"], rows);
    const proposal = newId(options.random).slice(0, 8);
    const stored = await settingIfAbsent(dialect, connection, "generation", proposal);
    return { ...(await findFixed(connection)), generation: stored };
  });
}

async function findFixed(connection: Connection): Promise<Fixed> {
  const [row] = await connection.query<{ content: string }>("SELECT content FROM settings WHERE name = ?", [
    "generation",
  ]);
  const consumers = await connection.query<{ name: string }>("SELECT name FROM consumers ORDER BY name", []);
  return { generation: row?.content ?? null, consumers: consumers.map(({ name }) => name) };
}
