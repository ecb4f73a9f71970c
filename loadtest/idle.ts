/**
 * `npm run bench -- idle`: 10,000 connected visitors, each with a ten-page trail and five attributes: how much the gateway's resident
 * memory grows for each, by WebSocket and by polling. Memory is an absolute figure: it does not depend on how fast the machine is.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchResult, type BenchRow, benchResult } from "./bench-result.ts";
import { crowdSettings, startGatewayProcess } from "./harness/gateway-process.ts";
import type { BenchCarrier } from "./harness/node-carriers.ts";
import { shopPage } from "./harness/people.ts";
import { openRawVisitor, type RawVisitor } from "./harness/raw-visitor.ts";

const visitors = Number(process.env.VISITORS ?? 10_000);
const pagesEach = 10;
const atOnce = 100;
const groupPauseMs = 250;
const warmUpVisitors = 300;

export async function run(): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  for (const [carrier, bound] of [
    ["websocket", 6],
    ["xhr-polling", 8],
  ] as const)
    rows.push(...(await measure(carrier, bound)));
  return benchResult("idle", rows);
}

async function measure(carrier: BenchCarrier, boundKb: number): Promise<BenchRow[]> {
  const gateway = await startGatewayProcess(crowdSettings);
  try {
    const warm = await openAll(gateway.url, gateway.site, carrier, 1_000_000, warmUpVisitors, () => undefined);
    for (const visitor of warm) visitor.close();
    const before = await settledBytes(() => gateway.residentBytes());
    let died = 0;
    const reasons = new Map<string, number>();
    const open = await openAll(gateway.url, gateway.site, carrier, 0, visitors, (code, reason) => {
      died++;
      reasons.set(`${code} ${reason}`, (reasons.get(`${code} ${reason}`) ?? 0) + 1);
    });
    const after = await settledBytes(() => gateway.residentBytes());
    const visits = await gateway.metric("beckon_visits");
    for (const visitor of open) visitor.close();
    for (const [reason, count] of reasons) process.stderr.write(`${carrier}: ${count} ended with ${reason}\n`);
    return [
      {
        name: `${carrier}: memory for each visitor`,
        value: round((after - before) / open.length / 1024),
        unit: "kB",
        ratio: null,
        must: `<= ${boundKb}`,
      },
      { name: `${carrier}: visits in memory`, value: visits, unit: "visits", ratio: null, must: `>= ${visitors}` },
      { name: `${carrier}: connections that died`, value: died, unit: "connections", ratio: null, must: "<= 0" },
    ];
  } finally {
    await gateway.stop();
  }
}

/** `died`: a connection ended by itself. */
async function openAll(
  url: string,
  site: string,
  carrier: BenchCarrier,
  from: number,
  count: number,
  died: RawVisitor["onClosed"],
): Promise<RawVisitor[]> {
  const open: RawVisitor[] = [];
  for (let index = 0; index < count; index += atOnce) {
    const group = Array.from({ length: Math.min(atOnce, count - index) }, (_, offset) => {
      const visitor = openRawVisitor(url, site, from + index + offset, carrier);
      visitor.onClosed = died;
      return visitor;
    });
    await Promise.allSettled(group.map((visitor) => visitor.welcomed));
    for (const [offset, visitor] of group.entries())
      for (let page = 2; page <= pagesEach; page++)
        visitor.say({ kind: "page", page: shopPage(from + index + offset, page) });
    open.push(...group);
    // Connections that sends have used are kept for some seconds: all at once they would be more than a process may have open here.
    if (carrier === "xhr-polling") await sleep(groupPauseMs);
  }
  return open;
}

/** Waits until memory has stopped moving: less than 1 % in 10 s. */
async function settledBytes(read: () => number): Promise<number> {
  let last = read();
  for (let round = 0; round < 12; round++) {
    await sleep(10_000);
    const now = read();
    if (Math.abs(now - last) < last * 0.01) return now;
    last = now;
  }
  return last;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
