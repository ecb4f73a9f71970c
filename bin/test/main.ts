/** `[e2e] [PATTERN …]`: runs the tests one kind after the other; the last line says how many ended how. */
import { constants } from "node:os";
import { join } from "node:path";
import { fetchMysql56, mysql56RunsHere } from "../test-servers/mysql56.ts";
import { type Counts, countsLine, sum } from "./counts.ts";
import { ensureDebianPackages } from "./debian-packages.ts";
import { runCheckSteps, runLoadSmoke, runPlaywright, runVitest, stopRunning } from "./runners.ts";

interface Runner {
  readonly title: string;
  readonly run: () => Promise<Counts>;
}

function chooseRunners(words: readonly string[]): readonly Runner[] {
  const onlyE2e = words[0] === "e2e";
  const patterns = onlyE2e ? words.slice(1) : words;
  const checks: Runner = { title: "Checks", run: runCheckSteps };
  const tests: Runner = { title: "Tests", run: () => runVitest(patterns) };
  const e2e: Runner = { title: "What people do, in a browser", run: () => runPlaywright(patterns) };
  const load: Runner = { title: "Load scenarios, shortened", run: runLoadSmoke };
  if (onlyE2e) return [e2e];
  return patterns.length > 0 ? [tests, e2e] : [checks, tests, e2e, load];
}

function prepare(): void {
  ensureDebianPackages();
  // Elsewhere the tests that need it say so; the others can run.
  if (mysql56RunsHere) fetchMysql56(join(import.meta.dirname, "..", "..", ".cache"));
}

let stoppedBy: NodeJS.Signals | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stoppedBy = signal;
    // Ctrl-C in a terminal reaches the runner at work by itself.
    if (signal !== "SIGINT" || !process.stdin.isTTY) stopRunning(signal);
  });
}

async function runAll(runners: readonly Runner[]): Promise<Counts> {
  const results: Counts[] = [];
  for (const { title, run } of runners) {
    if (stoppedBy !== undefined) break;
    process.stdout.write(`\n== ${title}\n`);
    results.push(await run());
  }
  return sum(results);
}

async function main(words: readonly string[]): Promise<Counts> {
  try {
    prepare();
    return await runAll(chooseRunners(words));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const counts = await main(process.argv.slice(2));
for (const failure of counts.failures ?? []) process.stdout.write(`FAILED ${failure}\n`);
process.stdout.write(`\n${countsLine(counts)}\n`);
if (stoppedBy !== undefined) process.exitCode = 128 + constants.signals[stoppedBy];
else process.exitCode = counts.failed === 0 ? 0 : 1;
