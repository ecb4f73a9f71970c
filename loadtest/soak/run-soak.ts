/**
 * `npm run load -- soak [--minutes N] [--sessions-per-hour N]`: a week of a shop in an hour (or a part of it at the same rates) on a
 * gateway and a MariaDB of its own (whose memory is not the gateway's), with an agents' page open in Chromium. What may not grow is looked at all the time; at the end the median of the last third may be
 * at most 1.05 of that of the middle third.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { keepProcess } from "../../bin/test-servers/keep.ts";
import { startMariadb } from "../../bin/test-servers/mariadb.ts";
import { median } from "../bench-result.ts";
import { freshDatabaseOn } from "../harness/fresh-database-on.ts";
import { startWatchedGateway, type WatchedGateway } from "../harness/gateway-process.ts";
import { slope } from "../harness/slope.ts";
import { type AgentsPage, openAgentsPage, type PageFigures } from "./agents-page.ts";
import { countIdleRows } from "./idle-rows.ts";

/** One line of the table: what is looked at, and in which unit it is printed. */
interface Measure {
  readonly name: string;
  readonly unit: "MB" | "";
  look(): Promise<number> | number;
  /** It follows the visitors who are there, and is shown for the sake of the others. */
  readonly follows?: true;
}

const maxSlope = 1.05;
const looksEachMinute = 6;
const bytesPerMb = 1_048_576;
const timerReadings = 8;
const timerPauseMs = 50;
/** Those who have left are kept for half an hour, up to this many: reached soon, so that what grows after that is a leak. */
const settings = { BECKON_MAX_VISITS: "400", BECKON_MAX_SESSIONS_PER_ADDRESS: "5000" };

export async function runSoak(k6: string, script: string, words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: { minutes: { type: "string", default: "60" }, "sessions-per-hour": { type: "string", default: "20000" } },
  });
  const folder = mkdtempSync(join(tmpdir(), "beckon-soak-"));
  const complaints: string[] = [];
  const server = await startMariadb(join(folder, "mariadb"));
  const databaseUrl = await freshDatabaseOn(server.url);
  const gateway = await startWatchedGateway({ ...settings, BECKON_DATABASE: databaseUrl }, (line) =>
    complaints.push(line),
  );
  const page = existsSync("/usr/bin/chromium") ? await openPage(gateway) : null;
  try {
    const logins = join(folder, "logins.json");
    writeFileSync(logins, JSON.stringify(gateway.logins), { mode: 0o600 });
    const environment = {
      MINUTES: values.minutes,
      SESSIONS_PER_HOUR: values["sessions-per-hour"],
      BECKON_URL: gateway.url,
      LOGINS: logins,
    };
    const load = runK6(k6, script, environment);
    const measures = measuresOf(gateway, page, databaseUrl);
    const samples = await sample(measures, Number(values.minutes));
    const code = await load;
    for (const complaint of [...complaints, ...(page?.complaints ?? [])])
      process.stdout.write(`said: ${complaint.slice(0, 300)}\n`);
    const grown = report(measures, samples);
    for (const [table, rows] of await countIdleRows(databaseUrl)) process.stdout.write(`rows of ${table}: ${rows}\n`);
    const left = await sessionsLeft(gateway);
    process.stdout.write(`sessions when everybody but the agents' page has left: ${left}\n`);
    return code === 0 && grown === 0 && left <= 1 ? 0 : 1;
  } finally {
    await page?.stop();
    await gateway.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function openPage(gateway: WatchedGateway): Promise<AgentsPage> {
  const [login] = gateway.logins;
  if (login === undefined) throw new Error("the gateway has no agent");
  return openAgentsPage(gateway.url, login);
}

async function runK6(k6: string, script: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const settings = Object.entries(environment).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  const child = spawn(k6, ["run", "--quiet", "--no-usage-report", ...settings, script], { stdio: "inherit" });
  await keepProcess(child);
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/** Looks for a while: a lost link is noticed later. */
async function sessionsLeft(gateway: WatchedGateway): Promise<number> {
  let left = await gateway.metric("beckon_sessions");
  for (let look = 0; look < 60 && left > 1; look += 1) {
    await sleep(1000);
    left = await gateway.metric("beckon_sessions");
  }
  return left;
}

function measuresOf(gateway: WatchedGateway, page: AgentsPage | null, databaseUrl: string): Measure[] {
  const { inspector } = gateway;
  const ofGateway: Measure[] = [
    { name: "gateway: heap after a collection", unit: "MB", look: () => inspector.heapBytes() },
    { name: "gateway: resident memory", unit: "MB", look: () => gateway.residentBytes() },
    {
      name: "gateway: files and sockets beside its sessions",
      unit: "",
      look: async () => gateway.openFiles() - (await gateway.metric("beckon_sessions")),
    },
    { name: "gateway: timers", unit: "", look: () => fewestTimers(gateway) },
    { name: "gateway: sessions", unit: "", follows: true, look: () => gateway.metric("beckon_sessions") },
    { name: "gateway: visits in memory", unit: "", look: () => gateway.metric("beckon_visits") },
    { name: "database: rows of idle tables", unit: "", look: async () => sumOf(await countIdleRows(databaseUrl)) },
  ];
  if (page === null) return ofGateway;
  let figures: PageFigures = { heap: 0, nodes: 0, listeners: 0 };
  const lookAtPage = async (): Promise<number> => {
    figures = await page.look();
    return figures.heap;
  };
  return [
    ...ofGateway,
    { name: "agents' page: heap after a collection", unit: "MB", look: lookAtPage },
    { name: "agents' page: nodes", unit: "", look: () => figures.nodes },
    { name: "agents' page: listeners", unit: "", look: () => figures.listeners },
  ];
}

/** Of some readings: the driver of the database sets one for each statement. */
async function fewestTimers({ inspector }: WatchedGateway): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < timerReadings; reading += 1) {
    fewest = Math.min(fewest, await inspector.timers());
    await sleep(timerPauseMs);
  }
  return fewest;
}

