import type { SeededRandom } from "../../protocol/testing/seeded-random.ts";
import { clones, gatewayCount } from "./cast.ts";
import { type BusFault, type DatabaseFault, errands, type Fault, type GatewayFault, type TabFault } from "./faults.ts";

/** Awaits of the core at which a gateway is made to die by name; the others are met by counting. */
export const deathPoints = [
  "before-append",
  "append: asked",
  "before-persist",
  "in-batch",
  "before-commit",
  "after-commit",
  "append: answered",
  "after-append",
  "after-ack",
  "openLog: answered",
  "thread: answered",
  "readLog: answered",
  "ordinals: answered",
  "refusals: answered",
  "heads: answered",
  "saveReceipts: asked",
  "saveVisits: answered",
  "inbox: answered",
] as const;

/** `present`: tabs that it may strike. */
export function randomFault(random: SeededRandom, present: readonly string[]): Fault {
  const which = random.fraction();
  if (which < 0.5) return tabFault(random, random.pick(present));
  if (which < 0.8) return gatewayFault(random);
  if (which < 0.94) return databaseFault(random);
  return busFault(random);
}

const upTo = (random: SeededRandom, ms: number): number => 200 + random.below(ms);

function tabFault(random: SeededRandom, tab: string): TabFault {
  const forMs = upTo(random, random.chance(0.2) ? 60_000 : 15_000);
  const choices: (() => TabFault)[] = [
    () => ({ tab, kind: "cut" }),
    () => ({ tab, kind: "cut" }),
    () => ({ tab, kind: "cut-after", way: random.pick(["up", "down"]), bytes: random.below(1500) }),
    () => ({ tab, kind: "cut-after", way: random.pick(["up", "down"]), bytes: random.below(1500) }),
    () => ({ tab, kind: "deafen", way: random.pick(["up", "down", "both"]) }),
    () => ({ tab, kind: "deafen", way: random.pick(["up", "down", "both"]) }),
    () => ({
      tab,
      kind: "refuse",
      carriers: random.pick([
        ["websocket"],
        ["websocket", "xhr-streaming"],
        ["websocket", "xhr-streaming", "xhr-polling"],
      ] as const),
      forMs,
    }),
    () => ({ tab, kind: "lose", way: random.pick(["up", "down"]), messages: 1 + random.below(4) }),
    () => ({ tab, kind: "lose", way: random.pick(["up", "down"]), messages: 1 + random.below(4) }),
    () => ({ tab, kind: "swallow", forMs }),
    () => ({ tab, kind: "dies", afterMs: random.below(400), forMs }),
    () => ({ tab, kind: "slow", latencyMs: 200 + random.below(4000), forMs }),
    () => ({ tab, kind: "narrow", bytesPerMs: 0.2 + random.fraction(), forMs }),
    () => ({
      tab,
      kind: "hold",
      carrier: random.pick(["xhr-streaming", "xhr-polling"]),
      latencyMs: 6000 + random.below(40_000),
      forMs,
    }),
    () => ({ tab, kind: "double", forMs }),
    () => ({ tab, kind: "freeze", forMs: random.chance(0.2) ? 20 * forMs : forMs }),
    () => ({ tab, kind: "crash", backMs: upTo(random, 60_000) }),
    () => ({ tab, kind: "reload" }),
    () => ({ ...random.pick(clones), kind: "clone" }),
    () => ({ tab, kind: "token" }),
    () => ({ tab, kind: "disk-full", forMs }),
    () => ({ tab, kind: "disk-lost" }),
    () => ({ tab, kind: "disk-back", agoMs: 1000 + random.below(600_000) }),
    () => ({ tab, kind: "clock", jumpMs: jump(random) }),
  ];
  return random.pick(choices)();
}

function gatewayFault(random: SeededRandom): GatewayFault {
  const gateway = random.below(gatewayCount);
  const backMs = upTo(random, random.chance(0.2) ? 60_000 : 5000);
  const point = random.chance(0.4) ? random.pick(deathPoints) : null;
  const errand = point === null && random.chance(0.7) ? random.pick(errands) : null;
  const after = 1 + random.below(point ? 6 : errand ? 12 : 60);
  const choices: (() => GatewayFault)[] = [
    () => ({ gateway, kind: "kill", silently: random.chance(0.3), backMs }),
    () => ({ gateway, kind: "stall", forMs: upTo(random, 20_000) }),
    () => ({ gateway, kind: "drain", backMs }),
    () => ({ gateway, kind: "gateway-clock", jumpMs: random.pick([-1, 1]) * random.pick([5000, 3_600_000]) }),
  ];
  if (random.chance(0.5)) return { gateway, kind: "die-at", point, errand, after, backMs };
  return random.pick(choices)();
}

function databaseFault(random: SeededRandom): DatabaseFault {
  const forMs = upTo(random, 20_000);
  const choices: (() => DatabaseFault)[] = [
    () => ({ kind: "database-slow", statementMs: 5 + random.below(200), forMs }),
    () => ({ kind: "database-frozen", forMs }),
    () => ({ kind: "database-down", forMs }),
    () => ({ kind: "deadlock", statements: 1 + random.below(8) }),
    () => ({ kind: "pool-full", transactions: 1 + random.below(6) }),
    () => ({ kind: "commit-lost", before: random.below(3), after: 1 + random.below(3) }),
    () => ({ kind: "restore", agoMs: 1000 + random.below(600_000) }),
  ];
  return random.pick(choices)();
}

function busFault(random: SeededRandom): BusFault {
  return { kind: "bus", trouble: random.pick(["loses", "doubles", "delays", "down"]), forMs: upTo(random, 30_000) };
}

function jump(random: SeededRandom): number {
  return random.pick([-1, 1]) * random.pick([5000, 3_600_000, 3 * 86_400_000]);
}
