import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Running, startBeckon } from "./testing/run-beckon.ts";

let folder: string;
let running: Running;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-stray-"));
});
afterEach(() => {
  running.process.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Defects on demand, in a process that is otherwise the real one. */
const defects = [
  'const stray = () => { throw new TypeError("needle, as somebody wrote it"); };',
  'process.on("SIGUSR2", () => void (async () => stray())());',
  'process.on("SIGHUP", () => setImmediate(stray));',
].join("");

async function start(): Promise<string> {
  const file = join(folder, "defects.mjs");
  writeFileSync(file, defects);
  running = startBeckon(["demo", "--json"], {
    PORT: "0",
    BECKON_DATA: folder,
    BECKON_LOG_LEVEL: "info",
    NODE_OPTIONS: `--import=${file}`,
  });
  const ready = await running.line((line) => line.startsWith("{"));
  return (JSON.parse(ready) as { url: string }).url;
}

/** The lines of an event. */
function logged(errors: string, event: string): Record<string, unknown>[] {
  const lines = errors.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.event === event);
}

test("a rejection that nobody waited for is logged and counted, and everybody is served on", async () => {
  const url = await start();
  running.process.kill("SIGUSR2");
  let metrics = "";
  while (!metrics.includes("beckon_unhandled_rejections_total 1"))
    metrics = await (await fetch(`${url}/metrics`)).text();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  running.process.kill("SIGTERM");
  const { code, errors } = await running.finished;
  expect(code).toBe(0);
  expect(logged(errors, "unhandled-rejection")).toMatchObject([
    { error: "TypeError", at: expect.stringMatching(/stray/) },
  ]);
  expect(errors).not.toContain("needle");
});

test("an exception that nobody caught is logged, and the gateway leaves in order with exit code 1", async () => {
  await start();
  running.process.kill("SIGHUP");
  const { code, errors } = await running.finished;
  expect(code).toBe(1);
  expect(logged(errors, "uncaught-exception")).toMatchObject([{ error: "TypeError" }]);
  expect(logged(errors, "stopped")).toHaveLength(1);
  expect(errors).not.toContain("needle");
});
