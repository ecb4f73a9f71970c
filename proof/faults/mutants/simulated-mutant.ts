/**
 * The simulation in a process whose product has a defect: PLAN…, files of plans, or as many of the first seeds as a number says. Its last
 * line is a list of the rules that the first run broke that broke one.
 */
import { readFileSync } from "node:fs";
import { keptPlanOf } from "../../simulation/kept-plan.ts";
import { makePlan, type Plan } from "../../simulation/plan.ts";
import { run } from "../../simulation/run.ts";

function plansOf(word: string): Plan[] {
  if (!/^\d+$/.test(word)) return [keptPlanOf(readFileSync(word, "utf8")).plan];
  return Array.from({ length: Number(word) }, (_, index) => makePlan(index + 1));
}

async function firstBroken(plans: readonly Plan[]): Promise<readonly string[]> {
  for (const plan of plans) {
    const { violations } = await run(plan);
    if (violations.length > 0) return [...new Set(violations.map(({ rule }) => rule))];
  }
  return [];
}

process.stdout.write(`${JSON.stringify(await firstBroken(process.argv.slice(2).flatMap(plansOf)))}\n`);
process.exit(0);
