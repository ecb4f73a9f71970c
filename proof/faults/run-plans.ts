/** Many runs, some side by side; what is done already is not done again. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { LabServer } from "./database.ts";
import type { RunOutcome, RunPlan } from "./run.ts";
import { run } from "./run.ts";
import { isKept } from "./totals.ts";

/** What is kept of a run. */
export type RunResult = Pick<RunOutcome, "messages" | "met" | "verdict"> & {
  readonly plan: Pick<RunPlan, "seed" | "carrier" | "database">;
  readonly notes?: readonly string[];
};

export interface RunsOptions {
  /** At a time; each has a database server of its own. */
  readonly beside: number;
  /** Null: servers of the laboratory's own. */
  readonly serverUrl: string | null;
  /** Runs in which the promise was kept stand here, a line each, and are not run again. */
  readonly resumePath: string | null;
}

export async function runPlans(
  plans: readonly RunPlan[],
  options: RunsOptions,
  done: (result: RunResult, again: boolean) => void,
): Promise<void> {
  const known = readKnown(options.resumePath);
  const left: RunPlan[] = [];
  for (const plan of plans) {
    const result = known.get(keyOf(plan));
    if (result) done(result, true);
    else left.push(plan);
  }
  const lane = async (): Promise<void> => {
    const server = new LabServer(options.serverUrl);
    try {
      for (let plan = left.shift(); plan; plan = left.shift()) {
        const { messages, met, verdict, notes } = await run(plan, plan.database === "mariadb" ? server : null);
        const { seed, carrier, database } = plan;
        const result: RunResult = { plan: { seed, carrier, database }, messages, met, verdict, notes };
        if (options.resumePath !== null && isKept(result))
          appendFileSync(options.resumePath, `${JSON.stringify({ key: keyOf(plan), result })}\n`);
        done(result, false);
      }
    } finally {
      await server.remove();
    }
  };
  await Promise.all(Array.from({ length: options.beside }, lane));
}

/** The same seed with the same words is the same run. */
function keyOf({ seed, carrier, database, faults, speed }: RunPlan): string {
  return [seed, carrier, database, speed, ...faults.map(({ number }) => number)].join(" ");
}

function readKnown(path: string | null): Map<string, RunResult> {
  const known = new Map<string, RunResult>();
  if (path === null || !existsSync(path)) return known;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    const { key, result } = JSON.parse(line) as { key: string; result: RunResult };
    known.set(key, result);
  }
  return known;
}
