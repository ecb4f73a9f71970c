/**
 * What `npm run simulate` does, in small: a fixed set of seeds, the runs that failed once, and a set that is another one with each
 * commit.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keptPlanOf } from "./simulation/kept-plan.ts";
import { makePlan } from "./simulation/plan.ts";
import { run } from "./simulation/run.ts";
import { provesSomething } from "./simulation/simulate-seeds.ts";

const fixedSeeds = 30;
const seedsOfCommit = 30;

/** Runs that failed once, as small as they still failed; and those on which defects are tried, which have to pass without one. */
const regressions = keptIn("regressions");
const baits = keptIn("faults/mutants/plans");

function keptIn(folder: string) {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path).map((file) => ({
    file: `proof/${folder}/${file}`,
    ...keptPlanOf(readFileSync(join(path, file), "utf8")),
  }));
}

/** Without a repository (a download): the fixed ones again would prove nothing, so others. */
function firstSeedOfCommit(): number {
  try {
    const commit = execFileSync("git", ["rev-parse", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
    return 1000 + Number.parseInt(commit.slice(0, 7), 16);
  } catch {
    return 1000;
  }
}

async function holds(seed: number): Promise<void> {
  const outcome = await run(makePlan(seed));
  expect(outcome.violations, `npm run simulate -- --seed ${seed}`).toEqual([]);
  expect(provesSomething(outcome), `seed ${seed} carries too little`).toBe(true);
}

describe("no message lost, none doubled, order kept", () => {
  it.each([...regressions, ...baits])("R1.1 $file: $found", async ({ file, plan }) => {
    const { violations } = await run(plan);
    expect(violations, `npm run simulate -- --plan ${file}`).toEqual([]);
  });
  for (let seed = 100; seed < 100 + fixedSeeds; seed += 1) it(`R1.1 seed ${seed}`, () => holds(seed));
  const first = firstSeedOfCommit();
  for (let seed = first; seed < first + seedsOfCommit; seed += 1)
    it(`R1.1 seed ${seed} of this commit`, () => holds(seed));
});

it("the same seed is the same run, to the last moment", async () => {
  const [one, two] = [await run(makePlan(5), true), await run(makePlan(5), true)];
  expect(one.moments.length).toBeGreaterThan(1000);
  expect(two.moments).toEqual(one.moments);
});
