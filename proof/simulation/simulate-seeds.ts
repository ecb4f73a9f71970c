/** Many runs, and what they add up to. */
import { Coverage } from "./coverage.ts";
import type { Plan } from "./plan.ts";
import type { Rule } from "./recorder.ts";
import { fewestFaults, fewestMessages, type Outcome, run } from "./run.ts";

/** The last line of `npm run simulate -- --json`. */
export interface Result {
  readonly seeds: number;
  readonly messages: number;
  readonly faults: number;
  readonly virtualHours: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  readonly leaked: number;
  /** Not acknowledged after heal although a device that lives holds it; or a page that has not converged. */
  readonly unacked: number;
  readonly firstFailingSeed: number | null;
}

export interface Totals extends Result {
  /** Acks before the commit, buffers beyond their limit, defects that the core reports. */
  readonly other: number;
  readonly excused: number;
  /** Runs with too few messages, or too few faults that met any. */
  readonly void: number;
  readonly slowestMs: number;
  readonly cpuMs: number;
  readonly coverage: Coverage;
  readonly ok: boolean;
  readonly result: Result;
}

const hourMs = 3_600_000;

const figures: { readonly [rule in Rule]: "lost" | "doubled" | "reordered" | "leaked" | "unacked" | "other" } = {
  I1: "lost",
  I2: "doubled",
  I3: "reordered",
  I4: "other",
  I5: "unacked",
  I6: "other",
  I7: "leaked",
  defect: "other",
};

export function provesSomething({ messages, faults }: Outcome): boolean {
  return messages >= fewestMessages && faults >= fewestFaults;
}

export async function simulate(
  plans: Iterable<Plan>,
  failed: (outcome: Outcome, plan: Plan) => Promise<void>,
): Promise<Totals> {
  const counts = { lost: 0, doubled: 0, reordered: 0, leaked: 0, unacked: 0, other: 0 };
  const sums = { seeds: 0, messages: 0, faults: 0, excused: 0, void: 0, slowestMs: 0, virtualMs: 0, cpuMs: 0 };
  const coverage = new Coverage();
  let firstFailingSeed: number | null = null;
  for (const plan of plans) {
    const before = process.cpuUsage();
    const outcome = await run(plan);
    const { user, system } = process.cpuUsage(before);
    sums.cpuMs += (user + system) / 1000;
    sums.seeds += 1;
    sums.messages += outcome.messages;
    sums.faults += outcome.faults;
    sums.excused += outcome.excused;
    sums.virtualMs += outcome.virtualMs;
    sums.slowestMs = Math.max(sums.slowestMs, outcome.convergedMs);
    if (!provesSomething(outcome)) sums.void += 1;
    coverage.add(outcome.coverage);
    for (const { rule } of outcome.violations) counts[figures[rule]] += 1;
    if (outcome.violations.length === 0) continue;
    firstFailingSeed ??= plan.seed;
    await failed(outcome, plan);
  }
  const { messages, faults } = sums;
  const { other, ...broken } = counts;
  const virtualHours = Math.round((sums.virtualMs / hourMs) * 10) / 10;
  const result: Result = { seeds: sums.seeds, messages, faults, virtualHours, ...broken, firstFailingSeed };
  const ok = firstFailingSeed === null && sums.void === 0;
  return { ...sums, ...result, other, coverage, ok, result };
}
