/** Which runs there are: every fault with every carrier and database that can meet it, some in one run, in an order that the seed gives. */
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { DatabaseWish } from "./database-choice.ts";
import type { CarrierChoice } from "./page.ts";
import { patienceMs, type RunPlan } from "./run.ts";
import { allCarriers, bothDatabases, type Fault } from "./table/fault.ts";

export interface Wish {
  readonly seed: number;
  /** So many runs. Absent: as many as `times` needs. */
  readonly runs?: number;
  /** How often each fault is met with each carrier and database. */
  readonly times: number;
  readonly faults: readonly Fault[];
  readonly carriers: readonly CarrierChoice[];
  readonly database: DatabaseWish;
  readonly speed: number;
}

const faultsInARun = 5;
/** Seeds of one pass; the next pass has others. */
const seedsInAPass = 1000;

export function planRuns(wish: Wish): RunPlan[] {
  const plans: RunPlan[] = [];
  const { fraction } = createSeededRandom(wish.seed);
  const enough = (pass: number): boolean => (wish.runs === undefined ? pass >= wish.times : plans.length >= wish.runs);
  for (let pass = 0; !enough(pass); pass += 1) {
    const more = onePass(wish, wish.seed + pass * seedsInAPass, fraction);
    if (more.length === 0) throw new RangeError("no such fault with such a carrier and database");
    plans.push(...shuffled(more, fraction));
  }
  return plans.slice(0, wish.runs);
}

function onePass({ faults, carriers, database, speed }: Wish, seed: number, fraction: () => number): RunPlan[] {
  const plans: RunPlan[] = [];
  const { sqlitePath, serverUrl } = database;
  for (const choice of bothDatabases.filter((one) => database.choices.includes(one))) {
    for (const carrier of allCarriers.filter((one) => carriers.includes(one))) {
      const able = faults.filter(
        (fault) =>
          fault.carriers.includes(carrier) &&
          fault.databases.includes(choice) &&
          !(fault.needsOwnServer && serverUrl !== null),
      );
      const mixed = shuffled(able, fraction);
      for (let first = 0; first < mixed.length; first += faultsInARun) {
        plans.push({
          seed: seed + plans.length,
          carrier,
          database: choice,
          ...(sqlitePath === null ? {} : { sqlitePath }),
          faults: mixed.slice(first, first + faultsInARun),
          mutant: null,
          speed,
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
