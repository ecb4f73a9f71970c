/**
 * `npm run bench -- append`: the write path on MariaDB against the same promise with one transaction for each message.
 * Windows alternate with the baseline under the same background load; the median of the windows' ratios counts.
 */
import { randomBytes } from "node:crypto";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { openStorage } from "../storage/open-storage.ts";
import type { Schema } from "../storage/schema.ts";
import type { AppendRequest, Storage } from "../storage/storage.ts";
import { freshDatabase, mariadbUrl } from "../storage/test-databases.ts";
import { appendByTransaction } from "./append-rivals/kysely-transaction.ts";
import { type BenchResult, type BenchRow, benchResult, median, percentile } from "./bench-result.ts";

const windows = 9;
const windowMs = 1500;
const warmUpMs = 500;
const latencyWindowMs = 3000;
/** More make the rival slower on two cores. */
const rivalConnections = 16;
const steadyPerSecond = 500;
const maxSenders = 512;
const text = "Is the two-person tent in green still there? 绿色的双人帐篷还有吗？";

export async function run(): Promise<BenchResult> {
  const database = await freshDatabase(await mariadbUrl());
  const storage = await openStorage(database.url, { migrate: "always", masterKey: randomBytes(32) });
  const rival = openRival(database.url);
  try {
    return benchResult("append", await measure(storage, rival));
  } finally {
    await rival.destroy();
    await storage.close();
    await database.drop();
  }
}

async function measure(storage: Storage, rival: Kysely<Schema>): Promise<BenchRow[]> {
  const senders = await createSenders(storage, rival);
  const rows: BenchRow[] = [];
  for (const count of [64, maxSenders]) {
    const taking = senders.slice(0, count);
    const figures = await alternate(
      [
        () => rate(taking, (sender) => storage.append(sender.next())),
        () => rate(taking, (sender) => appendByTransaction(rival, sender.nextForRival())),
        () => rate(taking, () => insertOne(rival)),
      ],
      windows,
    );
    const [own = [], transactions = [], single = []] = figures;
    rows.push(
      row(`one transaction per message, ${count} senders`, median(transactions), "messages/s"),
      row(`single-row inserts without the promise, ${count} senders`, median(single), "messages/s"),
      {
        ...row(`storage.append, ${count} senders`, median(own), "messages/s"),
        ratio: median(ratios(own, transactions)),
        must: ">= 4",
      },
    );
  }
  return [...rows, ...(await measureLatency(storage, rival, senders))];
}

async function measureLatency(
  storage: Storage,
  rival: Kysely<Schema>,
  senders: readonly Sender[],
): Promise<BenchRow[]> {
  let turn = 0;
  const next = () => senders[turn++ % senders.length] as Sender;
  const [own = [], bare = []] = await alternate(
    [() => latencies(() => storage.append(next().next())), () => latencies(() => insertOne(rival))],
    windows,
  );
  const p50 = (all: readonly number[][]) => all.map((one) => percentile(one, 50));
  return [
    row(`bare one-row commit at ${steadyPerSecond}/s, p50`, median(p50(bare)), "ms"),
    {
      ...row(`storage.append at ${steadyPerSecond}/s, p50`, median(p50(own)), "ms"),
      ratio: median(ratios(p50(own), p50(bare))),
      must: "<= 2.5",
    },
    row(`storage.append at ${steadyPerSecond}/s, p99`, median(own.map((one) => percentile(one, 99))), "ms"),
  ];
}

function row(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit, ratio: null, must: null };
}

function ratios(own: readonly number[], baseline: readonly number[]): number[] {
  return own.map((value, index) => value / (baseline[index] ?? Number.NaN));
}

// ---------------------------------------------------------------- windows

/** The measurements in turn, each once per round: a column for each. */
async function alternate<T>(measurements: readonly (() => Promise<T>)[], rounds: number): Promise<T[][]> {
  const columns: T[][] = measurements.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, measurement] of measurements.entries()) columns[index]?.push(await measurement());
  return columns;
}

