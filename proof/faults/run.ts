/** One run: people talk, faults strike one after another, all is well again, and the history is judged. */

import { gather, missing } from "./gather-history.ts";
import { type Ground, Stuck } from "./ground.ts";
import type { History } from "./history.ts";
import { judge, type Verdict } from "./judge.ts";
import { type Recovery, RecoveryWatch } from "./recovery.ts";
import type { Fault } from "./table/fault.ts";
import { World, type WorldOptions } from "./world.ts";

export interface RunPlan extends Omit<WorldOptions, "server" | "failsInStorage"> {
  readonly faults: readonly Fault[];
}

/** What a fault met. */
export interface Met {
  readonly fault: string;
  /** Things that it hit: connections, bytes, processes, answers. */
  readonly hits: number;
  /** Messages on their way when it struck, or written while it lasted. */
  readonly inFlight: number;
  /** From its end until everybody had everything, ms. */
  readonly convergedMs: number;
  /** Of Beckon's own pages, where they converged. */
  readonly recovery?: Recovery;
}

export interface RunOutcome {
  readonly plan: RunPlan;
  readonly messages: number;
  readonly met: readonly Met[];
  readonly verdict: Verdict;
  /** What faults had to say, for people. */
  readonly notes: readonly string[];
  /** Kept for tests of the judge. */
  readonly history: History;
}

export const patienceMs = 120_000;
const calmMessages = 10;

export async function run(plan: RunPlan, server: WorldOptions["server"]): Promise<RunOutcome> {
  const world = new World({ ...plan, server, failsInStorage: plan.faults.some((fault) => fault.failsInStorage) });
  try {
    await world.open();
    const met: Met[] = [];
    const stuck = await meetAll(world, plan.faults, met);
    const history = await gather(world);
    const verdict = withStuck(judge(history), stuck);
    return { plan, messages: history.written.length, met, history, verdict, notes: world.notes };
  } finally {
    await world.close();
  }
}

/** Returns what did not happen. */
async function meetAll(world: World, faults: readonly Fault[], met: Met[]): Promise<string[]> {
  try {
    for (const fault of faults) {
      const recoveries: Recovery[] = [];
      const one = await meet(world, fault, () => converge(world, (recovery) => recoveries.push(recovery)));
      met.push({ ...one, ...(recoveries[0] && { recovery: recoveries[0] }) });
      if (one.convergedMs < 0) return await missing(world);
    }
    return [];
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    return [error.message, ...(await missing(world))];
  } finally {
    world.quiet();
  }
}

/** Who does not converge holds something back. */
export function withStuck(verdict: Verdict, stuck: readonly string[]): Verdict {
  if (stuck.length === 0) return verdict;
  const details = [...verdict.details, ...stuck.map((one) => `did not converge: ${one}`)];
  return { ...verdict, unacked: Math.max(verdict.unacked, 1), details };
}

/** `converges`: see {@link Met.convergedMs}. */
export async function meet<Place extends Ground>(
  world: Place,
  fault: Fault<Place>,
  converges: () => Promise<number>,
): Promise<Met> {
  world.talk();
  await world.acked(calmMessages);
  const before = world.recorder.written.size;
  const open = world.recorder.open.size;
  const hits = await fault.strike(world);
  const inFlight = open + world.recorder.written.size - before;
  world.quiet();
  return { fault: fault.number, hits, inFlight, convergedMs: await converges() };
}

/** -1: it did not. */
async function converge(world: World, recovered: (recovery: Recovery) => void): Promise<number> {
  const startedAt = performance.now();
  const watch = new RecoveryWatch(world.living(), world.recorder, world.options.speed);
  while (performance.now() - startedAt < world.options.patienceMs) {
    if ((await missing(world)).length === 0) {
      recovered(watch.end());
      return performance.now() - startedAt;
    }
    await world.lasts(20);
  }
  return -1;
}
