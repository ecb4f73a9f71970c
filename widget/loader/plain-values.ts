import type { Attributes, AttributeValue, Identity } from "../../protocol/frames.ts";
import { maxAttributeNameChars, maxAttributeValueChars } from "../../protocol/limits.ts";

import { owns } from "../../protocol/wire-words.ts";

/** Copies what the page passed into `target`: texts, numbers, booleans and null, within the limits; all else is left out. */
export function copyAttributes(values: unknown, target: Attributes): Attributes {
  const source = (values || {}) as { [name: string]: unknown };
  for (const name in source) {
    const value = source[name];
    if (!owns(source, name) || name.length > maxAttributeNameChars) continue;
    if (isAttribute(value)) target[name] = typeof value === "string" ? value.slice(0, maxAttributeValueChars) : value;
  }
  return target;
}

function isAttribute(value: unknown): value is AttributeValue {
  const type = typeof value;
  return value === null || type === "string" || type === "boolean" || (type === "number" && isFinite(value as number));
}

/** Null if there is no id. What is signed must arrive as it is, so nothing is changed. */
export function readIdentity(values: unknown): Identity | null {
  const { id, name, email, expires, signature } = (values || {}) as { [name: string]: unknown };
  if (!id) return null;
  return { id: String(id), name, email, expires, signature } as Identity;
}
