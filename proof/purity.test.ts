/** Nothing in the simulated world knows the machine: no time but the virtual one, no luck but the seed's, no socket, no file. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { makePlan } from "./simulation/plan.ts";
import { run } from "./simulation/run.ts";

const root = join(import.meta.dirname, "..");
afterEach(() => vi.restoreAllMocks());

it("a run calls no real clock, timer or random source", async () => {
  await run(makePlan(1)); // what is made once for all runs is made
  const calls: string[] = [];
  const spy = <Of extends object>(of: Of, name: keyof Of & string): void => {
    vi.spyOn(of, name as never).mockImplementation((() => {
      calls.push(`${name} ${new Error().stack?.split("\n")[2]?.trim()}`);
      return 0;
    }) as never);
  };
  spy(Date, "now");
  spy(Math, "random");
  spy(performance, "now");
  spy(globalThis, "setTimeout");
  spy(globalThis, "setInterval");
  spy(globalThis, "queueMicrotask");
  spy(globalThis, "fetch");
  spy(crypto, "getRandomValues");
  spy(crypto, "randomUUID");
  await run(makePlan(2));
  vi.restoreAllMocks();
  expect(calls).toEqual([]);
});

const forbidden =
  /Date\.now|new Date\(\)|Math\.random|\bset(Timeout|Interval|Immediate)\b|performance\.now|random(Bytes|UUID|Int)\b|"node:(fs|net|http|https|tls|dgram|child_process|worker_threads|timers)/;
/** `setImmediate` is how the engine's queue of promises is seen to be empty: no time passes. */
const allowed = new Set(["proof/simulation/virtual-time.ts"]);

function* sources(folder: string): Iterable<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (/\.ts$/.test(path) && !/\.test\.ts$|\/testing\/(house|scene|until|run-)/.test(path)) yield path;
  }
}

it("the client, the core and the simulated world do not name what would tell them of the machine", () => {
  const paths = ["protocol", "gateway/core", "proof/simulation"].flatMap((folder) => [...sources(folder)]);
  expect(paths.length).toBeGreaterThan(100);
  const found = paths.filter((path) => !allowed.has(path) && forbidden.test(code(path)));
  expect(found).toEqual([]);
});

/** Without comments. */
function code(path: string): string {
  return readFileSync(join(root, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
