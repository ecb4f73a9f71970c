/** A run that failed, for people: what broke, the fewest faults that break it, and the story of the message. */
import type { Plan } from "./plan.ts";
import { type Outcome, run } from "./run.ts";
import { shrink } from "./shrink.ts";
import { timelineOf } from "./timeline.ts";

const mostFailures = 5;

/** `keep`: writes the smallest plan that fails where it can be run again; returns the name of the file. */
export async function reportFailure(
  { seed, violations }: Outcome,
  plan: Plan,
  print: (text: string) => void,
  keep: (plan: Plan, found: string) => string,
): Promise<void> {
  print(`\nseed ${seed} failed:`);
  for (const { rule, detail } of violations.slice(0, mostFailures)) print(`  ${rule} ${detail}`);
  const [first] = violations;
  if (!first) return;
  const small = await shrink(plan, first.rule);
  print("the fewest faults that do it:");
  for (const step of small.steps) if ("fault" in step) print(`  ${JSON.stringify(step)}`);
  const told = await run(small, true);
  const again = told.violations.find(({ rule, id }) => rule === first.rule && id) ?? told.violations[0];
  if (again?.id) for (const line of timelineOf(told, again.id)) print(`  ${line}`);
  const file = keep(small, `${first.rule}: ${first.detail}`);
  print(
    `again: npm run simulate -- --plan ${file}. Keep it: say in it what it found, and move it to proof/regressions/.\n`,
  );
}
