/** Makes something else of a valid frame: wrong types, numbers and texts beyond their limits, fields too many or too few, bytes that are no frame. */
import type { SeededRandom } from "../../protocol/testing/seeded-random.ts";

export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };
export type WireFrame = { [name: string]: Plain };

/** A place in a frame: its holder, and the name or number there. */
interface Spot {
  readonly holder: { [name: string]: Plain };
  readonly name: string;
}

/** JSON has no word for these numbers: they are put in when it is text. */
const rawNumbers = ["1e999", "-1e999", "1e308", "9007199254740992", "9007199254740993", "-0", "1E+2", "0.1e-400"];
const rawMark = "raw number ";
const nasty: readonly Plain[] = [
  null,
  true,
  [],
  {},
  "",
  0,
  -1,
  0.5,
  2 ** 53,
  Number.MAX_VALUE,
  "__proto__",
  "current",
  "\ud800",
  "\u0000",
  "😀\udc00",
  [[[[[[[[[]]]]]]]]],
  { constructor: { prototype: { admin: true } } },
];
const lengths = [129, 501, 1025, 2049, 8001, 20_000];
const maxRepeatedChars = 100;
const depths = [4, 9, 60];
const names = ["__proto__", "constructor", "toString", "k", "kind", "then"];

type Spoil = (random: SeededRandom, frame: WireFrame, spot: Spot) => void;

const spoils: readonly Spoil[] = [
  (random, _frame, { holder, name }) => put(holder, name, random.pick(nasty)),
  (random, _frame, { holder, name }) => put(holder, name, rawMark + random.pick(rawNumbers)),
  (_random, _frame, { holder, name }) => void delete holder[name],
  (random, _frame, { holder }) => put(holder, random.pick(names), random.pick(nasty)),
  (random, _frame, { holder, name }) => put(holder, name, deep(holder[name] ?? 1, random.pick(depths))),
  (random, _frame, { holder, name }) =>
    put(holder, name, random.pick(["x", "語", "\u0001"]).repeat(random.pick(lengths))),
  (random, _frame, { holder, name }) =>
    put(
      holder,
      name,
      Array.from({ length: 20 + random.below(300) }, () => small(holder[name])),
    ),
  (_random, frame, { holder, name }) => put(frame, name, holder[name] ?? null),
];

/** A copy of it with one to three defects, as text. */
export function spoiled(random: SeededRandom, frame: WireFrame): string {
  const copy = structuredClone(frame);
  for (let defects = 1 + random.below(3); defects > 0; defects -= 1) {
    const spots = spotsOf(copy);
    if (spots.length > 0) random.pick(spoils)(random, copy, random.pick(spots));
  }
  return textOf(copy);
}

export function textOf(frame: Plain): string {
  return JSON.stringify(frame).replaceAll(new RegExp(`"${rawMark}([^"]*)"`, "g"), "$1");
}

/** What is hardly JSON any more: cut, with other characters in it, or nothing but noise. */
export function garbled(random: SeededRandom, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + noise(random, 1 + random.below(8)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text;
    case 3:
      return "[".repeat(1 + random.below(5000)) + text;
    default:
      return noise(random, random.below(400));
  }
}

/** Bytes that may not even be text. */
export function bytes(random: SeededRandom): Buffer {
  return Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256)));
}

function noise(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(random.below(random.pick([128, 256, 65_536])))).join("");
}

/** Also under `__proto__`, as JSON would; a copy, as later defects may change it. */
function put(holder: { [name: string]: Plain }, name: string, value: Plain): void {
  Object.defineProperty(holder, name, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** What may be repeated hundreds of times. */
function small(value: Plain | undefined): Plain {
  return value !== undefined && JSON.stringify(value).length < maxRepeatedChars ? value : 0;
}

function deep(value: Plain, depth: number): Plain {
  let wrapped = value;
  for (let level = 0; level < depth; level += 1) wrapped = level % 2 === 0 ? [wrapped] : { a: wrapped };
  return wrapped;
}

function spotsOf(value: Plain): Spot[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as { [name: string]: Plain };
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...spotsOf(holder[name] ?? null)]);
}
