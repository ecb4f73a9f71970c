import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "acorn";
import { describe, expect, test } from "vitest";

const launcherPath = join(import.meta.dirname, "..", "beckon.mjs");
const handOverUrl = new URL("hand-over.mjs", import.meta.url).href;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runLauncher(...words: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [launcherPath, ...words]);
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (texts.stdout += chunk));
  child.stderr.on("data", (chunk) => (texts.stderr += chunk));
  const [code, signal] = await once(child, "close");
  return { code, signal, ...texts };
}

test("what is wrong with the command is one sentence on standard error and exit code 1", async () => {
  expect(await runLauncher("run", "nowhere/missing.ts")).toEqual({
    code: 1,
    signal: null,
    stdout: "",
    stderr: "nowhere/missing.ts does not exist\n",
  });
  expect((await runLauncher("run")).stderr).toBe("Which file? beckon.mjs run [--NODE-OPTION …] FILE …\n");
  expect((await runLauncher("run", "--no-warnings")).stderr).toMatch(/^Which file/);
});

test("the first file can be read by Node 14, which then says what it needs", () => {
  const program = parse(readFileSync(launcherPath, "utf8"), {
    ecmaVersion: 2020,
    sourceType: "module",
    allowHashBang: true,
  });
  expect(program.body.map((statement) => statement.type)).not.toContain("ImportDeclaration");
});

/** Hands over to a program that does `work` and, once it is ready for signals, prints its process id. */
function startHandedOver(canReplaceItself: boolean, work: string) {
  const program = `${work}; console.log(process.pid);`;
  const launcher = `
    ${canReplaceItself ? "" : "process.execve = undefined;"}
    const { handOver } = await import(${JSON.stringify(handOverUrl)});
    await handOver(process.execPath, ["--eval", ${JSON.stringify(program)}]);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", launcher]);
  const ended = once(child, "exit");
  const firstLine = once(createInterface(child.stdout), "line").then(([line]) => Number(line));
  return { child, ended, programPid: firstLine };
}

describe.each([
  { way: "by replacing the process", canReplaceItself: true },
  { way: "by waiting for a child (Node 20)", canReplaceItself: false },
])("handing over $way", ({ canReplaceItself }) => {
  test("the exit code is the program's", async () => {
    const { ended } = startHandedOver(canReplaceItself, "process.exitCode = 7");
    expect(await ended).toEqual([7, null]);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("%s reaches the program once, which decides how to end", async (signal) => {
    const { child, ended, programPid } = startHandedOver(
      canReplaceItself,
      `let times = 0; process.on(${JSON.stringify(signal)}, () => { times++; setImmediate(() => process.exit(10 + times)); }); setInterval(() => {}, 1000)`,
    );
    const pid = await programPid;
    child.kill(signal);
    expect(await ended).toEqual([11, null]);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  test("a program that dies of a signal leaves no orphan and passes the signal on", async () => {
    const { child, ended, programPid } = startHandedOver(canReplaceItself, "setInterval(() => {}, 1000)");
    const pid = await programPid;
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
