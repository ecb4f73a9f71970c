/**
 * `npm run bench -- presence`: 2,000 visitors of one gateway change page every 10 s while 20 agents watch. How long until the agents'
 * row tells, and that no database stands on that path: MariaDB is frozen (SIGSTOP) during the measured window, and the rows come all the same.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startMariadb } from "../bin/test-servers/mariadb.ts";
import { decodeServerMessage, encodeClientFrame } from "../protocol/codec.ts";
import type { Page, ServerFrame } from "../protocol/frames.ts";
import type { Carrier } from "../protocol/ports.ts";
import type { Row } from "../protocol/rows.ts";
import { type BenchResult, benchResult, percentile } from "./bench-result.ts";
import { freshDatabaseOn } from "./harness/fresh-database-on.ts";
import { type GatewayProcess, startGatewayProcess } from "./harness/gateway-process.ts";
import { carrierOf } from "./harness/node-carriers.ts";
import { agentHello, shopPage, signInAgent, surroundingsOf } from "./harness/people.ts";
import { openRawVisitor, type RawVisitor } from "./harness/raw-visitor.ts";

const visitors = 2000;
const agents = 20;
const pageMs = 10_000;
const windowMs = 30_000;
const atOnce = 50;
const settleMs = 5000;

export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-presence-"));
  const server = await startMariadb(folder);
  const settings = { BECKON_DATABASE: await freshDatabaseOn(server.url), BECKON_MAX_SESSIONS_PER_ADDRESS: "20000" };
  const gateway = await startGatewayProcess(settings);
  try {
    return await measure(gateway, server.process.pid ?? 0);
  } finally {
    await gateway.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(gateway: GatewayProcess, databasePid: number): Promise<BenchResult> {
  const changedAt = new Map<string, number>();
  const delays: number[] = [];
  const watching = await openAgents(gateway, (url) => {
    const at = changedAt.get(url);
    if (at !== undefined) delays.push(performance.now() - at);
  });
  const open = await openVisitors(gateway);
  await sleep(settleMs);
  let changes = 0;
  const timers = open.map((visitor, number) => walk(visitor, number, changedAt, () => changes++));
  await sleep(settleMs);
  delays.length = 0;
  changes = 0;
  const cpuBefore = gateway.cpuMs();
  process.kill(databasePid, "SIGSTOP");
  await sleep(windowMs);
  const cpu = (gateway.cpuMs() - cpuBefore) / windowMs;
  const told = delays.length;
  const delay95 = percentile(delays, 95);
  process.kill(databasePid, "SIGCONT");
  for (const timer of timers) timer.stop();
  for (const visitor of open) visitor.close();
  for (const agent of watching) agent.close();
  return benchResult("presence", [
    { name: "page change to an agent's row, p50", value: percentile(delays, 50), unit: "ms", ratio: null, must: null },
    { name: "page change to an agent's row, p95", value: delay95, unit: "ms", ratio: null, must: "<= 1000" },
    {
      name: "rows told while the database was frozen, of those due",
      value: told / (changes * agents),
      unit: "",
      ratio: null,
      must: ">= 0.95",
    },
    { name: "page changes", value: changes / (windowMs / 1000), unit: "per second", ratio: null, must: null },
    { name: "processor of the gateway", value: cpu, unit: "cores", ratio: null, must: null },
    {
      name: "resident memory of the gateway",
      value: gateway.residentBytes() / 1_048_576,
      unit: "MB",
      ratio: null,
      must: null,
    },
  ]);
}

/** Each address is one visitor's, so that its row tells whose change it shows. */
function ownPage(visitor: number, number: number): Page {
  return { ...shopPage(visitor, number), url: `https://shop.example/tents/tarn-${number}/?visitor=${visitor}` };
}

function walk(
  visitor: RawVisitor,
  number: number,
  changedAt: Map<string, number>,
  changed: () => void,
): { stop(): void } {
  let page = 1;
  const step = (): void => {
    const next = ownPage(number, ++page);
    changedAt.delete(ownPage(number, page - 2).url);
    changedAt.set(next.url, performance.now());
    visitor.say({ kind: "page", page: next });
    changed();
  };
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(
    () => {
      step();
      repeat = setInterval(step, pageMs);
    },
    (number / visitors) * pageMs,
  );
  return {
    stop() {
      clearTimeout(first);
      clearInterval(repeat);
    },
  };
}

async function openVisitors(gateway: GatewayProcess): Promise<RawVisitor[]> {
  const open: RawVisitor[] = [];
  while (open.length < visitors) {
    const group = Array.from({ length: atOnce }, (_, offset) =>
      openRawVisitor(gateway.url, gateway.site, open.length + offset, "websocket"),
    );
    await Promise.all(group.map((visitor) => visitor.welcomed));
    open.push(...group);
  }
  return open;
}

/** `shows`: an agent's row names this page for the first time. */
async function openAgents(gateway: GatewayProcess, shows: (url: string) => void): Promise<Carrier[]> {
  const [login] = gateway.logins;
  if (login === undefined) throw new Error("the gateway has no agent");
  const buyToken = await signInAgent(gateway.url, login);
  const carriers: Carrier[] = [];
  for (let number = 0; number < agents; number++) carriers.push(watch(gateway.url, number, await buyToken(), shows));
  return carriers;
}

function watch(url: string, number: number, token: string, shows: (url: string) => void): Carrier {
  const pages = new Map<string, string>();
  let beats = 0;
  const look = (rows: readonly Row[]): void => {
    for (const row of rows) {
      if (row.type !== "visitor" || pages.get(row.key) === row.page.url) continue;
      pages.set(row.key, row.page.url);
      shows(row.page.url);
    }
  };
  const hears = (frame: ServerFrame): void => {
    if (frame.kind === "ok") carrier.send(encodeClientFrame({ kind: "watch", view: "visitors" }, JSON));
    else if (frame.kind === "snapshot") look(frame.rows);
    else if (frame.kind === "difference") look(frame.upserts);
    else if (frame.kind === "heartbeat" && frame.nonce === 0)
      carrier.send(encodeClientFrame({ kind: "heartbeat", nonce: ++beats, visible: true }, JSON));
  };
  const carrier = carrierOf("websocket", surroundingsOf(url, number)).dial({
    opened: () => carrier.send(encodeClientFrame(agentHello(token), JSON)),
    message: (text) => {
      for (const frame of decodeServerMessage(text, JSON)) hears(frame);
    },
    closed: (code, reason) => {
      throw new Error(`an agent's socket closed: ${code} ${reason}`);
    },
  });
  return carrier;
}
