/** What a seed makes happen: who says what when, and what goes wrong. Plain data, so that it can be made smaller and printed. */
import { createSeededRandom, type SeededRandom } from "../../protocol/testing/seeded-random.ts";
import { isAgent, tabNames } from "./cast.ts";
import type { Fault } from "./faults.ts";
import { randomFault } from "./random-fault.ts";

export type Act =
  | {
      readonly do: "say";
      readonly tab: string;
      readonly count: number;
      readonly letters: number;
      readonly staff: boolean;
    }
  | { readonly do: "fidget"; readonly tab: string; readonly what: Fidget };
/** What people do besides: frames that are lost when they are lost, and questions. */
export type Fidget = (typeof fidgets)[number];
export const fidgets = [
  "type",
  "page",
  "event",
  "set",
  "older",
  "read",
  "watch",
  "unwatch",
  "status",
  "take",
  "close",
  "edit",
  "subscribe",
  "wake",
  "identify",
] as const;

export type Step = { readonly atMs: number } & ({ readonly act: Act } | { readonly fault: Fault });

export interface Plan {
  readonly seed: number;
  readonly lengthMs: number;
  readonly steps: readonly Step[];
}

export const hourMs = 3_600_000;
const episodes = 22;
/** Between what people say and what goes wrong. */
const mostLeadMs = 120;

export function makePlan(seed: number, lengthMs = hourMs): Plan {
  const random = createSeededRandom(seed);
  const steps: Step[] = [
    { atMs: 500, act: say(random, "v1a1") },
    { atMs: 900, act: say(random, "v2a1") },
  ];
  for (let episode = 0; episode < episodes; episode += 1) steps.push(...makeEpisode(random, lengthMs));
  return { seed, lengthMs, steps: steps.sort((a, b) => a.atMs - b.atMs) };
}

/** Some people talk, and something goes wrong in the middle of it, often something else too. */
function makeEpisode(random: SeededRandom, lengthMs: number): Step[] {
  const startsAt = 5000 + random.below(lengthMs - 10_000);
  const steps: Step[] = [];
  const fault = randomFault(random);
  const people = new Set<string>([
    ...("tab" in fault ? [fault.tab] : []),
    random.pick(tabNames),
    random.pick(tabNames),
  ]);
  for (const tab of people) {
    steps.push({ atMs: startsAt + random.below(60), act: say(random, tab) });
    if (random.chance(0.5)) steps.push({ atMs: startsAt + random.below(4000), act: say(random, tab) });
    if (random.chance(0.5))
      steps.push({ atMs: startsAt + random.below(2000), act: { do: "fidget", tab, what: random.pick(fidgets) } });
  }
  steps.push({ atMs: startsAt + random.below(mostLeadMs), fault });
  if (random.chance(0.25)) steps.push({ atMs: startsAt + random.below(8000), fault: randomFault(random) });
  return steps;
}

function say(random: SeededRandom, tab: string): Act {
  const staff = isAgent(tab) && random.chance(0.35);
  return { do: "say", tab, count: 1 + random.below(6), letters: random.chance(0.05) ? 4000 : 10, staff };
}
