import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runtimeContract } from "./contract.ts";
import { findDeno } from "./testing/find-deno.ts";

interface Result {
  readonly name: string;
  readonly error: string | null;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let deno: ChildProcess | undefined;
const results = new Map<string, string | null>();
let problems = "";

beforeAll(async () => {
  const running = spawn(await findDeno(), [
    "run",
    "--allow-all",
    "--no-prompt",
    "--unstable-no-legacy-abort",
    here("testing/run-contract.ts"),
    here("deno.ts"),
    "openDeno",
  ]);
  deno = running;
  running.stderr.on("data", (chunk) => {
    problems += chunk;
  });
  for await (const line of createInterface(running.stdout)) {
    const { name, error }: Result = JSON.parse(line);
    results.set(name, error);
  }
});

for (const { name } of runtimeContract) {
  test(name, () => expect(results.has(name) ? results.get(name) : `was not run: ${problems}`).toBeNull());
}

afterAll(() => deno?.kill());
