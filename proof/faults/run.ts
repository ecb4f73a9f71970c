/** One run: people talk, faults strike one after another, all is well again, and the history is judged. */

import { gather, missing } from "./gather-history.ts";
import type { History } from "./history.ts";
import { judge, type Verdict } from "./judge.ts";
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
}

export interface RunOutcome {
  readonly plan: RunPlan;
  readonly messages: number;
  readonly met: readonly Met[];
  readonly verdict: Verdict;
  /** Kept for tests of the judge. */
  readonly history: History;
}

/** Nothing that lives may need longer than this, however slow the machine. */
const convergeWithinMs = 120_000;
const calmMessages = 10;

export async function run(plan: RunPlan, server: WorldOptions["server"]): Promise<RunOutcome> {
  const world = new World({ ...plan, server, failsInStorage: plan.faults.some((fault) => fault.failsInStorage) });
  try {
    await world.open();
    const met: Met[] = [];
    for (const fault of plan.faults) {
      const one = await meet(world, fault);
      met.push(one);
      if (one.convergedMs < 0) break;
    }
    const history = await gather(world);
    const late = met.some(({ convergedMs }) => convergedMs < 0) ? await missing(world) : [];
    const verdict = judge(history);
    const { lost, doubled, reordered, leaked, unacked, details } = verdict;
    const stuck = late.length > 0 ? 1 : 0;
    return {
      plan,
      messages: history.written.length,
      met,
      history,
      verdict: {
        lost,
        doubled,
        reordered,
        leaked,
        unacked: unacked + (unacked === 0 ? stuck : 0),
        details: [...details, ...late.map((one) => `did not converge: ${one}`)],
      },
    };
  } finally {
    await world.close();
  }
}

async function meet(world: World, fault: Fault): Promise<Met> {
  world.talk();
  await world.acked(calmMessages);
  const before = world.recorder.written.size;
  const open = world.recorder.open.size;
  const hits = await fault.strike(world);
  const inFlight = open + world.recorder.written.size - before;
  world.quiet();
  return { fault: fault.number, hits, inFlight, convergedMs: await converge(world) };
}

/** -1: it did not. */
async function converge(world: World): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < convergeWithinMs) {
    if ((await missing(world)).length === 0) return performance.now() - startedAt;
    await world.until(() => false, 20);
  }
  return -1;
}
