/** One run: a plan is carried out, the world heals, converges, and is checked. */
import { check, notYet, storedLogs } from "./checker.ts";
import type { Coverage } from "./coverage.ts";
import { installation } from "./installation.ts";
import type { Plan, Step } from "./plan.ts";
import type { Moment, Violation, Written } from "./recorder.ts";
import { act } from "./scripts.ts";
import { heal, strike } from "./trouble.ts";
import { World } from "./world.ts";

export interface Outcome {
  readonly seed: number;
  readonly messages: number;
  readonly acked: number;
  readonly excused: number;
  readonly faults: number;
  /** Faults that met no message on its way. */
  readonly missed: number;
  readonly virtualMs: number;
  readonly convergedMs: number;
  readonly violations: readonly Violation[];
  readonly coverage: Coverage;
  readonly written: ReadonlyMap<string, Written>;
  readonly moments: readonly Moment[];
}

/** Within so long after everything is well again, all is where it belongs. */
export const convergeWithinMs = 120_000;
const lookEveryMs = 1000;
const backupEveryMs = 300_000;

export async function run(plan: Plan, tracing = false): Promise<Outcome> {
  const world = await World.open(await installation(), plan.seed, tracing);
  const tally = { faults: 0, missed: 0 };
  keepCopies(world);
  for (const step of plan.steps) {
    await world.time.pass(Math.max(0, step.atMs - world.time.nowMs));
    take(world, step, tally);
  }
  await world.time.pass(Math.max(0, plan.lengthMs - world.time.nowMs));
  heal(world);
  const convergedMs = await converge(world);
  const logs = await storedLogs(world);
  for (const log of notYet(world, logs)) world.recorder.violated("I5", log);
  check(world, logs);
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

function take(world: World, step: Step, tally: { faults: number; missed: number }): void {
  if ("act" in step) return act(world, step.act);
  tally.faults += 1;
  if (world.recorder.open.size === 0) tally.missed += 1;
  strike(world, step.fault);
}

/** Backups of the database and copies of the disks, now and then. */
function keepCopies(world: World): void {
  const copy = (): void => {
    for (const browser of world.browsers.values()) browser.copyDisk();
    void world.database.backup().then((backup) => {
      world.backups.push({ atMs: world.time.nowMs, backup });
      if (world.backups.length > 3) world.backups.shift();
    });
    world.time.disturb();
    world.time.clock.after(backupEveryMs, copy);
  };
  copy();
}

/** Returns after how long; never more than the limit. */
async function converge(world: World): Promise<number> {
  const healedAt = world.time.nowMs;
  for (;;) {
    const logs = await storedLogs(world);
    for (const tab of world.living()) {
      if (tab.browser.person.role === "visitor") tab.open("current");
      else for (const { address } of logs) if (!tab.opened.has(address)) tab.open(address);
    }
    const takenMs = world.time.nowMs - healedAt;
    if (notYet(world, logs).length === 0 || takenMs >= convergeWithinMs) return takenMs;
    await world.time.pass(lookEveryMs);
  }
}
