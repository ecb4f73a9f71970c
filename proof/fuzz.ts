/**
 * `npm run fuzz -- [--frames N] [--seed N] [--lanes N] [--json]`: strangers say a million frames to a gateway that serves others: broken ones,
 * forged ones, in any order, as visitors, agents and nobody. Exit 1 if it fell, leaked, grew, told too much, or a neighbour missed anything.
 */
import { parseArgs } from "node:util";
import { slope } from "../loadtest/harness/slope.ts";
import { type FuzzResult, runFuzz } from "./fuzz/run-fuzz.ts";
import { inWords } from "./fuzz/witness.ts";
import { wholeNumber } from "./whole-number.ts";

const { values } = parseArgs({
  options: {
    frames: { type: "string" },
    seed: { type: "string" },
    lanes: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const defaultFrames = 1_000_000;
const looks = 9;
const settleMs = 5000;
/** Of the heap after a collection, and of resident memory: last third to middle third, and the end to the first look. */
const maxSlope = 1.05;
const maxGrowth = 1.25;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function growths({ memory }: FuzzResult): string[] {
  const figures = { heap: memory.map(({ heap }) => heap), "resident memory": memory.map(({ resident }) => resident) };
  return Object.entries(figures).flatMap(([name, bytes]) => {
    const growth = (bytes.at(-1) ?? 0) / (bytes[0] ?? 1);
    print(
      `${name}: ${slope(bytes).toFixed(3)}x from the middle to the last third, ${growth.toFixed(3)}x from the first look to the last`,
    );
    return slope(bytes) > maxSlope || growth > maxGrowth ? [`${name} grew with the frames`] : [];
  });
}

function report(result: FuzzResult): readonly string[] {
  const { witness, log } = result;
  print(
    `${result.frames.toLocaleString("en")} frames looked at, of ${witness.connections.toLocaleString("en")} connections`,
  );
  print(`refused: ${inWords(witness.refusals)}`);
  print(`closed with: ${inWords(witness.closed)}`);
  print(`statuses of posts and polls: ${inWords(witness.statuses)}`);
  print(
    `flood from one address: ${result.floodRefused} told to come later; slow headers still held: ${result.slowHeadersHeld}`,
  );
  print(`log: ${log.lines} lines (${inWords(log.events)})`);
  const faults = [...result.faults, ...growths(result)];
  print(
    `neighbours: ${result.neighbourMessages} messages, ${result.faults.length === 0 ? "each shown once, in order" : "see below"}`,
  );
  for (const fault of faults) print(`FAULT ${fault}`);
  return faults;
}

async function main(): Promise<number> {
  // Ctrl-C: enough for now.
  const enough = new AbortController();
  process.once("SIGINT", () => enough.abort());
  const plan = {
    signal: enough.signal,
    seed: wholeNumber(values.seed, "seed") ?? 1,
    frames: wholeNumber(values.frames, "frames") ?? defaultFrames,
    lanes: wholeNumber(values.lanes, "lanes") ?? 24,
    looks,
    settleMs,
    progress: print,
  };
  const result = await runFuzz(plan);
  const faults = report(result);
  const { frames, neighbourMessages, witness } = result;
  const summary = { seed: plan.seed, frames, connections: witness.connections, neighbourMessages, faults };
  if (values.json) print(JSON.stringify(summary));
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = await main();
