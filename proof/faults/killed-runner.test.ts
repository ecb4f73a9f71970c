/** A run that is killed takes along what it has started, whatever state that is in. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";

const module = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);

/** As `npm run faults` with MariaDB, in the middle of a run; says which folders there are. */
const program = `
  const { readdirSync } = await import("node:fs");
  const { LabServer } = await import(${module("./database.ts")});
  const { World } = await import(${module("./world.ts")});
  const server = new LabServer();
  await server.start();
  const world = new World({
    seed: 1, carrier: "websocket", database: "mariadb", server, mutant: null, failsInStorage: false, speed: 5, patienceMs: 100_000,
  });
  await world.open();
  world.talk();
  await world.acked(5);
  if (STATE === "stopped") world.gateway.freeze();
  else void world.gateway.block(600_000);
  console.log("ready");
  setInterval(() => undefined, 1000);
`;

function childrenOf(pid: number | undefined): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
}

function lives(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  // Of nobody any more: whoever should fetch it does not.
  return existsSync(path) && !readFileSync(path, "utf8").includes(") Z ");
}

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("beckon-faults-"));

let run: ChildProcess | undefined;
afterEach(() => run?.kill("SIGKILL"));

it.each(["stopped", "spinning"])("kill -9 of a runner whose gateway is %s leaves nothing behind", async (state) => {
  const { TEST_SERVERS_URL: _ours, ...environment } = process.env;
  const before = new Set(folders());
  const words = ["--input-type=module", "--eval", `const STATE = ${JSON.stringify(state)};${program}`];
  const runner = spawn(process.execPath, words, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  run = runner;
  const [line] = (await once(createInterface(runner.stdout), "line")) as [string];
  expect(line).toBe("ready");
  const started = childrenOf(runner.pid);
  const made = folders().filter((name) => !before.has(name));
  // Keeper, MariaDB, gateway, proxy; a folder of MariaDB and one of the run.
  expect(started.filter(lives)).toHaveLength(4);
  expect(made.length).toBeGreaterThanOrEqual(2);

  const ended = once(runner, "exit");
  runner.kill("SIGKILL");
  await ended;
  while (started.some(lives) || made.some((name) => existsSync(join(tmpdir(), name)))) await sleep(20);
});
