/**
 * `npm run bench -- storm`: 10,000 pages of 2,500 visitors with a conversation each, and agents who have them open; the gateway is killed
 * (kill -9), every visitor writes meanwhile, another process starts on the same database, and all wake up at that moment. Until
 * each page shows each message, as a ratio to the bare time of opening that many WebSockets; and how often a log was read for all who follow it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../bin/test-servers/server-process.ts";
import type { Client } from "../protocol/client-contract.ts";
import { maxSubscriptions } from "../protocol/limits.ts";
import { type BenchResult, benchResult, benchRow } from "./bench-result.ts";
import { crowdSettings, type GatewayProcess, startGatewayProcess } from "./harness/gateway-process.ts";
import { carrierOf } from "./harness/node-carriers.ts";
import { openNodeClient } from "./harness/node-client.ts";
import { newId, signInAgent, surroundingsOf } from "./harness/people.ts";

const visitors = Number(process.env.VISITORS ?? 2500);
const tabsEach = 4;
const agents = Math.ceil(visitors / maxSubscriptions);
const atOnce = 25;
const lookMs = 50;
/** Longer than a link needs to count as proven, so that the first dial comes soon. */
const calmMs = 11_000;
const firstAgent = 1_000_000;
const settings = {
  ...crowdSettings,
  BECKON_VISIT_GRACE_MS: "2000",
};

/** A page, and how many texts came onto its screen. */
interface Screen {
  readonly client: Client;
  shown: number;
  /** Logs that it follows. */
  readonly follows: number;
}

export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-storm-"));
  const place = { ...settings, BECKON_DATA: folder, PORT: String(await freePort()) };
  const bareMs = await openBare();
  let gateway = await startGatewayProcess(place);
  const screens: Screen[] = [];
  try {
    const tabs = await openVisitors(gateway, screens);
    await openAgents(gateway, tabs, screens);
    await untilShown(screens, 1);
    await sleep(calmMs);
    await gateway.kill();
    for (const [first] of tabs)
      first?.client.publish("current", { kind: "text", text: "written while nobody answered" });
    gateway = await startGatewayProcess(place);
    const listeningAt = performance.now();
    // Nobody waits for the end of their back-off: as hard as it can be.
    for (const { client } of screens) client.wake();
    await untilShown(screens, 2);
    const convergedMs = performance.now() - listeningAt;
    return benchResult("storm", await rowsOf(gateway, screens, bareMs, convergedMs));
  } finally {
    for (const { client } of screens) client.stop();
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf(gateway: GatewayProcess, screens: readonly Screen[], bareMs: number, convergedMs: number) {
  const follows = screens.reduce((sum, screen) => sum + screen.follows, 0);
  const logReads = await gateway.metric("beckon_log_reads_total");
  const statements = await gateway.metric("beckon_statements");
  return [
    benchRow("clients", screens.length, "clients"),
    benchRow("opening as many WebSockets that say nothing", bareMs, "ms"),
    benchRow(
      "from the gateway's start to the last message on the last screen",
      convergedMs,
      "ms",
      convergedMs / bareMs,
    ),
    benchRow("followers of each log", follows / visitors, "pages"),
    // 1: nothing is read together.
    benchRow(
      "reads of each log, to one for each follower",
      (logReads || 0) / visitors,
      "reads",
      (logReads || 0) / follows,
      "<= 0.5",
    ),
    benchRow("statements for each client", statements / screens.length, "statements"),
    benchRow(
      "shown twice",
      screens.filter(({ shown, follows: logs }) => shown > 2 * logs).length,
      "clients",
      null,
      "<= 0",
    ),
    benchRow(
      "not sent",
      screens.reduce((sum, { client }) => sum + client.status().unsent, 0),
      "messages",
      null,
      "<= 0",
    ),
    benchRow("resident memory of the gateway", gateway.residentBytes() / 1_048_576, "MB"),
  ];
}

/** How long a fresh gateway takes to accept as many connections that say nothing, ms. */
async function openBare(): Promise<number> {
  const gateway = await startGatewayProcess(settings);
  try {
    const startedAt = performance.now();
    const links = Array.from({ length: visitors * tabsEach + agents }, (_, number) => openLink(gateway.url, number));
    const carriers = await Promise.all(links);
    const tookMs = performance.now() - startedAt;
    for (const carrier of carriers) carrier.close();
    return tookMs;
  } finally {
    await gateway.stop();
  }
}

/** Tries again until it is open, as clients do. */
function openLink(url: string, number: number): Promise<{ close(): void }> {
  return new Promise((resolve) => {
    const dial = (): void => {
      let open = false;
      const carrier = carrierOf("websocket", surroundingsOf(url, number)).dial({
        opened() {
          open = true;
          resolve(carrier);
        },
        message: () => undefined,
        closed() {
          if (!open) dial();
        },
      });
    };
    dial();
  });
}

/** By visitor; the first tab begins the conversation when all have come. */
async function openVisitors(gateway: GatewayProcess, screens: Screen[]): Promise<Screen[][]> {
  const all: Screen[][] = [];
  while (all.length < visitors) {
    const group = Array.from({ length: Math.min(atOnce, visitors - all.length) }, (_, offset) =>
      openTabs(gateway, all.length + offset),
    );
    await until(() => group.flat().every(({ client }) => client.status().phase === "online"));
    for (const [first] of group) first?.client.publish("current", { kind: "text", text: "Do you ship to Norway?" });
    await until(() => group.flat().every(({ shown }) => shown === 1));
    all.push(...group);
    screens.push(...group.flat());
  }
  return all;
}

function openTabs({ url, site }: GatewayProcess, visitor: number): Screen[] {
  const secret = newId();
  const tabs = Array.from({ length: tabsEach }, (_, tab) =>
    openScreen(1, (shown) =>
      openNodeClient({
        url,
        number: visitor * tabsEach + tab,
        carrier: "websocket",
        visitor: true,
        credential: async () => ({ role: "visitor", site, secret }),
        shown,
        frame: () => undefined,
      }),
    ),
  );
  for (const { client } of tabs) client.open("current");
  return tabs;
}

async function openAgents(gateway: GatewayProcess, tabs: readonly Screen[][], screens: Screen[]): Promise<void> {
  const [login] = gateway.logins;
  if (login === undefined) throw new Error("the gateway has no agent");
  const buyToken = await signInAgent(gateway.url, login);
  const logs = tabs.map(([first]) => first?.client.log("current")?.log ?? "");
  for (let agent = 0; agent < agents; agent += 1) {
    const own = logs.slice(agent * maxSubscriptions, (agent + 1) * maxSubscriptions);
    const screen = openScreen(own.length, (shown) =>
      openNodeClient({
        url: gateway.url,
        number: firstAgent + agent,
        carrier: "websocket",
        visitor: false,
        credential: async () => ({ role: "agent", token: await buyToken() }),
        shown,
        frame: () => undefined,
      }),
    );
    for (const log of own) screen.client.open(log);
    screens.push(screen);
  }
}

function openScreen(follows: number, open: (shown: () => void) => Client): Screen {
  const screen: { client: Client; shown: number; readonly follows: number } = {
    client: undefined as unknown as Client,
    shown: 0,
    follows,
  };
  screen.client = open(() => {
    screen.shown += 1;
  });
  return screen;
}

/** Everybody shows so many texts of each log, and has nothing left to send. */
function untilShown(screens: readonly Screen[], times: number): Promise<void> {
  return until(() =>
    screens.every(({ client, shown, follows }) => shown >= times * follows && client.status().unsent === 0),
  );
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await sleep(lookMs);
}
