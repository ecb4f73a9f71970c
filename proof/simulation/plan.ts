/** What a seed makes happen: who says what when, and what goes wrong. Plain data, so that it can be made smaller and printed. */
import { createSeededRandom, type SeededRandom } from "../../protocol/testing/seeded-random.ts";
import { isAgent, stranger, tabNames } from "./cast.ts";
import type { Place } from "./coverage.ts";
import type { Fault } from "./faults.ts";
import { knownPlaces } from "./places.ts";
import { randomFault } from "./random-fault.ts";

export type Act =
  | {
      readonly do: "say";
      readonly tab: string;
      readonly count: number;
      readonly letters: number;
      readonly staff: boolean;
    }
  | { readonly do: "fidget"; readonly tab: string; readonly what: Fidget }
  /** A copy of the database, or of all disks. */
  | { readonly do: "back-up" }
  | { readonly do: "copy-disks" };
/** What people do besides: frames that are lost when they are lost, and questions. */
export type Fidget = (typeof fidgets)[number];
const fidgets = [
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
  "pry",
] as const;

export type Step = {
  readonly atMs: number;
  /** Only while the run has too few messages or faults to count. */
  readonly spare?: true;
} & ({ readonly act: Act } | { readonly fault: Fault });

export interface Plan {
  readonly seed: number;
  readonly lengthMs: number;
  /** Tabs that are there from the beginning. */
  readonly present: readonly string[];
  readonly steps: readonly Step[];
}

export const hourMs = 3_600_000;
const episodes = 17;
/** Places at which gateways are made to die; the next run takes the next ones. */
const aimedDeaths = 6;
const spareEpisodes = 12;
const burst = 300;
const burstMs = 5000;
/** Spare episodes follow each other by so much, at the end. */
const spareEveryMs = 8000;
/** Between what people say and what goes wrong. */
const mostLeadMs = 120;
const calmAtFirstMs = 10_000;
/** Some of them meet nobody who could say them. */
const fewestWords = 230;
const lastWordsMs = 5000;
/** Somebody of another tenant looks in, in every so many runs. */
const strangerEvery = 4;

export function makePlan(seed: number, lengthMs = hourMs): Plan {
  const random = createSeededRandom(seed);
  const always = new Set(["v1a1", "v2a1", "x1a1"]);
  const present = tabNames.filter((name) => always.has(name) || random.chance(0.6));
  const steps: Step[] = ["v1a1", "v2a1", "x1a1"].map((tab, index) => ({ atMs: 500 * index, act: say(random, tab) }));
  const spareFromMs = lengthMs - lastWordsMs - spareEpisodes * spareEveryMs;
  for (let episode = 0; episode < episodes; episode += 1) {
    const startsAt = calmAtFirstMs + random.below(spareFromMs - 2 * calmAtFirstMs);
    steps.push(...makeEpisode(random, present, startsAt));
  }
  steps.push(...aimed(random, seed, spareFromMs));
  while (wordsIn(steps) < fewestWords) {
    steps.push({
      atMs: calmAtFirstMs + random.below(spareFromMs - 2 * calmAtFirstMs),
      act: say(random, random.pick(present)),
    });
  }
  if (random.chance(0.03)) steps.push(...makeBurst(random, present, spareFromMs));
  for (let spare = 0; spare < spareEpisodes; spare += 1)
    steps.push(...makeSpare(random, present, spareFromMs + spare * spareEveryMs));
  if (random.chance(0.4)) steps.push(...makeEnd(random, present, lengthMs));
  for (const step of [...steps]) steps.push(...preparationsFor(step));
  return {
    seed,
    lengthMs,
    present: seed % strangerEvery === 0 ? [...present, stranger] : present,
    steps: steps.sort((a, b) => a.atMs - b.atMs),
  };
}

