/** A seed that failed, for people: what broke, the fewest faults that break it, and the story of the message. */
import { makePlan } from "./plan.ts";
import { type Outcome, run } from "./run.ts";
import { shrink } from "./shrink.ts";
import { timelineOf } from "./timeline.ts";

const mostFailures = 5;

export async function reportFailure({ seed, violations }: Outcome, print: (text: string) => void): Promise<void> {
  print(`\nseed ${seed} failed:`);
  for (const { rule, detail } of violations.slice(0, mostFailures)) print(`  ${rule} ${detail}`);
  const [first] = violations;
  if (!first) return;
  const small = await shrink(makePlan(seed), first.rule);
  print("the fewest faults that do it:");
  for (const step of small.steps) if ("fault" in step) print(`  ${JSON.stringify(step)}`);
  const told = await run(small, true);
  const again = told.violations.find(({ rule, id }) => rule === first.rule && id) ?? told.violations[0];
  if (again?.id) for (const line of timelineOf(told, again.id)) print(`  ${line}`);
  print(`again: npm run simulate -- --seed ${seed}. Keep it: add the seed to proof/regression-seeds.json.\n`);
}