function sumOf(rows: ReadonlyMap<string, number>): number {
  return [...rows.values()].reduce((sum, count) => sum + count, 0);
}

/** By name of the measure, while visitors come. */
async function sample(measures: readonly Measure[], minutes: number): Promise<ReadonlyMap<string, number[]>> {
  const samples = new Map<string, number[]>(measures.map(({ name }) => [name, []]));
  const startedAt = performance.now();
  const everyMs = 60_000 / looksEachMinute;
  for (let look = 1; look <= minutes * looksEachMinute; look += 1) {
    await sleep(Math.max(0, startedAt + look * everyMs - performance.now()));
    for (const measure of measures) samples.get(measure.name)?.push(await measure.look());
    if (look % looksEachMinute === 0)
      process.stdout.write(`minute ${look / looksEachMinute}: ${lastOf(measures, samples)}\n`);
  }
  return samples;
}

function lastOf(measures: readonly Measure[], samples: ReadonlyMap<string, number[]>): string {
  return measures.map(({ name, unit }) => `${name} ${show(samples.get(name)?.at(-1) ?? Number.NaN, unit)}`).join(", ");
}

/** Prints the table; how many measures grew. */
function report(measures: readonly Measure[], samples: ReadonlyMap<string, number[]>): number {
  let grown = 0;
  for (const { name, unit, follows } of measures) {
    const values = samples.get(name) ?? [];
    const ratio = slope(values);
    const third = Math.floor(values.length / 3);
    const thirds = [values.slice(0, third), values.slice(third, values.length - third), values.slice(-third)];
    const medians = thirds.map((part) => show(median(part), unit).padStart(10)).join("");
    const grows = ratio > maxSlope && follows !== true;
    if (grows) grown += 1;
    const must = follows === true ? "" : `  must be <= ${maxSlope}: ${grows ? "grows" : "ok"}`;
    process.stdout.write(`${name.padEnd(48)}${medians}  ${ratio.toFixed(3)}x${must}\n`);
  }
  return grown;
}

function show(value: number, unit: Measure["unit"]): string {
  return unit === "MB" ? `${(value / bytesPerMb).toFixed(1)} MB` : String(Math.round(value));
}
