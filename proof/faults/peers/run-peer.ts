/** One fault of one system: a peer's pages talk, it strikes, all is well again, and the history is judged by the rules that hold for Beckon. */
import { Stuck } from "../ground.ts";
import type { History } from "../history.ts";
import { judge, type Verdict } from "../judge.ts";
import { type Met, meet, patienceMs, run, withStuck } from "../run.ts";
import { mendLines } from "../table/acts.ts";
import type { Fault } from "../table/fault.ts";
import type { Peer } from "./peer.ts";
import type { PeerFault } from "./peer-faults.ts";
import { PeerWorld } from "./peer-world.ts";

export interface PeerPlan {
  /** Null: Beckon itself. */
  readonly peer: Peer | null;
  readonly fault: PeerFault;
  readonly seed: number;
  readonly speed: number;
}

export interface PeerOutcome {
  readonly messages: number;
  readonly met: Met;
  readonly verdict: Verdict;
  /** Messages that are not in the database. */
  readonly notStored: number;
  /** Messages that are, and are missing on at least one screen. */
  readonly notShown: number;
}

export function runPeer({ peer, fault, seed, speed }: PeerPlan): Promise<PeerOutcome> {
  return peer ? runOther(peer, fault.theirs, seed, speed) : runBeckon(fault.ours, seed, speed);
}

async function runBeckon(fault: Fault, seed: number, speed: number): Promise<PeerOutcome> {
  const shared = { seed, speed, faults: [fault], mutant: null, patienceMs };
  const { messages, met, verdict, history } = await run({ ...shared, carrier: "websocket", database: "sqlite" }, null);
  return { messages, met: met[0] ?? nothingMet(fault.number), verdict, ...lossesOf(history) };
}

async function runOther(peer: Peer, fault: Fault<PeerWorld>, seed: number, speed: number): Promise<PeerOutcome> {
  const world = new PeerWorld({ peer, seed, speed, patienceMs });
  try {
    await world.open();
    const { met, stuck } = await meetPeer(world, fault);
    const history = world.history();
    const verdict = withStuck(judge(history), stuck);
    return { messages: history.written.length, met, verdict, ...lossesOf(history) };
  } finally {
    await world.close();
  }
}

/** Where its pages do not find out by themselves, the trouble ends all the same. */
async function meetPeer(world: PeerWorld, fault: Fault<PeerWorld>): Promise<{ met: Met; stuck: string[] }> {
  const stuck: string[] = [];
  const patiently: Fault<PeerWorld> = {
    ...fault,
    async strike() {
      try {
        return await fault.strike(world);
      } catch (error) {
        if (!(error instanceof Stuck)) throw error;
        stuck.push(error.message);
        return mendLines(world);
      }
    },
  };
  const met = await meet(world, patiently, () => world.converge());
  if (met.convergedMs < 0) stuck.push("pages that do not hear each other any more");
  return { met, stuck };
}

function lossesOf(history: History): Pick<PeerOutcome, "notStored" | "notShown"> {
  const missed = new Set<string>();
  for (const { log, events } of history.stored)
    for (const screen of history.screens.filter((one) => one.log === log)) {
      const shown = new Set(screen.ids);
      for (const { seq, id } of events) if (seq >= screen.from && !shown.has(id)) missed.add(`${log} ${id}`);
    }
  return { notStored: judge({ ...history, screens: [] }).lost, notShown: missed.size };
}

function nothingMet(fault: string): Met {
  return { fault, hits: 0, inFlight: 0, convergedMs: -1 };
}
