/** Deliberate defects, each under the fault that should catch it. */
import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type Mutant, mutants } from "./gateway/mutants.ts";
import type { Verdict } from "./judge.ts";
import { mutantPatienceMs, mutantSpeed } from "./mutants/mutant-run.ts";
import { type SourceMutantName, sourceMutantNames } from "./mutants/source-mutants.ts";
import type { CarrierChoice } from "./page.ts";
import { run } from "./run.ts";
import { allFaults } from "./table/all-faults.ts";

type MutantName = Mutant | SourceMutantName;

/** What shows it: a fault of the laboratory on a carrier; or the simulation, with a plan from a file or its first so many seeds. */
type Bait =
  | { readonly fault: string; readonly carrier: CarrierChoice }
  | { readonly plan: string }
  | { readonly seeds: number };

const plans = join(import.meta.dirname, "mutants", "plans");
const regressions = join(import.meta.dirname, "..", "regressions");

const baits: { readonly [mutant in MutantName]: Bait } = {
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
  "ordinals-left-out": { fault: "18", carrier: "websocket" },
  "ordinals-may-skip": { seeds: 20 },
  // Two gateways over one database, each of which remembers what it has stored.
  "no-unique-key": { seeds: 20 },
  "gap-not-fetched": { plan: join(regressions, "last-words-lost-by-one-device.json") },
  "heads-left-out": { plan: join(regressions, "last-words-lost-by-one-device.json") },
  "backoff-reset-on-open": { plan: join(plans, "opens-and-dies.json") },
  "fencing-off": { plan: join(plans, "copied-page.json") },
};
export const mutantNames: readonly MutantName[] = [...mutants, ...sourceMutantNames];

/** What the judge or the simulation saw of it; empty: nothing. */
export async function caughtAs(name: MutantName, seed: number): Promise<string> {
  const bait = baits[name];
  if ("fault" in bait) return kindsOf(await verdictOn(name, bait.fault, bait.carrier, seed));
  const rules = await answerOfPatched(name, "simulated-mutant.ts", ["plan" in bait ? bait.plan : String(bait.seeds)]);
  return (rules as string[]).join(", ");
}

function kindsOf({ lost, doubled, reordered, leaked, unacked }: Verdict): string {
  const found = Object.entries({ lost, doubled, reordered, leaked, unacked }).filter(([, count]) => count > 0);
  return found.map(([kind]) => kind).join(", ");
}

async function verdictOn(name: MutantName, fault: string, carrier: CarrierChoice, seed: number): Promise<Verdict> {
  const mutant = mutants.find((one) => one === name);
  if (!mutant) return (await answerOfPatched(name, "mutant-program.ts", [fault, carrier, String(seed)])) as Verdict;
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

/** The last line of a program that runs, with all that it starts, with the defect. */
async function answerOfPatched(name: MutantName, program: string, words: readonly string[]): Promise<unknown> {
  const folder = join(import.meta.dirname, "mutants");
  const env = { ...process.env, LAB_MUTANT: name, NODE_OPTIONS: `--import ${join(folder, "patch-sources.ts")}` };
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, program), ...words], { env });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

function nameOf(bait: Bait): string {
  if ("fault" in bait) return `fault ${bait.fault}`;
  return "plan" in bait ? `the simulation, ${basename(bait.plan, ".json")}` : "the simulation, its first seeds";
}

export async function runMutants(json: boolean, print: (text: string) => void): Promise<number> {
  const survivors: MutantName[] = [];
  for (const name of mutantNames) {
    const caught = await caughtAs(name, 1);
    if (caught === "") survivors.push(name);
    print(`${name}: ${caught === "" ? "SURVIVED" : `caught (${caught})`} by ${nameOf(baits[name])}`);
  }
  if (json) {
    const result = { mutants: mutantNames.length, caught: mutantNames.length - survivors.length, survivors };
    print(JSON.stringify(result));
  }
  return survivors.length === 0 ? 0 : 1;
}
