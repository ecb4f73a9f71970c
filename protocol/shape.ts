/**
 * Strict readers for what a client sends: each checks one value and answers a clean copy of it.
 * A reader says no by throwing a {@link Mismatch}; `codec.ts` catches it, so that nothing is thrown at its callers.
 */
import type { Attributes, AttributeValue } from "./frames.ts";
import {
  idChars,
  maxAttributeNameChars,
  maxAttributes,
  maxAttributeValueChars,
  maxEpochChars,
  maxInteger,
} from "./limits.ts";
import { wholeText } from "./whole-text.ts";
import { dictionary, isArray, owns } from "./wire-words.ts";

/** `path` names the field by its words, never by its content. */
export interface Mismatch {
  path: string;
  problem: string;
}
export interface Reader<T> {
  (value: unknown, path: string): T;
  optional?: never;
}
export interface OptionalReader<T> {
  (value: unknown, path: string): T;
  optional: true;
}
/** One reader for each field; the compiler compares what is optional. */
export type Fields<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? OptionalReader<Exclude<T[K], undefined>> : Reader<T[K]>;
};

export function mismatch(path: string, problem: string): Mismatch {
  return { path, problem };
}

const wireKeys = /* @__PURE__ */ dictionary(true);

/** The key on the wire for a field. */
export function wireKey(word: string): string {
  return owns(wireKeys, word) ? (wireKeys[word] as string) : word;
}

export function asObject(value: unknown, path: string): { [name: string]: unknown } {
  if (!value || typeof value !== "object" || isArray(value)) throw mismatch(path, "is not an object");
  return value as { [name: string]: unknown };
}

export function optional<T>(reader: Reader<T>): OptionalReader<T> {
  const result = ((value: unknown, path: string): T => reader(value, path)) as OptionalReader<T>;
  result.optional = true;
  return result;
}

/** Unknown fields are ignored, so that newer clients can say more. */
export function object<T>(fields: Fields<T>): Reader<T> {
  return (value, path) => {
    const from = asObject(value, path);
    const to: { [name: string]: unknown } = {};
    for (const name in fields) {
      const reader = fields[name] as Reader<unknown> | OptionalReader<unknown>;
      const key = wireKey(name);
      const held = owns(from, key) ? from[key] : undefined;
      if (held === undefined && reader.optional) continue;
      to[name] = reader(held, path ? `${path}.${name}` : name);
    }
    return to as T;
  };
}

export function arrayOf<T>(reader: Reader<T>, most: number): Reader<T[]> {
  return (value, path) => {
    if (!isArray(value)) throw mismatch(path, "is not an array");
    if (value.length > most) throw mismatch(path, `has more than ${most} entries`);
    const list: T[] = [];
    for (let i = 0; i < value.length; i++) list.push(reader(value[i], `${path}[${i}]`));
    return list;
  };
}

export const bool: Reader<boolean> = (value, path) => {
  if (value !== true && value !== false) throw mismatch(path, "is not true or false");
  return value;
};

/** From `least` (0 unless told) to 2^53 - 1. */
export function integer(least?: number): Reader<number> {
  return (value, path) => {
    if (typeof value !== "number" || Math.floor(value) !== value || value < (least || 0) || value > maxInteger) {
      throw mismatch(path, `is not a whole number from ${least || 0} to ${maxInteger}`);
    }
    return value;
  };
}

/** Characters are UTF-16 units. */
export function text(maxChars: number, minChars?: number): Reader<string> {
  return (value, path) => {
    if (typeof value !== "string") throw mismatch(path, "is not a text");
    if (value.length > maxChars) throw mismatch(path, `is longer than ${maxChars} characters`);
    if (value.length < (minChars || 0)) throw mismatch(path, "is empty");
    if (wholeText(value) !== value) throw mismatch(path, "has half of a surrogate pair");
    return value;
  };
}

/** For what is signed: one line, so that a signed text reads one way only. */
export function line(maxChars: number, minChars?: number): Reader<string> {
  const reader = text(maxChars, minChars);
  return (value, path) => {
    const read = reader(value, path);
    for (let i = 0; i < read.length; i++) {
      const code = read.charCodeAt(i);
      if (code < 32 || code === 127) throw mismatch(path, "has a control character");
    }
    return read;
  };
}

export function matching(pattern: RegExp, problem: string): Reader<string> {
  return (value, path) => {
    if (typeof value !== "string" || !pattern.test(value)) throw mismatch(path, problem);
    return value;
  };
}

const idPattern = `[A-Za-z0-9_-]{${idChars}}`;
const logPattern = `${idPattern}/(public|staff)`;
export const id = /* @__PURE__ */ matching(/* @__PURE__ */ new RegExp(`^${idPattern}$`), "is not an id");
export const logAddress = /* @__PURE__ */ matching(
  /* @__PURE__ */ new RegExp(`^${logPattern}$`),
  "is not the address of a log",
);
export const threadAddress = /* @__PURE__ */ matching(
  /* @__PURE__ */ new RegExp(`^(current|${logPattern})$`),
  "is neither `current` nor the address of a log",
);
export const publishAddress = /* @__PURE__ */ matching(
  /* @__PURE__ */ new RegExp(`^(current|${logPattern}|visit:${idPattern})$`),
  "is no address that can be published to",
);
export const viewName = /* @__PURE__ */ matching(
  /* @__PURE__ */ new RegExp(`^(visitors|inbox|team|visit:${idPattern})$`),
  "is not the name of a view",
);
export const epoch = /* @__PURE__ */ text(maxEpochChars);

export function oneOf<T extends string>(...values: T[]): Reader<T> {
  return (value, path) => {
    for (let i = 0; i < values.length; i++) if (values[i] === value) return value as T;
    throw mismatch(path, `is none of ${values.join(", ")}`);
  };
}

export function literal<T extends string>(kind: T): Reader<T> {
  return oneOf(kind);
}

export function nullOr<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : reader(value, path));
}

/** Unions by their `kind` or `role`. */
export function union<T>(tag: string, shapes: { [name: string]: Reader<T> }): Reader<T> {
  return (value, path) => {
    const from = asObject(value, path);
    const name = from[wireKey(tag)];
    if (typeof name !== "string" || !owns(shapes, name)) throw mismatch(`${path}.${tag}`, "is not known");
    return (shapes[name] as Reader<T>)(value, path);
  };
}

const attributeName = /* @__PURE__ */ line(maxAttributeNameChars, 1);
const attributeText = /* @__PURE__ */ text(maxAttributeValueChars);

function attributeValue(value: unknown, path: string): AttributeValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number" && isFinite(value)) return value;
  return attributeText(value, path);
}

export function attributes(most?: number): Reader<Attributes> {
  const limit = most || maxAttributes;
  return (value, path) => {
    const from = asObject(value, path);
    const to: Attributes = {};
    let count = 0;
    for (const name in from) {
      if (!owns(from, name)) continue;
      count++;
      if (count > limit) throw mismatch(path, `has more than ${limit} names`);
      if (name === "__proto__") throw mismatch(path, "has a forbidden name");
      to[attributeName(name, `${path} (a name)`)] = attributeValue(from[name], `${path} (a value)`);
    }
    return to;
  };
}
