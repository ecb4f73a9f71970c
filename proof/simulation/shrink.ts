/** Makes a failing plan smaller: fewer faults, then less talk, as long as it still fails in the same way. */
import type { Plan, Step } from "./plan.ts";
import type { Rule } from "./recorder.ts";
import { run } from "./run.ts";

/** A run takes a second or so. */
const mostRuns = 150;

export async function shrink(plan: Plan, rule: Rule): Promise<Plan> {
  let left = mostRuns;
  const fails = async (steps: readonly Step[]): Promise<boolean> => {
    left -= 1;
    const { violations } = await run({ ...plan, steps });
    return violations.some((violation) => violation.rule === rule);
  };
  let { steps } = plan;
  for (const kind of ["fault", "act"] as const) {
    for (
      let size = Math.ceil(countOf(steps, kind) / 2);
      size >= 1 && left > 0;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let from = 0; from < countOf(steps, kind) && left > 0; ) {
        const fewer = without(steps, kind, from, size);
        if (await fails(fewer)) steps = fewer;
        else from += size;
      }
    }
  }
  return { ...plan, steps };
}

function countOf(steps: readonly Step[], kind: "fault" | "act"): number {
  return steps.filter((step) => kind in step).length;
}

/** Leaves out `size` steps of this kind, from the `from`th one on. */
function without(steps: readonly Step[], kind: "fault" | "act", from: number, size: number): Step[] {
  let index = -1;
  return steps.filter((step) => {
    if (!(kind in step)) return true;
    index += 1;
    return index < from || index >= from + size;
  });
}
