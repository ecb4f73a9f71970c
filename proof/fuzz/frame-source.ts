/** Frames of every kind that could be meant: the generators of the property tests, pointed at what is really there. */
import fc from "fast-check";
import { encodeClientFrame } from "../../protocol/codec.ts";
import { clientFrame, clientFrameKinds } from "../../protocol/testing/arbitrary-frames.ts";
import type { SeededRandom } from "../../protocol/testing/seeded-random.ts";
import type { Plain, WireFrame } from "./spoil.ts";

/** What a stranger knows, and what they would like to get at. */
export interface Aim {
  readonly producer: string;
  /** Of others, as events tell them. */
  readonly producers: readonly string[];
  /** Own logs and those of others. */
  readonly logs: readonly string[];
  readonly epochs: readonly string[];
  /** Words that may stand in no log line and on nobody's screen. */
  readonly secret: string;
}

const samplesOfEach = 80;
/** The others end or begin a connection. */
const inTheMiddle = clientFrameKinds.filter((kind) => kind !== "hello" && kind !== "bye");

export class FrameSource {
  readonly #samples = new Map<string, WireFrame[]>();

  constructor(seed: number) {
    for (const kind of clientFrameKinds) {
      const samples = fc.sample(clientFrame(kind), { seed, numRuns: samplesOfEach });
      this.#samples.set(
        kind,
        samples.map((frame) => JSON.parse(encodeClientFrame(frame, JSON)) as WireFrame),
      );
    }
  }

  next(random: SeededRandom, aim: Aim): WireFrame {
    // Publishes are what has most to lose.
    const kind = random.chance(0.25) ? "publish" : random.pick(inTheMiddle);
    return aimed(random, this.of(random, kind), aim);
  }

  of(random: SeededRandom, kind: string): WireFrame {
    return structuredClone(random.pick(this.#samples.get(kind) ?? [])) as WireFrame;
  }
}

/** Keys of the wire (`protocol/wire-words.ts`), and what to put there. */
const targets: { readonly [key: string]: (random: SeededRandom, aim: Aim) => Plain } = {
  p: (random, aim) => (random.chance(0.8) || aim.producers.length === 0 ? aim.producer : random.pick(aim.producers)),
  a: address,
  l: address,
  e: (random, aim) => random.pick(["", ...aim.epochs]),
  o: (random) => random.pick([1, 1, 1 + random.below(20), 1 + random.below(20), 9_007_199_254_740_991]),
  x: (random, aim) => `${aim.secret} ${random.below(1000)}`,
  from: (random) => 1 + random.below(9),
  to: (random) => 1 + random.below(400),
  target: (random) => 1 + random.below(9),
};

function address(random: SeededRandom, aim: Aim): string {
  if (aim.logs.length === 0 || random.chance(0.4)) return "current";
  const log = random.pick(aim.logs);
  return random.chance(0.3) ? log.replace("/public", "/staff") : log;
}

/** Nine of ten places are where something could happen. */
export function aimed<Value extends Plain>(random: SeededRandom, value: Value, aim: Aim): Value {
  if (typeof value !== "object" || value === null) return value;
  const holder = value as { [name: string]: Plain };
  for (const [name, inside] of Object.entries(holder)) {
    const target = !Array.isArray(value) && Object.hasOwn(targets, name) ? targets[name] : undefined;
    if (target === undefined) aimed(random, inside, aim);
    else if (random.chance(0.9)) holder[name] = target(random, aim);
  }
  return value;
}
