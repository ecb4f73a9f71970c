/**
 * `npm run bench -- delivery`: what the promise costs. From a publish to its ack at 1,000 messages/s, of a gateway on MariaDB (durable)
 * and of the same gateway that stores nothing (echo), in windows that alternate; as ratios to a bare commit of the same windows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startMariadb } from "../bin/test-servers/mariadb.ts";
import { type BenchResult, type BenchRow, benchResult, median, percentile } from "./bench-result.ts";
import { openBareCommits } from "./harness/bare-commits.ts";
import { freshDatabaseOn } from "./harness/fresh-database-on.ts";
import { type GatewayProcess, startGatewayProcess } from "./harness/gateway-process.ts";
import { newId } from "./harness/people.ts";
import { openRawVisitor, type RawVisitor } from "./harness/raw-visitor.ts";

const messagesPerSecond = 1000;
/** Each well below what one visitor may publish. */
const visitors = 800;
const atOnce = 50;
const windows = 9;
const windowMs = 4000;
const settleMs = 500;
const settleRounds = 120;

/** Visitors of one gateway, and how long their acks take. */
interface Crowd {
  /** ms, of what was published in a window and acked. */
  window(): Promise<number[]>;
  /** Published and never acked. */
  unacked(): number;
  close(): void;
}

export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-delivery-"));
  const server = await startMariadb(folder);
  const databaseUrl = await freshDatabaseOn(server.url);
  const settings = { BECKON_MAX_SESSIONS_PER_ADDRESS: "20000" };
  const durable = await startGatewayProcess({ ...settings, BECKON_DATABASE: databaseUrl });
  const echo = await startGatewayProcess(settings, [
    "run",
    join(import.meta.dirname, "harness", "echo-gateway-program.ts"),
  ]);
  const bareCommits = await openBareCommits(databaseUrl);
  try {
    const crowds = [await openCrowd(durable), await openCrowd(echo)] as const;
    const rounds = await alternate(crowds, () => bareCommits.during(windowMs));
    for (const crowd of crowds) crowd.close();
    return benchResult("delivery", rowsOf(rounds, crowds));
  } finally {
    await bareCommits.stop();
    await durable.stop();
    await echo.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Round {
  readonly durable: number[];
  readonly echo: number[];
  readonly bare: number[];
}

async function alternate([durable, echo]: readonly [Crowd, Crowd], bare: () => Promise<number[]>): Promise<Round[]> {
  const rounds: Round[] = [];
  // The first one warms up, and makes the conversations.
  for (let round = 0; round <= windows; round += 1) {
    const [own, commits] = await Promise.all([durable.window(), bare()]);
    const figures = { durable: own, bare: commits, echo: await echo.window() };
    if (round > 0) rounds.push(figures);
  }
  return rounds;
}

function rowsOf(rounds: readonly Round[], crowds: readonly Crowd[]): BenchRow[] {
  const of = (kind: keyof Round, percent: number) => rounds.map((round) => percentile(round[kind], percent));
  const row = (name: string, kind: keyof Round, percent: number): BenchRow => {
    const bare = of("bare", percent);
    return {
      name: `${name}, p${percent}`,
      value: median(of(kind, percent)),
      unit: "ms",
      ratio:
        kind === "bare" ? null : median(of(kind, percent).map((value, index) => value / (bare[index] ?? Number.NaN))),
      must: null,
    };
  };
  const counted = (name: string, value: number, must: string | null): BenchRow => ({
    name,
    value,
    unit: "messages",
    ratio: null,
    must,
  });
  const acks = rounds.reduce((sum, { durable, echo }) => sum + durable.length + echo.length, 0);
  return [
    row("a bare commit", "bare", 50),
    row("a bare commit", "bare", 99),
    row("publish to ack without storage", "echo", 50),
    row("publish to ack without storage", "echo", 99),
    row("publish to durable ack", "durable", 50),
    row("publish to durable ack", "durable", 99),
    counted("acks", acks, null),
    counted(
      "published and not acked",
      crowds.reduce((sum, crowd) => sum + crowd.unacked(), 0),
      "<= 0",
    ),
  ];
}

async function openCrowd(gateway: GatewayProcess): Promise<Crowd> {
  const pending = new Map<string, { at: number; taken: number[] }>();
  const people = await openVisitors(gateway, (id) => {
    const sent = pending.get(id);
    if (!sent) return;
    sent.taken.push(performance.now() - sent.at);
    pending.delete(id);
  });
  let turn = 0;
  const publish = (taken: number[]): void => {
    const visitor = people[turn++ % people.length] as Publisher;
    const id = newId();
    pending.set(id, { at: performance.now(), taken });
    visitor.publish(id, `message ${turn} of the crowd, as long as people write`);
  };
  return {
    async window() {
      const taken: number[] = [];
      const startsAt = performance.now();
      const total = (messagesPerSecond * windowMs) / 1000;
      for (let n = 0; n < total; n += 1) {
        const waitMs = startsAt + (n * 1000) / messagesPerSecond - performance.now();
        if (waitMs > 0) await sleep(waitMs);
        publish(taken);
      }
      for (let round = 0; pending.size > 0 && round < settleRounds; round += 1) await sleep(settleMs);
      return taken;
    },
    unacked: () => pending.size,
    close() {
      for (const { visitor } of people) visitor.close();
    },
  };
}

interface Publisher {
  readonly visitor: RawVisitor;
  publish(id: string, text: string): void;
}

async function openVisitors(gateway: GatewayProcess, acked: (id: string) => void): Promise<Publisher[]> {
  const open: Publisher[] = [];
  while (open.length < visitors) {
    const group = Array.from({ length: atOnce }, (_, offset) => publisher(gateway, open.length + offset, acked));
    await Promise.all(group.map(({ visitor }) => visitor.welcomed));
    open.push(...group);
  }
  return open;
}

function publisher(gateway: GatewayProcess, number: number, acked: (id: string) => void): Publisher {
  const producer = newId();
  const visitor = openRawVisitor(gateway.url, gateway.site, number, "websocket", producer);
  let ordinal = 0;
  visitor.onFrame = (frame) => {
    if (frame.kind === "ack") acked(frame.id);
    if (frame.kind === "refuse") throw new Error(`a message was refused: ${frame.code}`);
  };
  return {
    visitor,
    publish(id, text) {
      ordinal += 1;
      visitor.say({ kind: "publish", producer, address: "current", ordinal, id, body: { kind: "text", text } });
    },
  };
}
