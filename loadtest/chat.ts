/**
 * `npm run bench -- chat`: MariaDB, 20 agents with 15 conversations each (a third by WebSocket, streaming and polling), a message every
 * 2 s each way, while 1,000 other visitors change page every 10 s. From a send to the other side's screen, as a ratio to a bare commit
 * of a process of its own, measured in the same windows under the same load.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startMariadb } from "../bin/test-servers/mariadb.ts";
import type { Client } from "../protocol/client-contract.ts";
import type { ServerFrame } from "../protocol/frames.ts";
import type { Row } from "../protocol/rows.ts";
import { type BenchResult, benchResult, benchRow, median, percentile } from "./bench-result.ts";
import { type BareCommits, openBareCommits } from "./harness/bare-commits.ts";
import { freshDatabaseOn } from "./harness/fresh-database-on.ts";
import { type GatewayProcess, startGatewayProcess } from "./harness/gateway-process.ts";
import type { BenchCarrier } from "./harness/node-carriers.ts";
import { openNodeClient } from "./harness/node-client.ts";
import { newId, shopPage, signInAgent } from "./harness/people.ts";
import { openRawVisitor, type RawVisitor } from "./harness/raw-visitor.ts";

const agents = 20;
const conversationsEach = 15;
const chatting = agents * conversationsEach;
const walking = 1000;
const messageMs = 2000;
const pageMs = 10_000;
const windows = 8;
const windowMs = 5000;
const carriers: readonly BenchCarrier[] = ["websocket", "xhr-streaming", "xhr-polling"];

/** What was written and when, and how often it came onto the other side's screen. */
class Ledger {
  private readonly written = new Map<string, number>();
  private readonly shown = new Map<string, number>();
  delays: number[] = [];
  doubled = 0;

  write(text: string): string {
    this.written.set(text, performance.now());
    return text;
  }

  show(text: string): void {
    const at = this.written.get(text);
    if (at === undefined) return;
    const times = (this.shown.get(text) ?? 0) + 1;
    this.shown.set(text, times);
    if (times === 1) this.delays.push(performance.now() - at);
    else this.doubled++;
  }

  missing(): number {
    return this.written.size - this.shown.size;
  }

  get count(): number {
    return this.written.size;
  }
}

