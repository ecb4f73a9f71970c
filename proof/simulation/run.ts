/** One run: a plan is carried out, the world heals, converges, and is checked. */
import { isAgent } from "./cast.ts";
import { check, notYet, readTruth } from "./checker.ts";
import type { Coverage } from "./coverage.ts";
import type { Fault } from "./faults.ts";
import { installation } from "./installation.ts";
import type { Plan, Step } from "./plan.ts";
import type { Moment, Violation, Written } from "./recorder.ts";
import { act } from "./scripts.ts";
import { bringTraffic, canHit, hitsTraffic } from "./traffic.ts";
import { heal, strike } from "./trouble.ts";
import { World } from "./world.ts";

export interface Outcome {
  readonly seed: number;
  readonly messages: number;
  readonly acked: number;
  readonly excused: number;
  /** That met a message on its way. */
  readonly faults: number;
  readonly virtualMs: number;
  readonly convergedMs: number;
  readonly violations: readonly Violation[];
  readonly coverage: Coverage;
  readonly written: ReadonlyMap<string, Written>;
  readonly moments: readonly Moment[];
}

interface Tally {
  faults: number;
}

/** A run with less proves nothing. */
export const fewestMessages = 200;
export const fewestFaults = 20;

/** Within so long after everything is well again, all is where it belongs. */
export const convergeWithinMs = 120_000;
const lookEveryMs = 1000;
/** A fault waits so long for something to be on its way, one after the other. The first one is shorter than any message takes. */
const leadsMs = [2, 1000, 5000];

export async function run(plan: Plan, tracing = false): Promise<Outcome> {
  const world = await World.open(await installation(), plan.seed, plan.present, tracing);
  const tally: Tally = { faults: 0 };
  for (const step of plan.steps) {
    await world.time.pass(Math.max(0, step.atMs - world.time.nowMs));
    take(world, step, tally);
  }
  await world.time.pass(Math.max(0, plan.lengthMs - world.time.nowMs));
  heal(world);
  const convergedMs = await converge(world);
  const truth = await world.time.until(readTruth(world));
  for (const { detail, id } of notYet(world, truth)) world.recorder.violated("I5", detail, id);
  await world.time.until(check(world, truth));
  const { recorder, coverage, time } = world;
  const virtualMs = time.nowMs;
  for (const tab of world.living()) tab.die(true);
  for (const gateway of world.gateways) gateway.kill(true);
  await time.settle();
  const all = [...recorder.written.values()];
  return {
    seed: plan.seed,
    messages: all.length,
    acked: all.filter(({ ackedAtMs }) => ackedAtMs >= 0).length,
    excused: all.filter(({ excuse }) => excuse).length,
    ...tally,
    virtualMs,
    convergedMs,
    violations: recorder.violations,
    coverage,
    written: recorder.written,
    moments: recorder.moments,
  };
}

function take(world: World, step: Step, tally: Tally): void {
  if (step.spare && world.recorder.written.size >= fewestMessages && tally.faults >= fewestFaults) return;
  if ("act" in step) return act(world, step.act);
  hit(world, step.fault, tally, leadsMs);
}

/** A fault strikes when something is on its way there: one that meets nothing would prove nothing. */
function hit(world: World, fault: Fault, tally: Tally, leads: readonly number[]): void {
  if (hitsTraffic(world, fault) || fault.kind === "die-when") {
    if (!canHit(world, fault)) return;
    return strike(world, fault, () => {
      tally.faults += 1;
    });
  }
  const [lead, ...later] = leads;
  if (lead === undefined) return;
  bringTraffic(world, fault);
  world.time.clock.after(lead, () => hit(world, fault, tally, later));
}

/** Everybody opens what is theirs. Returns after how long all see it; never more than the limit. */
async function converge(world: World): Promise<number> {
  const healedAt = world.time.nowMs;
  for (;;) {
    const truth = await world.time.until(readTruth(world));
    for (const tab of world.living()) {
      const addresses = isAgent(tab.name) ? truth.logs.map(({ address }) => address) : ["current"];
      for (const address of addresses) if (!tab.opened.has(address)) tab.open(address);
    }
    const takenMs = world.time.nowMs - healedAt;
    if (notYet(world, truth).length === 0 || takenMs >= convergeWithinMs) return takenMs;
    await world.time.pass(lookEveryMs);
  }
}
