/**
 * Each load scenario but the soak for about 10 s against a gateway of its own, with the thresholds that count what should have happened. Part of
 * `npm test` where k6 or Go 1.25 is found; otherwise it runs nothing and counts nothing.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findK6 } from "./find-k6.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Small enough that a slow machine finishes them well within `MAX_SECONDS`. */
const runs: Readonly<Record<string, readonly string[]>> = {
  chat: ["VISITORS=20", "MESSAGES=4", "RAMP=2", "THINK_MS=500", "MAX_SECONDS=60"],
  browse: ["VISITORS=50", "PAGES=3", "PAGE_SECONDS=2", "RAMP=2"],
};

async function main(): Promise<number> {
  const k6 = findK6();
  if (k6 === null) {
    process.stdout.write(
      "k6 is not here: the load scenarios are not part of the count.\n0 passed, 0 failed, 0 skipped\n",
    );
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "beckon-load-"));
  const gateway = startGateway(folder);
  try {
    const url = await readyUrl(gateway);
    const failed = Object.entries(runs).filter(([name, settings]) => !passes(k6, name, settings, url, folder));
    const passed = Object.keys(runs).length - failed.length;
    process.stdout.write(`${passed} passed, ${failed.length} failed, 0 skipped\n`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await stop(gateway);
    rmSync(folder, { recursive: true, force: true });
  }
}

function startGateway(folder: string): ChildProcess {
  return spawn(process.execPath, [join(root, "gateway", "cli", "main.ts"), "demo", "--json"], {
    env: { ...process.env, PORT: "0", BECKON_DATA: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function readyUrl(gateway: ChildProcess): Promise<string> {
  if (gateway.stdout !== null)
    for await (const line of createInterface({ input: gateway.stdout })) {
      const ready = JSON.parse(line) as { ready: boolean; url: string };
      if (ready.ready) return ready.url;
    }
  throw new Error("the gateway ended before it was ready");
}

function passes(k6: string, name: string, settings: readonly string[], url: string, folder: string): boolean {
  const words = [...settings, `BECKON_URL=${url}`, `LOGINS=${join(folder, "demo-logins.json")}`].flatMap((setting) => [
    "-e",
    setting,
  ]);
  const script = join(root, "loadtest", "k6", `${name}.scenario.ts`);
  const run = spawnSync(k6, ["run", "--quiet", "--no-usage-report", ...words, script], { encoding: "utf8" });
  process.stdout.write(`${run.status === 0 ? "passed" : "FAILED"} load scenario ${name}\n`);
  if (run.status !== 0) process.stdout.write(`${run.stdout}\n${run.stderr}\n`);
  return run.status === 0;
}

function stop(gateway: ChildProcess): Promise<void> {
  if (gateway.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    gateway.once("exit", () => resolve());
    gateway.kill("SIGTERM");
  });
}

process.exitCode = await main();
