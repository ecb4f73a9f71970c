/** Entry of a storage worker thread: one SQLite connection and all operations on it. A whole batch of appends is one message. */
import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { secureRandom } from "../context.ts";
import { checkSchema, migrate } from "../migrate.ts";
import { createOperations, type Operations } from "../operations.ts";
import type { Dialect } from "./dialect.ts";
import { openSqlite } from "./sqlite.ts";
import {
  type SentSettlement,
  sendError,
  type WorkerCall,
  type WorkerReply,
  type WorkerStart,
} from "./worker-messages.ts";

const port = parentPort;
if (!port) throw new Error("sqlite-worker.ts is the entry of a worker thread");

const start = workerData as WorkerStart;

async function open(): Promise<{ dialect: Dialect; operations: Operations }> {
  const dialect = openSqlite({ path: start.path, readOnly: start.readOnly, pause: () => setImmediate() });
  if (start.migrate === "always") await migrate(dialect, Date.now());
  await checkSchema(dialect);
  const { masterKey, consumers } = start;
  const operations = await createOperations(dialect, { masterKey, consumers, random: secureRandom, now: Date.now });
  return { dialect, operations };
}

async function answer(
  dialect: Dialect,
  operations: Operations,
  { call, method, args }: WorkerCall,
): Promise<WorkerReply> {
  try {
    const result = await perform(dialect, operations, method, args);
    return { call, statements: dialect.statements(), result };
  } catch (error) {
    return { call, statements: dialect.statements(), error: sendError(error) };
  }
}

async function perform(
  dialect: Dialect,
  operations: Operations,
  method: WorkerCall["method"],
  args: readonly unknown[],
): Promise<unknown> {
  if (method === "close") return dialect.close();
  const run = operations[method] as (...args: readonly unknown[]) => Promise<unknown>;
  const result = await run(...args);
  return method === "appendBatch" ? sendSettlements(result as Awaited<ReturnType<Operations["appendBatch"]>>) : result;
}

function sendSettlements(settlements: Awaited<ReturnType<Operations["appendBatch"]>>): SentSettlement[] {
  return settlements.map((one) => ("result" in one ? one : { error: sendError(one.error) }));
}

try {
  const { dialect, operations } = await open();
  port.on("message", async (call: WorkerCall) => {
    port.postMessage(await answer(dialect, operations, call));
    if (call.method === "close") port.close();
  });
  port.postMessage({ call: 0, statements: dialect.statements(), result: null } satisfies WorkerReply);
} catch (error) {
  port.postMessage({ call: 0, statements: 0, error: sendError(error) } satisfies WorkerReply);
  port.close();
}
