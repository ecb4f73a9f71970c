/** Which runs there are: every fault with every carrier and database that can meet it, some in one run, in an order that the seed gives. */
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { DatabaseChoice } from "./database.ts";
import type { CarrierChoice } from "./page.ts";
import { patienceMs, type RunPlan } from "./run.ts";
import { allCarriers, bothDatabases, type Fault } from "./table/fault.ts";

export interface Wish {
  readonly seed: number;
  /** Absent: one pass through the matrix. */
  readonly runs?: number;
  readonly faults: readonly Fault[];
  readonly carriers: readonly CarrierChoice[];
  readonly databases: readonly DatabaseChoice[];
  readonly speed: number;
}

const faultsInARun = 5;

export function planRuns(wish: Wish): RunPlan[] {
  const plans: RunPlan[] = [];
  const { fraction } = createSeededRandom(wish.seed);
  for (let pass = 0; plans.length < (wish.runs ?? 1) && pass < (wish.runs ?? 1); pass += 1) {
    plans.push(...shuffled(onePass(wish, wish.seed + pass * 1000, fraction), fraction));
  }
  return wish.runs === undefined ? plans : plans.slice(0, wish.runs);
}

function onePass(wish: Wish, seed: number, fraction: () => number): RunPlan[] {
  const plans: RunPlan[] = [];
  for (const database of bothDatabases.filter((one) => wish.databases.includes(one))) {
    for (const carrier of allCarriers.filter((one) => wish.carriers.includes(one))) {
      const able = shuffled(
        wish.faults.filter((fault) => fault.carriers.includes(carrier) && fault.databases.includes(database)),
        fraction,
      );
      for (let first = 0; first < able.length; first += faultsInARun) {
        const faults = able.slice(first, first + faultsInARun);
        plans.push({
          seed: seed + plans.length,
          carrier,
          database,
          faults,
          mutant: null,
          speed: wish.speed,
          patienceMs,
        });
      }
    }
  }
  return plans;
}

function shuffled<Item>(items: readonly Item[], fraction: () => number): Item[] {
  const left = [...items];
  const result: Item[] = [];
  while (left.length > 0) result.push(...left.splice(Math.floor(fraction() * left.length), 1));
  return result;
}
