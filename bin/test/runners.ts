import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runChecks } from "../check/run-checks.ts";
import {
  type Counts,
  countsOfFile,
  lastLineCounts,
  noTests,
  playwrightCounts,
  vitestCounts,
  withExitCode,
} from "./counts.ts";

const root = join(import.meta.dirname, "..", "..");
const binFolder = join(root, "node_modules", ".bin");

export async function runCheckSteps(): Promise<Counts> {
  return { ...noTests, ...(await runChecks()) };
}

/** All `*.test.ts` whose path contains one of the patterns. */
export async function runVitest(patterns: readonly string[]): Promise<Counts> {
  return withReport("vitest", async (report) => {
    const words = ["run", "--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { exitCode } = await run(join(binFolder, "vitest"), [...words, ...patterns]);
    return withExitCode(countsOfFile(report, vitestCounts), exitCode);
  });
}

/** What people do, in a real browser. */
export async function runPlaywright(patterns: readonly string[]): Promise<Counts> {
  const config = join(root, "e2e", "playwright.config.ts");
  if (!existsSync(config)) return noTests;
  return withReport("playwright", async (report) => {
    const words = [
      "test",
      "--config",
      config,
      "--reporter=list,json",
      ...(patterns.length > 0 ? ["--pass-with-no-tests"] : []),
    ];
    const { exitCode } = await run(join(binFolder, "playwright"), [...words, ...patterns], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    return withExitCode(countsOfFile(report, playwrightCounts), exitCode);
  });
}

/** The load scenarios, shortened. Says itself how many it ran: none where k6 cannot be had. */
export async function runLoadSmoke(): Promise<Counts> {
  const program = join(root, "loadtest", "smoke.ts");
  if (!existsSync(program)) return noTests;
  const { exitCode, stdout } = await run(process.execPath, [program]);
  return withExitCode(lastLineCounts(stdout, exitCode), exitCode);
}

async function withReport(name: string, work: (report: string) => Promise<Counts>): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), `beckon-${name}-`));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The runners write into a pipe; whether there is a terminal behind it only we know. */
const colours = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

let running: ChildProcess | undefined;

/** Ends the runner at work, which ends what it has started. */
export function stopRunning(signal: NodeJS.Signals): void {
  running?.kill(signal);
}

function run(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: number; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ""}`, ...colours, ...environment },
    });
    running = child;
    const stdout: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout.push(chunk);
      process.stdout.write(chunk);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      running = undefined;
      resolve({ exitCode: code ?? 1, stdout: Buffer.concat(stdout).toString() });
    });
  });
}
