/**
 * `npm run faults -- [--seed N] [--runs N] [--times N] [--fault a,b] [--carrier c] [--database URL] [--beside N] [--resume FILE] [--full]
 * [--mutants] [--peers] [--json]`: real gateway, real databases, real sockets, and what goes wrong with them. Without words: every fault with every
 * carrier and database that can meet it, once; `--times`: so often; `--runs`: so many runs of it. `--fault`: numbers of the matrix.
 * `--carrier`: websocket, xhr-streaming, xhr-polling or ladder. `--database`: sqlite, mariadb, or a URL of one that somebody has.
 * `--beside`: so many runs at a time. `--resume`: runs that were well stand in this file and are not run again. `--full`: the pages wait
 * as long as in production, not a fifth of it. `--peers`: Beckon beside the usual stacks, under the faults that all of them can meet.
 * Exit 1 if Beckon's promise broke, or a fault met nothing.
 */
import { parseArgs } from "node:util";
import { readDatabase } from "./faults/database-choice.ts";
import type { CarrierChoice } from "./faults/page.ts";
import { type PeersWish, peerFaultNumbers, runPeers } from "./faults/peers/run-peers.ts";
import { planRuns } from "./faults/plan-runs.ts";
import { runMutants } from "./faults/run-mutants.ts";
import { type RunResult, runPlans } from "./faults/run-plans.ts";
import { allFaults } from "./faults/table/all-faults.ts";
import { allCarriers } from "./faults/table/fault.ts";
import { Totals } from "./faults/totals.ts";
import { wholeNumber } from "./whole-number.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    runs: { type: "string" },
    times: { type: "string" },
    fault: { type: "string" },
    carrier: { type: "string" },
    database: { type: "string" },
    beside: { type: "string" },
    resume: { type: "string" },
    full: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const usage = `npm run faults -- [--seed N] [--runs N] [--times N] [--fault a,b] [--carrier c] [--beside N] [--resume FILE]
                  [--database sqlite|mariadb|sqlite:FILE|mysql://USER@HOST:PORT] [--full] [--mutants] [--json]
                  --peers [--seed N] [--times N] [--fault a,b] [--beside N] [--full] [--json]`;
const shortSpeed = 5;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function chosen<Item extends string>(text: string | undefined, all: readonly Item[], name: string): readonly Item[] {
  if (text === undefined) return all;
  return text.split(",").map((word) => {
    const found = all.find((item) => item === word);
    if (found === undefined) throw new RangeError(`--${name}: ${word} is none of ${all.join(", ")}`);
    return found;
  });
}

function report({ plan, messages, met, verdict, notes = [] }: RunResult): void {
  const { lost, doubled, reordered, leaked, unacked, details } = verdict;
  const faults = met.map(
    ({ fault, hits, inFlight, convergedMs, recovery }) =>
      `${fault} (${hits} hits, ${inFlight} in flight, ${Math.round(convergedMs)} ms${recovery ? `, ${Math.round(recovery.afterDialMs)} after the dial` : ""})`,
  );
  print(`seed ${plan.seed}, ${plan.carrier}, ${plan.database}: ${messages} messages; ${faults.join(", ")}`);
  if (lost + doubled + reordered + leaked + unacked > 0)
    print(`  lost ${lost}, doubled ${doubled}, reordered ${reordered}, leaked ${leaked}, unacked ${unacked}`);
  for (const detail of [...details, ...notes]) print(`  ${detail}`);
}

/** Throws a sentence where a word is wrong. */
function readWish() {
  const database = readDatabase(values.database);
  const numbers = chosen(
    values.fault,
    allFaults.map(({ number }) => number),
    "fault",
  );
  const runs = wholeNumber(values.runs, "runs");
  const beside = wholeNumber(values.beside, "beside") ?? 1;
  if (beside > 1 && database.sqlitePath !== null)
    throw new RangeError("--beside: there is one file, for one run at a time");
  const plans = planRuns({
    seed: wholeNumber(values.seed, "seed") ?? 1,
    ...(runs === undefined ? {} : { runs }),
    times: wholeNumber(values.times, "times") ?? 1,
    faults: allFaults.filter(({ number }) => numbers.includes(number)),
    carriers: chosen<CarrierChoice>(values.carrier, allCarriers, "carrier"),
    database,
    speed: values.full ? 1 : shortSpeed,
  });
  return { plans, options: { beside, serverUrl: database.serverUrl, resumePath: values.resume ?? null } };
}

function readPeersWish(): PeersWish {
  return {
    seed: wholeNumber(values.seed, "seed") ?? 1,
    times: wholeNumber(values.times, "times") ?? 1,
    faults: chosen(values.fault, peerFaultNumbers, "fault"),
    speed: values.full ? 1 : shortSpeed,
    beside: wholeNumber(values.beside, "beside") ?? 1,
    json: values.json,
  };
}

function understood<Wish>(read: () => Wish): Wish | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    print(error.message);
    return null;
  }
}

// However this process ends, the keeper ends what it has started.
async function main(): Promise<number> {
  if (values.help) {
    print(usage);
    return 0;
  }
  if (values.mutants) return runMutants(values.json, print);
  if (values.peers) {
    const peersWish = understood(readPeersWish);
    return peersWish ? runPeers(peersWish, print) : 2;
  }
  const wish = understood(readWish);
  if (!wish) return 2;
  const { plans, options } = wish;
  const totals = new Totals();
  await runPlans(plans, options, (result, again) => {
    totals.add(result);
    if (!again) report(result);
  });
  for (const line of totals.table()) print(line);
  if (values.json) print(JSON.stringify(totals.result));
  return totals.ok ? 0 : 1;
}

process.exitCode = await main();
