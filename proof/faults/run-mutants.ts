/** Deliberate defects of the gateway, each under the faults that should catch it. */
import { type Mutant, mutants } from "./gateway/mutants.ts";
import type { CarrierChoice } from "./page.ts";
import { run } from "./run.ts";
import { allFaults } from "./table/all-faults.ts";

/** Which fault shows it, on which carrier. */
export const baits: { readonly [mutant in Mutant]: { fault: string; carrier: CarrierChoice } } = {
  "ack-before-commit": { fault: "4", carrier: "websocket" },
  "every-append-is-new": { fault: "18", carrier: "websocket" },
  "catch-up-hides-a-hole": { fault: "37", carrier: "websocket" },
  "thread-of-everybody": { fault: "27", carrier: "websocket" },
  "trouble-is-success": { fault: "9", carrier: "websocket" },
  "durability-relaxed": { fault: "6", carrier: "websocket" },
};

const mutantSpeed = 5;
/** A defect may show itself by standing still. */
const mutantPatienceMs = 20_000;

/** True: the judge saw it. */
export async function isCaught(mutant: Mutant, seed: number): Promise<boolean> {
  const { fault, carrier } = baits[mutant];
  const faults = allFaults.filter(({ number }) => number === fault);
  const { verdict } = await run(
    { seed, carrier, database: "sqlite", faults, mutant, speed: mutantSpeed, patienceMs: mutantPatienceMs },
    null,
  );
  const { lost, doubled, reordered, leaked, unacked } = verdict;
  return lost + doubled + reordered + leaked + unacked > 0;
}

export async function runMutants(json: boolean, print: (text: string) => void): Promise<number> {
  const survivors: Mutant[] = [];
  for (const mutant of mutants) {
    const caught = await isCaught(mutant, 1);
    if (!caught) survivors.push(mutant);
    print(`${mutant}: ${caught ? "caught" : "SURVIVED"} by fault ${baits[mutant].fault}`);
  }
  if (json) print(JSON.stringify({ mutants: mutants.length, caught: mutants.length - survivors.length, survivors }));
  return survivors.length === 0 ? 0 : 1;
}