/** Some people talk, and something goes wrong in the middle of it, often something else too. */
function makeEpisode(random: SeededRandom, present: readonly string[], startsAt: number): Step[] {
  const steps: Step[] = [];
  const fault = randomFault(random, present);
  const people = new Set([
    "tab" in fault ? fault.tab : random.pick(present),
    random.pick(present),
    random.pick(present),
  ]);
  for (const tab of people) {
    steps.push({ atMs: startsAt + random.below(60), act: say(random, tab) });
    if (random.chance(0.6)) steps.push({ atMs: startsAt + random.below(4000), act: say(random, tab) });
    if (random.chance(0.6)) steps.push({ atMs: startsAt + random.below(2000), act: fidget(random, tab) });
  }
  // What a page has not sent when it dies is what its disk is for.
  const dies = fault.kind === "crash" || fault.kind === "reload";
  if (dies && random.chance(0.6)) steps.push({ atMs: startsAt - 200, fault: offline(fault.tab) });
  steps.push({ atMs: startsAt + random.below(mostLeadMs), fault });
  if (random.chance(0.25)) steps.push({ atMs: startsAt + random.below(8000), fault: randomFault(random, present) });
  return steps;
}

/** Gateways die at these places whenever they come by. */
function aimed(random: SeededRandom, seed: number, untilMs: number): Step[] {
  return Array.from({ length: aimedDeaths }, (_, index) => {
    const { errand, point } = knownPlaces[(seed * aimedDeaths + index) % knownPlaces.length] as Place;
    const backMs = 200 + random.below(5000);
    return { atMs: calmAtFirstMs + random.below(untilMs), fault: { kind: "die-when", errand, point, backMs } };
  });
}

/** Somebody wrote while there was no network, more than may be on its way at once. */
function makeBurst(random: SeededRandom, present: readonly string[], untilMs: number): Step[] {
  const tab = random.pick(present);
  const atMs = calmAtFirstMs + random.below(untilMs / 2);
  return [
    { atMs, fault: offline(tab, burstMs) },
    { atMs: atMs + burstMs / 2, act: { do: "say", tab, count: burst, letters: 10, staff: false } },
  ];
}

function makeSpare(random: SeededRandom, present: readonly string[], atMs: number): Step[] {
  const tab = random.pick(present);
  return [
    { atMs, spare: true, act: say(random, tab) },
    { atMs, spare: true, act: say(random, random.pick(present)) },
    {
      atMs: atMs + random.below(mostLeadMs),
      spare: true,
      fault: random.chance(0.5) ? { kind: "cut", tab } : randomFault(random, present),
    },
  ];
}

function wordsIn(steps: readonly Step[]): number {
  return steps.reduce((words, step) => words + ("act" in step && step.act.do === "say" ? step.act.count : 0), 0);
}

function offline(tab: string, forMs = 1000): Fault {
  return { tab, kind: "refuse", carriers: ["websocket", "xhr-streaming", "xhr-polling"], forMs };
}

/** The last words of the run go while hints are lost: nothing that follows tells that they are missing. */
function makeEnd(random: SeededRandom, present: readonly string[], lengthMs: number): Step[] {
  const startsAt = lengthMs - lastWordsMs;
  return [
    { atMs: startsAt, fault: { kind: "bus", trouble: "loses", forMs: lastWordsMs } },
    ...[1, 2, 3].map((part) => ({ atMs: startsAt + 1000 * part, act: say(random, random.pick(present)) })),
  ];
}

function say(random: SeededRandom, tab: string): Act {
  const staff = isAgent(tab) && random.chance(0.35);
  return { do: "say", tab, count: 1 + random.below(4), letters: random.chance(0.05) ? 4000 : 10, staff };
}

function fidget(random: SeededRandom, tab: string): Act {
  return { do: "fidget", tab, what: random.pick(fidgets) };
}

/** What comes back was copied before. */
function preparationsFor(step: Step): Step[] {
  if (!("fault" in step) || !("agoMs" in step.fault)) return [];
  const atMs = Math.max(calmAtFirstMs, step.atMs - step.fault.agoMs);
  return [{ atMs, act: { do: step.fault.kind === "restore" ? "back-up" : "copy-disks" } }];
}