/** Messages per second while every sender sends its next message as soon as the last one is durable. */
async function rate(senders: readonly Sender[], send: (sender: Sender) => Promise<unknown>): Promise<number> {
  const beginsAt = performance.now() + warmUpMs;
  const endsAt = beginsAt + windowMs;
  let count = 0;
  await Promise.all(
    senders.map(async (sender) => {
      for (;;) {
        await send(sender);
        const now = performance.now();
        if (now >= endsAt) return;
        if (now >= beginsAt) count += 1;
      }
    }),
  );
  return (count * 1000) / windowMs;
}

/** Milliseconds of each send, offered evenly whatever the answers take. */
async function latencies(send: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  const pending: Promise<unknown>[] = [];
  const startsAt = performance.now();
  const total = (steadyPerSecond * latencyWindowMs) / 1000;
  for (let n = 0; n < total; n += 1) {
    const waitMs = startsAt + (n * 1000) / steadyPerSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const sentAt = performance.now();
    pending.push(send().then(() => taken.push(performance.now() - sentAt)));
  }
  await Promise.all(pending);
  return taken;
}

// ---------------------------------------------------------------- senders

interface Sender {
  next(): AppendRequest;
  nextForRival(): Parameters<typeof appendByTransaction>[1];
}

/** A visitor and an agent in each conversation; visitors write to `current`, agents to the log. */
async function createSenders(storage: Storage, rival: Kysely<Schema>): Promise<Sender[]> {
  const { tenant } = await storage.createTenant("bench");
  const senders: Sender[] = [];
  for (let n = 0; n < maxSenders / 2; n += 1) {
    const visitor = id();
    const current: AppendRequest["target"] = {
      type: "current",
      site: 1,
      visitor,
      reopenMs: 0,
      newConversation: id(),
      profile: {},
    };
    const fromVisitor = createSender(tenant, "visitor", visitor, "current", current);
    const answer = await storage.append(fromVisitor.next());
    if (answer.outcome !== "stored") throw new Error(`bench: ${JSON.stringify(answer)}`);
    const { conversation } = answer;
    const { number } = await rival
      .selectFrom("conversations")
      .select("number")
      .where("tenant", "=", tenant)
      .where("public_id", "=", conversation)
      .executeTakeFirstOrThrow();
    const log: AppendRequest["target"] = { type: "log", conversation, log: "public" };
    const fromAgent = createSender(tenant, "agent", id(), `${conversation}/public`, log);
    for (const sender of [fromVisitor, fromAgent]) {
      sender.belongsTo(number);
      senders.push(sender);
    }
  }
  return senders;
}

function createSender(
  tenant: number,
  side: "visitor" | "agent",
  sender: string,
  address: string,
  target: AppendRequest["target"],
): Sender & { belongsTo(number: number): void } {
  const producer = id();
  const rivalProducer = id();
  const hash = randomBytes(16);
  let ordinal = 0;
  let rivalOrdinal = 0;
  let conversation = 0;
  return {
    belongsTo: (number) => {
      conversation = number;
    },
    next: () => ({
      tenant,
      producer,
      address,
      ordinal: ++ordinal,
      messageId: id(),
      sender: { side, id: sender },
      at: Date.now(),
      target,
      events: [{ log: "public", body: { kind: "text", text } }],
    }),
    nextForRival: () => ({
      tenant,
      conversation,
      producer: rivalProducer,
      address,
      ordinal: ++rivalOrdinal,
      messageId: id(),
      sender,
      side,
      at: Date.now(),
      text,
      hash,
    }),
  };
}

function id(): string {
  return randomBytes(16).toString("base64url");
}

// ---------------------------------------------------------------- rivals

function openRival(url: string): Kysely<Schema> {
  const pool = createPool({ uri: url, connectionLimit: rivalConnections, charset: "utf8mb4", timezone: "Z" });
  pool.on("connection", (connection) => {
    connection.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
  });
  return new Kysely<Schema>({ dialect: new MysqlDialect({ pool }) });
}

let visits = 0;

/** One row, one commit, nothing else: a page view. */
async function insertOne(rival: Kysely<Schema>): Promise<void> {
  visits += 1;
  await rival
    .insertInto("page_views")
    .values({ tenant: 1, visit: visits, number: 1, url: text, title: text, entered_at: visits, left_at: null })
    .execute();
}
