/** A gateway in a process of its own, and what the operating system says about it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { keepProcess } from "../../bin/test-servers/keep.ts";
import { type Inspector, openInspector } from "./inspector.ts";
import { requestAlone } from "./request-alone.ts";

/** All visitors come from here: one address has those of an office else, not of a benchmark. */
export const crowdSettings = {
  BECKON_MAX_SESSIONS: "20000",
  BECKON_MAX_CONNECTIONS: "19500",
  BECKON_MAX_SESSIONS_PER_ADDRESS: "20000",
};

export interface GatewayProcess {
  readonly url: string;
  readonly site: string;
  readonly logins: readonly { email: string; password: string }[];
  /** Resident memory, bytes. */
  residentBytes(): number;
  /** Processor time used so far, ms. */
  cpuMs(): number;
  /** A number of `/metrics`; of several with labels the sum. */
  metric(name: string): Promise<number>;
  /** Files and sockets that it has open. */
  openFiles(): number;
  /** Null: it runs. */
  exitCode(): number | null;
  stop(): Promise<void>;
  /** kill -9: no goodbye. Its folder stays where the settings name one. */
  kill(): Promise<void>;
}

export interface GatewayWatch {
  /** What it says on standard error goes here, not to ours. */
  readonly heard?: (line: string) => void;
}

/** A gateway that can be looked into. */
export interface WatchedGateway extends GatewayProcess {
  readonly inspector: Inspector;
}

const root = join(import.meta.dirname, "..", "..");
const clockTicksPerSecond = 100;
const listeningForDebuggers = /^Debugger listening on (\S+)$/;

/** `settings`: environment of the gateway besides a free port and a folder of its own. `words`: what it is started by. */
export async function startGatewayProcess(
  settings: Readonly<Record<string, string>>,
  words: readonly string[] = ["demo", "--json"],
  { heard }: GatewayWatch = {},
): Promise<GatewayProcess> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-bench-"));
  const gateway = spawn(process.execPath, [join(root, "bin", "beckon.mjs"), ...words], {
    env: { ...process.env, PORT: "0", BECKON_DATA: folder, ...settings },
    stdio: ["ignore", "pipe", heard === undefined ? "inherit" : "pipe"],
  });
  await keepProcess(gateway);
  if (gateway.stderr !== null && heard !== undefined) createInterface({ input: gateway.stderr }).on("line", heard);
  const ready = await readyLine(gateway);
  const pid = gateway.pid ?? 0;
  return {
    url: ready.url,
    site: ready.site,
    logins: ready.agents,
    residentBytes: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024,
    cpuMs() {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / clockTicksPerSecond;
    },
    async metric(name) {
      const { text } = await requestAlone(`${ready.url}/metrics`, "GET");
      const values = [...text.matchAll(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, "gm"))];
      return values.length === 0 ? Number.NaN : values.reduce((sum, [, value]) => sum + Number(value), 0);
    },
    openFiles: () => readdirSync(`/proc/${pid}/fd`).length,
    exitCode: () => gateway.exitCode ?? (gateway.signalCode === null ? null : -1),
    async stop() {
      await ended(gateway, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
    async kill() {
      await ended(gateway, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As {@link startGatewayProcess}, with Node's inspector open. */
export async function startWatchedGateway(
  settings: Readonly<Record<string, string>>,
  heard: (line: string) => void,
): Promise<WatchedGateway> {
  let address = "";
  let ready = false;
  // Its launcher speaks too, and hands over to the Node that the checkout has chosen: the last inspector counts.
  const listen = (line: string): void => {
    address = listeningForDebuggers.exec(line)?.[1] ?? address;
    if (line.startsWith("{") || (ready && !/^(Debugger|For help)/.test(line))) heard(line);
  };
  const inspected = { ...settings, NODE_OPTIONS: "--inspect=127.0.0.1:0" };
  const gateway = await startGatewayProcess(inspected, undefined, { heard: listen });
  ready = true;
  try {
    const inspector = await openInspector(address);
    return {
      ...gateway,
      inspector,
      async stop() {
        inspector.close();
        await gateway.stop();
      },
    };
  } catch (error) {
    await gateway.stop();
    throw error;
  }
}

interface ReadyLine {
  url: string;
  site: string;
  agents: { email: string; password: string }[];
}

async function readyLine(gateway: ChildProcess): Promise<ReadyLine> {
  if (gateway.stdout !== null)
    for await (const line of createInterface({ input: gateway.stdout })) return JSON.parse(line) as ReadyLine;
  throw new Error("the gateway ended before it was ready");
}

function ended(gateway: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (gateway.exitCode !== null || gateway.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    gateway.once("exit", () => resolve());
    gateway.kill(signal);
  });
}
