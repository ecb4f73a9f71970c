/**
 * `npm run faults -- [--seed N] [--runs N] [--fault a,b] [--carrier c] [--database URL] [--full] [--mutants] [--json]`: real gateway, real
 * databases, real sockets, and what goes wrong with them. Without words: every fault with every carrier and database that can meet it,
 * once. `--fault`: numbers of the matrix. `--carrier`: websocket, xhr-streaming, xhr-polling or ladder. `--database`: sqlite or mariadb.
 * `--full`: the pages wait as long as in production, not a fifth of it. Exit 1 if the promise broke, or a fault met nothing.
 */
import { parseArgs } from "node:util";
import { type DatabaseChoice, LabServer } from "./faults/database.ts";
import type { CarrierChoice } from "./faults/page.ts";
import { planRuns } from "./faults/plan-runs.ts";
import { type RunOutcome, run } from "./faults/run.ts";
import { runMutants } from "./faults/run-mutants.ts";
import { allFaults } from "./faults/table/all-faults.ts";
import { allCarriers, bothDatabases } from "./faults/table/fault.ts";
import { Totals } from "./faults/totals.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    runs: { type: "string" },
    fault: { type: "string" },
    carrier: { type: "string" },
    database: { type: "string" },
    full: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const usage =
  "npm run faults -- [--seed N] [--runs N] [--fault a,b] [--carrier c] [--database sqlite|mariadb] [--full] [--mutants] [--json]";
const shortSpeed = 5;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`--${name} is a whole number from 1 on`);
  return value;
}

function chosen<Item extends string>(text: string | undefined, all: readonly Item[], name: string): readonly Item[] {
  if (text === undefined) return all;
  return text.split(",").map((word) => {
    const found = all.find((item) => item === word);
    if (found === undefined) throw new RangeError(`--${name}: ${word} is none of ${all.join(", ")}`);
    return found;
  });
}

function report({ plan, messages, met, verdict }: RunOutcome): void {
  const { lost, doubled, reordered, leaked, unacked, details } = verdict;
  const faults = met.map(
    ({ fault, hits, inFlight, convergedMs }) =>
      `${fault} (${hits} hits, ${inFlight} in flight, ${Math.round(convergedMs)} ms)`,
  );
  print(`seed ${plan.seed}, ${plan.carrier}, ${plan.database}: ${messages} messages; ${faults.join(", ")}`);
  if (lost + doubled + reordered + leaked + unacked > 0)
    print(`  lost ${lost}, doubled ${doubled}, reordered ${reordered}, leaked ${leaked}, unacked ${unacked}`);
  for (const detail of details) print(`  ${detail}`);
}

async function main(): Promise<number> {
  if (values.help) {
    print(usage);
    return 0;
  }
  const server = new LabServer();
  // However this process ends, the keeper ends what it has started.
  try {
    if (values.mutants) return await runMutants(values.json, server, print);
    const numbers = chosen(
      values.fault,
      allFaults.map(({ number }) => number),
      "fault",
    );
    const runs = wholeNumber(values.runs, "runs");
    const plans = planRuns({
      seed: wholeNumber(values.seed, "seed") ?? 1,
      ...(runs === undefined ? {} : { runs }),
      faults: allFaults.filter(({ number }) => numbers.includes(number)),
      carriers: chosen<CarrierChoice>(values.carrier, allCarriers, "carrier"),
      databases: chosen<DatabaseChoice>(values.database, bothDatabases, "database"),
      speed: values.full ? 1 : shortSpeed,
    });
    if (plans.some(({ database }) => database === "mariadb")) await server.start();
    const totals = new Totals();
    for (const plan of plans) {
      const outcome = await run(plan, server);
      report(outcome);
      totals.add(outcome);
    }
    for (const line of totals.table()) print(line);
    if (values.json) print(JSON.stringify(totals.result));
    return totals.ok ? 0 : 1;
  } finally {
    await server.remove();
  }
}

process.exitCode = await main();
