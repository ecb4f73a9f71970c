import { availableParallelism } from "node:os";
import { join } from "node:path";
import { checkSteps, type Step } from "./steps.ts";

export interface CheckResult {
  readonly passed: number;
  readonly failed: number;
}

/** Runs all steps, as many at once as there are cores, and prints each result. */
export async function runChecks(): Promise<CheckResult> {
  const waiting = [...checkSteps(join(import.meta.dirname, "..", ".."))];
  const results: boolean[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

async function runStep(step: Step): Promise<boolean> {
  const startedAt = performance.now();
  const faults = await step.faults().catch((error: unknown) => [String(error)]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = faults.length === 0 ? "ok    " : "FAILED";
  process.stdout.write([`${verdict} ${step.name} (${seconds} s)`, ...faults, ""].join("\n"));
  return faults.length === 0;
}
