/** A gateway in a process of its own, and what the operating system says about it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface GatewayProcess {
  readonly url: string;
  readonly site: string;
  readonly logins: readonly { email: string; password: string }[];
  /** Resident memory, bytes. */
  residentBytes(): number;
  /** Processor time used so far, ms. */
  cpuMs(): number;
  /** A number of `/metrics`. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "..", "..");
const clockTicksPerSecond = 100;

/** `settings`: environment of the gateway besides a free port and a folder of its own. `words`: what it is started by. */
export async function startGatewayProcess(
  settings: Readonly<Record<string, string>>,
  words: readonly string[] = ["demo", "--json"],
): Promise<GatewayProcess> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-bench-"));
  const gateway = spawn(process.execPath, [join(root, "bin", "beckon.mjs"), ...words], {
    env: { ...process.env, PORT: "0", BECKON_DATA: folder, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
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
      const text = await (await fetch(`${ready.url}/metrics`)).text();
      return Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, "m").exec(text)?.[1]);
    },
    async stop() {
      await ended(gateway);
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

function ended(gateway: ChildProcess): Promise<void> {
  if (gateway.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    gateway.once("exit", () => resolve());
    gateway.kill("SIGTERM");
  });
}
