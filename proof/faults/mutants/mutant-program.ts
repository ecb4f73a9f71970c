/** One run in a process whose product has a defect: FAULT CARRIER SEED. Its last line is the verdict. */
import type { CarrierChoice } from "../page.ts";
import { run } from "../run.ts";
import { allFaults } from "../table/all-faults.ts";
import { mutantPatienceMs, mutantSpeed } from "./mutant-run.ts";

const [fault, carrier, seed] = process.argv.slice(2);
const { verdict } = await run(
  {
    seed: Number(seed),
    carrier: carrier as CarrierChoice,
    database: "sqlite",
    faults: allFaults.filter(({ number }) => number === fault),
    mutant: null,
    speed: mutantSpeed,
    patienceMs: mutantPatienceMs,
  },
  null,
);
process.stdout.write(`${JSON.stringify(verdict)}\n`);
process.exit(0);
