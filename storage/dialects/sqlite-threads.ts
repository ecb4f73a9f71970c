/** SQLite behind two threads, one that writes and one that reads, so that the loop which serves sockets never waits for a disk. */
import { Worker } from "node:worker_threads";
import type { Settlement } from "../append/batch.ts";
import type { Operations } from "../operations.ts";
import { StorageUnavailable } from "../storage.ts";
import type { PoolState } from "./dialect.ts";
import {
  receiveError,
  type SentSettlement,
  type WorkerCall,
  type WorkerReply,
  type WorkerStart,
} from "./worker-messages.ts";

/** Which thread runs it. A new operation does not compile until it stands here. */
const threadOf: { readonly [method in keyof Operations]: "reader" | "writer" } = {
  appendBatch: "writer",
  ping: "writer",
  saveReceipts: "writer",
  saveInvitationState: "writer",
  saveVisits: "writer",
  saveVisitEvents: "writer",
  saveVisitor: "writer",
  linkContact: "writer",
  revokeVisitor: "writer",
  consumed: "writer",
  createTenant: "writer",
  createSite: "writer",
  updateSite: "writer",
  createDepartment: "writer",
  renameDepartment: "writer",
  createAgent: "writer",
  updateAgent: "writer",
  createSession: "writer",
  deleteSession: "writer",
  deleteSessionsOf: "writer",
  setSettingIfAbsent: "writer",
  openLog: "reader",
  thread: "reader",
  ordinals: "reader",
  refusals: "reader",
  readLog: "reader",
  heads: "reader",
  conversation: "reader",
  inbox: "reader",
  readCounts: "reader",
  closedConversations: "reader",
  visitor: "reader",
  earlierVisits: "reader",
  visitCount: "reader",
  pageViews: "reader",
  visitEvents: "reader",
  visitorConversations: "reader",
  search: "reader",
  dirtyLogs: "reader",
  tenants: "reader",
  sites: "reader",
  departments: "reader",
  agents: "reader",
  agentByEmail: "reader",
  session: "reader",
  setting: "reader",
};

export interface SqliteThreads {
  readonly operations: Operations;
  statements(): number;
  pools(): PoolState[];
  close(): Promise<void>;
}

export async function startSqliteThreads(start: Omit<WorkerStart, "readOnly">): Promise<SqliteThreads> {
  const writer = await startThread("writer", { ...start, readOnly: false });
  // The writer has made the file and its tables.
  const reader = await startThread("reader", { ...start, readOnly: true, migrate: "never" }).catch(async (error) => {
    await writer.close();
    throw error;
  });
  const threads = { writer, reader };
  const methods = Object.entries(threadOf).map(([method, thread]) => [
    method,
    (...args: unknown[]) => threads[thread].call(method as keyof Operations, args),
  ]);
  const operations = Object.fromEntries(methods) as Operations;
  return {
    operations: {
      ...operations,
      appendBatch: async (requests) => receiveSettlements(await writer.call("appendBatch", [requests])),
    },
    statements: () => writer.statements() + reader.statements(),
    pools: () => [writer.state(), reader.state()],
    close: async () => {
      await reader.close();
      await writer.close();
    },
  };
}

function receiveSettlements(sent: unknown): Settlement[] {
  return (sent as SentSettlement[]).map((one) => ("result" in one ? one : { error: receiveError(one.error) }));
}

interface Thread {
  call(method: WorkerCall["method"], args: readonly unknown[]): Promise<unknown>;
  statements(): number;
  state(): PoolState;
  close(): Promise<void>;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

async function startThread(name: string, start: WorkerStart): Promise<Thread> {
  const worker = new Worker(new URL("./sqlite-worker.ts", import.meta.url), {
    name: `storage-${name}`,
    workerData: start,
  });
  const pending = new Map<number, Pending>();
  let calls = 0;
  let statements = 0;
  let ended: StorageUnavailable | null = null;

  const ready = new Promise<unknown>((resolve, reject) => pending.set(0, { resolve, reject }));
  worker.on("message", (reply: WorkerReply) => {
    statements = reply.statements;
    const call = pending.get(reply.call);
    pending.delete(reply.call);
    if ("error" in reply) call?.reject(receiveError(reply.error));
    else call?.resolve(reply.result);
  });
  const end = (cause?: unknown) => {
    ended ??= new StorageUnavailable(`the ${name} thread has ended`, { cause });
    for (const { reject } of pending.values()) reject(ended);
    pending.clear();
  };
  worker.on("error", end);
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      end();
      resolve();
    });
  });

  const call: Thread["call"] = (method, args) => {
    if (ended) return Promise.reject(ended);
    calls += 1;
    const message: WorkerCall = { call: calls, method, args };
    return new Promise((resolve, reject) => {
      pending.set(message.call, { resolve, reject });
      worker.postMessage(message);
    });
  };
  await ready;
  return {
    call,
    statements: () => statements,
    state: () => ({
      name,
      used: Math.min(1, pending.size),
      free: pending.size === 0 ? 1 : 0,
      pending: Math.max(0, pending.size - 1),
    }),
    close: async () => {
      if (!ended) await call("close", []);
      await exited;
    },
  };
}
