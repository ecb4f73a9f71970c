/** A plan that failed once, as a file: it stays the same run, whatever becomes of the seed that it was made of. */
import type { Plan } from "./plan.ts";

export interface KeptPlan {
  /** What was wrong, for people. */
  readonly found: string;
  readonly plan: Plan;
}

/** JSON with a line for each step. */
export function textOf({ found, plan }: KeptPlan): string {
  const { steps, ...rest } = plan;
  const lines = steps.map((step) => `      ${JSON.stringify(step)}`).join(",\n");
  const head = Object.entries(rest).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  return [
    "{",
    `  "found": ${JSON.stringify(found)},`,
    `  "plan": {`,
    ...head,
    `    "steps": [\n${lines}\n    ]`,
    "  }",
    "}",
    "",
  ].join("\n");
}

export function keptPlanOf(text: string): KeptPlan {
  return JSON.parse(text) as KeptPlan;
}
