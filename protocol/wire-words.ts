/**
 * The short keys on the wire: one word, one key, in every frame and in both directions (SPEC.md §3). Only what is sent often has
 * one, because every page of every visitor loads this table. Other words travel as they are, and so do the names inside
 * attributes, properties and rows of views.
 */
const pairs =
  "k kind a address p producer o ordinal b body x text l log e epoch h head s seq w sender v visitorCount g agentCount " +
  "ev events hs heads d delivered r read n seen ps positions c conversation nc nonce vs visible rq request f final";

interface Dictionary {
  [from: string]: string;
}

/** Names inside these belong to the site or to the views. */
const opaque = / (attributes|properties|rows|upserts) /;

/** Words to keys, or keys to words. */
export function dictionary(toWire: boolean): Dictionary {
  const list = pairs.split(" ");
  const found: Dictionary = {};
  for (let i = 0; i < list.length; i += 2) {
    found[list[toWire ? i + 1 : i] as string] = list[toWire ? i : i + 1] as string;
  }
  return found;
}

/** Also of arrays that another frame of the page has made. */
export function isArray(value: unknown): value is unknown[] {
  return Object.prototype.toString.call(value) === "[object Array]";
}

const hasOwn = Object.prototype.hasOwnProperty;

export function owns(object: object, name: string): boolean {
  return hasOwn.call(object, name) as boolean;
}

/** A copy of `value` with its keys renamed. `__proto__` is left out. Recursion is as deep as the value. */
export function rename(value: unknown, names: Dictionary): unknown {
  if (!value || typeof value !== "object") return value;
  if (isArray(value)) {
    const list: unknown[] = [];
    for (let i = 0; i < value.length; i++) list.push(rename(value[i], names));
    return list;
  }
  const from = value as { [name: string]: unknown };
  const to: { [name: string]: unknown } = {};
  for (const name in from) {
    const inner = from[name];
    if (!owns(from, name) || name === "__proto__" || inner === undefined) continue;
    const other = owns(names, name) ? (names[name] as string) : name;
    to[other] = typeof inner !== "object" || opaque.test(` ${name} ${other} `) ? inner : rename(inner, names);
  }
  return to;
}
