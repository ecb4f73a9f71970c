/**
 * `npm run simulate -- [--seeds N] [--seed S] [--minutes M] [--plan FILE] [--json]`: runs of the simulated world, one virtual hour each.
 * `--seeds`: how many (20). `--seed`: the first one (1). `--minutes`: further seeds until so many minutes have passed. A run that
 * fails is made smaller, printed with the story of its message, and written to a file. `--plan`: runs such a file. Exit 1 if a
 * promise broke, or a run proved nothing; a plan from a file is too small to prove more than that it holds.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { coverageLines } from "./simulation/coverage-lines.ts";
import { keptPlanOf, textOf } from "./simulation/kept-plan.ts";
import { makePlan, type Plan } from "./simulation/plan.ts";
import { reportFailure } from "./simulation/report-failure.ts";
import { simulate, type Totals } from "./simulation/simulate-seeds.ts";
import { wholeNumber } from "./whole-number.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    seed: { type: "string" },
    minutes: { type: "string" },
    plan: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const defaultSeeds = 20;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function* plansFrom(first: number, count: number, untilMs: number): Iterable<Plan> {
  for (let seed = first; seed < first + count || performance.now() < untilMs; seed += 1) yield makePlan(seed);
}

const failuresFolder = join(tmpdir(), "beckon-simulation");

function keep(plan: Plan, found: string): string {
  mkdirSync(failuresFolder, { recursive: true });
  const file = join(failuresFolder, `seed-${plan.seed}.json`);
  writeFileSync(file, textOf({ found, plan }));
  return file;
}

function summary(totals: Totals, seconds: number): string {
  const { seeds, messages, faults, virtualHours, excused } = totals;
  const speed = virtualHours / (totals.cpuMs / 60_000);
  return [
    `${seeds} seeds, ${virtualHours.toFixed(1)} virtual hours, ${messages} messages, ${faults} faults in ${seconds.toFixed(0)} s`,
    `${speed.toFixed(0)} virtual hours for each minute of one core; slowest to converge: ${totals.slowestMs} ms`,
    `lost ${totals.lost}, doubled ${totals.doubled}, reordered ${totals.reordered}, leaked ${totals.leaked}, unacked ${totals.unacked}, other ${totals.other}`,
    `${excused} messages ended with the only device that held them; ${totals.void} runs proved nothing`,
  ].join("\n");
}

async function main(): Promise<number> {
  if (values.help) {
    print("npm run simulate -- [--seeds N] [--seed S] [--minutes M] [--plan FILE] [--json]");
    return 0;
  }
  const minutes = wholeNumber(values.minutes, "minutes");
  const first = wholeNumber(values.seed, "seed") ?? 1;
  const count = wholeNumber(values.seeds, "seeds") ?? (minutes || values.seed ? 1 : defaultSeeds);
  const startedAt = performance.now();
  const untilMs = startedAt + (minutes ?? 0) * 60_000;
  const kept = values.plan === undefined ? null : keptPlanOf(readFileSync(values.plan, "utf8"));
  const plans = kept ? [kept.plan] : plansFrom(first, count, untilMs);
  const totals = await simulate(plans, (outcome, plan) => reportFailure(outcome, plan, print, keep));
  for (const line of coverageLines(totals.coverage)) print(line);
  print(summary(totals, (performance.now() - startedAt) / 1000));
  if (values.json) print(JSON.stringify(totals.result));
  return totals.ok || (kept && totals.firstFailingSeed === null) ? 0 : 1;
}

process.exitCode = await main();
