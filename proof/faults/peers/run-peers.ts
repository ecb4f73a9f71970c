/** `npm run faults -- --peers`: Beckon and the usual stacks, each under each fault, from the same seeds. */
import { allPeers } from "./all-peers.ts";
import type { Peer } from "./peer.ts";
import { peerFaults } from "./peer-faults.ts";
import { PeersTable, textOf } from "./peers-table.ts";
import { type PeerPlan, runPeer } from "./run-peer.ts";

export interface PeersWish {
  readonly seed: number;
  readonly times: number;
  /** Numbers. */
  readonly faults: readonly string[];
  readonly speed: number;
  readonly beside: number;
  readonly json: boolean;
}

export const peerFaultNumbers: readonly string[] = peerFaults.map(({ number }) => number);

const beckon = "Beckon";
const systems: readonly (Peer | null)[] = [null, ...allPeers];
const nameOf = (peer: Peer | null): string => peer?.name ?? beckon;

/** Returns the exit code: 1 where Beckon broke its promise or a fault has met nothing. What the others do is no failure. */
export async function runPeers(wish: PeersWish, print: (text: string) => void): Promise<number> {
  const table = new PeersTable();
  const left = plansOf(wish);
  const lane = async (): Promise<void> => {
    for (let plan = left.shift(); plan; plan = left.shift()) {
      const outcome = await runPeer(plan);
      const { messages, met, verdict } = outcome;
      table.add(nameOf(plan.peer), outcome);
      const cell = new PeersTable().add(nameOf(plan.peer), outcome);
      const spent = `${messages} messages, ${met.hits} hits, ${met.inFlight} in flight, ${Math.round(met.convergedMs)} ms`;
      print(`${plan.fault.number.padEnd(3)} ${nameOf(plan.peer).padEnd(18)} ${textOf(cell)} (${spent})`);
      for (const detail of verdict.details.filter((text) => text.startsWith("did not converge"))) print(`  ${detail}`);
    }
  };
  await Promise.all(Array.from({ length: wish.beside }, lane));
  print("");
  for (const line of table.lines(peerFaults, systems.map(nameOf))) print(line);
  if (wish.json) print(JSON.stringify(table.result));
  return table.isWell(beckon) ? 0 : 1;
}

function plansOf({ seed, times, faults, speed }: PeersWish): PeerPlan[] {
  const wanted = peerFaults.filter(({ number }) => faults.includes(number));
  const plans: PeerPlan[] = [];
  for (let pass = 0; pass < times; pass += 1)
    for (const fault of wanted) for (const peer of systems) plans.push({ peer, fault, seed: seed + pass, speed });
  return plans;
}
