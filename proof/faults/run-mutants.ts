/** Deliberate defects, each under the fault that should catch it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Mutant, mutants } from "./gateway/mutants.ts";
import type { Verdict } from "./judge.ts";
import { mutantPatienceMs, mutantSpeed } from "./mutants/mutant-run.ts";
import { type SourceMutantName, sourceMutantNames } from "./mutants/source-mutants.ts";
import type { CarrierChoice } from "./page.ts";
import { run } from "./run.ts";
import { allFaults } from "./table/all-faults.ts";

type MutantName = Mutant | SourceMutantName;

/** Which fault shows it, on which carrier. */
export const baits: { readonly [mutant in MutantName]: { fault: string; carrier: CarrierChoice } } = {
  "ack-before-commit": { fault: "4", carrier: "websocket" },
  "every-append-is-new": { fault: "18", carrier: "websocket" },
  "catch-up-hides-a-hole": { fault: "37", carrier: "websocket" },
  "thread-of-everybody": { fault: "27", carrier: "websocket" },
  "trouble-is-success": { fault: "9", carrier: "websocket" },
  "durability-relaxed": { fault: "6", carrier: "websocket" },
  "callback-instead-of-cursor": { fault: "5", carrier: "websocket" },
  "no-unique-id": { fault: "36", carrier: "websocket" },
  "outbox-cleared-on-send": { fault: "19", carrier: "websocket" },
  "ordinals-claimed": { fault: "19", carrier: "websocket" },
  "epoch-ignored": { fault: "11", carrier: "websocket" },
  "adoption-left-out": { fault: "36", carrier: "websocket" },
  "ordinals-may-skip": { fault: "9", carrier: "websocket" },
  "resume-left-out": { fault: "37", carrier: "websocket" },
};
export const mutantNames: readonly MutantName[] = [...mutants, ...sourceMutantNames];

/** What the judge saw of it; empty: nothing. */
export async function caughtAs(name: MutantName, seed: number): Promise<string> {
  const { lost, doubled, reordered, leaked, unacked } = await verdictOn(name, seed);
  const found = Object.entries({ lost, doubled, reordered, leaked, unacked }).filter(([, count]) => count > 0);
  return found.map(([kind]) => kind).join(", ");
}

async function verdictOn(name: MutantName, seed: number): Promise<Verdict> {
  const { fault, carrier } = baits[name];
  const mutant = mutants.find((one) => one === name);
  if (!mutant) return verdictOfPatched(name, [fault, carrier, String(seed)]);
  const faults = allFaults.filter(({ number }) => number === fault);
  const plan = {
    seed,
    carrier,
    database: "sqlite",
    faults,
    mutant,
    speed: mutantSpeed,
    patienceMs: mutantPatienceMs,
  } as const;
  return (await run(plan, null)).verdict;
}

/** In processes of their own: gateway and pages are loaded with the defect. */
async function verdictOfPatched(name: MutantName, words: readonly string[]): Promise<Verdict> {
  const folder = join(import.meta.dirname, "mutants");
  const env = { ...process.env, LAB_MUTANT: name, NODE_OPTIONS: `--import ${join(folder, "patch-sources.ts")}` };
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "mutant-program.ts"), ...words], {
    env,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Verdict;
}

export async function runMutants(json: boolean, print: (text: string) => void): Promise<number> {
  const survivors: MutantName[] = [];
  for (const name of mutantNames) {
    const caught = await caughtAs(name, 1);
    if (caught === "") survivors.push(name);
    print(`${name}: ${caught === "" ? "SURVIVED" : `caught (${caught})`} by fault ${baits[name].fault}`);
  }
  if (json) {
    const result = { mutants: mutantNames.length, caught: mutantNames.length - survivors.length, survivors };
    print(JSON.stringify(result));
  }
  return survivors.length === 0 ? 0 : 1;
}