export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-chat-"));
  const server = await startMariadb(folder);
  const databaseUrl = await freshDatabaseOn(server.url);
  const gateway = await startGatewayProcess({ BECKON_DATABASE: databaseUrl, BECKON_MAX_SESSIONS_PER_ADDRESS: "20000" });
  const bareCommits = await openBareCommits(databaseUrl);
  try {
    return await measure(gateway, bareCommits);
  } finally {
    await bareCommits.stop();
    await gateway.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(gateway: GatewayProcess, bareCommits: BareCommits): Promise<BenchResult> {
  const ledger = new Ledger();
  const visitors = openVisitors(gateway, ledger);
  const agentClients = await openAgents(gateway, ledger);
  const walkers = await openWalkers(gateway);
  await until(
    () => agentClients.every(({ logs }) => logs.length === conversationsEach),
    "every agent has their conversations",
  );
  const stop = talk(visitors, agentClients, walkers, ledger);
  await sleep(windowMs);
  const cpuBefore = gateway.cpuMs();
  const ratios50: number[] = [];
  const ratios99: number[] = [];
  const all: number[] = [];
  const commits: number[] = [];
  for (let window = 0; window < windows; window++) {
    ledger.delays = [];
    const bare = await bareCommits.during(windowMs);
    ratios50.push(median(ledger.delays) / median(bare));
    ratios99.push(percentile(ledger.delays, 99) / percentile(bare, 99));
    all.push(...ledger.delays);
    commits.push(...bare);
  }
  const cpu = (gateway.cpuMs() - cpuBefore) / (windows * windowMs);
  stop();
  await until(() => ledger.missing() === 0, "every message is shown");
  for (const client of [...visitors, ...agentClients.map(({ client }) => client)]) client.stop();
  for (const walker of walkers) walker.close();
  return benchResult("chat", [
    benchRow("a bare commit, p50", median(commits), "ms"),
    benchRow("a bare commit, p99", percentile(commits, 99), "ms"),
    benchRow("from a send to the other side, p50", median(all), "ms", median(ratios50), "<= 4"),
    benchRow("from a send to the other side, p99", percentile(all, 99), "ms", median(ratios99)),
    benchRow("messages", ledger.count, "messages"),
    benchRow("shown twice", ledger.doubled, "messages", null, "<= 0"),
    benchRow("not shown", ledger.missing(), "messages", null, "<= 0"),
    benchRow("processor of the gateway", cpu, "cores"),
    benchRow("resident memory of the gateway", gateway.residentBytes() / 1_048_576, "MB"),
  ]);
}

function openVisitors(gateway: GatewayProcess, ledger: Ledger): Client[] {
  return Array.from({ length: chatting }, (_, number) => {
    const secret = newId();
    const client = openNodeClient({
      url: gateway.url,
      number,
      carrier: carriers[number % carriers.length] ?? "websocket",
      visitor: true,
      credential: async () => ({ role: "visitor", site: gateway.site, secret }),
      shown: (event) => {
        if (event.sender.side === "agent" && event.body.kind === "text") ledger.show(event.body.text);
      },
      frame: () => undefined,
    });
    client.publish("current", { kind: "text", text: `hello from ${number}` });
    return client;
  });
}

interface BenchAgent {
  readonly client: Client;
  readonly logs: string[];
}

/** Each takes the conversations whose first message names their visitors. */
async function openAgents(gateway: GatewayProcess, ledger: Ledger): Promise<BenchAgent[]> {
  const [login] = gateway.logins;
  if (login === undefined) throw new Error("the gateway has no agent");
  const buyToken = await signInAgent(gateway.url, login);
  return Array.from({ length: agents }, (_, index) => {
    const logs: string[] = [];
    const look = (rows: readonly Row[]): void => {
      for (const row of rows) {
        if (row.type !== "conversation" || logs.includes(`${row.key}/public`)) continue;
        const number = Number(/^hello from (\d+)$/.exec(row.preview)?.[1]);
        if (Math.floor(number / conversationsEach) !== index) continue;
        logs.push(`${row.key}/public`);
        client.open(`${row.key}/public`);
      }
    };
    const client: Client = openNodeClient({
      url: gateway.url,
      number: 100_000 + index,
      carrier: "websocket",
      visitor: false,
      credential: async () => ({ role: "agent", token: await buyToken() }),
      shown: (event) => {
        if (event.sender.side === "visitor" && event.body.kind === "text") ledger.show(event.body.text);
      },
      frame(frame: ServerFrame) {
        if (frame.kind === "snapshot") look(frame.rows);
        if (frame.kind === "difference") look(frame.upserts);
      },
    });
    const watch = setInterval(() => {
      if (client.status().phase !== "online") return;
      client.send({ kind: "watch", view: "inbox" });
      clearInterval(watch);
    }, 50);
    return { client, logs };
  });
}

async function openWalkers(gateway: GatewayProcess): Promise<RawVisitor[]> {
  const open: RawVisitor[] = [];
  while (open.length < walking) {
    const group = Array.from({ length: 50 }, (_, offset) =>
      openRawVisitor(gateway.url, gateway.site, 200_000 + open.length + offset, "websocket"),
    );
    await Promise.all(group.map((visitor) => visitor.welcomed));
    open.push(...group);
  }
  return open;
}

/** Everybody at their own pace, spread evenly. */
function talk(
  visitors: readonly Client[],
  agentClients: readonly BenchAgent[],
  walkers: readonly RawVisitor[],
  ledger: Ledger,
): () => void {
  const timers: NodeJS.Timeout[] = [];
  const repeat = (everyMs: number, part: number, act: (turn: number) => void): void => {
    let turn = 0;
    timers.push(setTimeout(() => timers.push(setInterval(() => act(++turn), everyMs)), part * everyMs));
  };
  for (const [number, client] of visitors.entries())
    repeat(messageMs, number / visitors.length, (turn) => {
      client.publish("current", { kind: "text", text: ledger.write(`visitor ${number} writes ${turn}`) });
    });
  for (const [index, { client, logs }] of agentClients.entries())
    for (const [place, log] of logs.entries())
      repeat(messageMs, (index * conversationsEach + place) / chatting, (turn) => {
        client.publish(log, { kind: "text", text: ledger.write(`agent ${index} writes ${turn} in ${place}`) });
      });
  for (const [number, walker] of walkers.entries())
    repeat(pageMs, number / walkers.length, (turn) => walker.say({ kind: "page", page: shopPage(number, turn + 1) }));
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

async function until(reached: () => boolean, what: string): Promise<void> {
  for (let round = 0; round < 1200; round++) {
    if (reached()) return;
    await sleep(50);
  }
  throw new Error(`it never happened that ${what}`);
}
