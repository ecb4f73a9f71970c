import type { Attributes, AttributeValue, Identity } from "../../protocol/frames.ts";
import {
  maxAttributeNameChars,
  maxAttributeValueChars,
  maxEmailChars,
  maxExternalIdChars,
  maxFrameBytes,
  maxInteger,
  maxNameChars,
  maxSignatureChars,
} from "../../protocol/limits.ts";
import { wholeText } from "../../protocol/whole-text.ts";
import { owns } from "../../protocol/wire-words.ts";
import { pageJson } from "./json.ts";

/** A frame beyond its limits is refused as a whole, and with a hello its page: half is for attributes, all else needs less. */
const maxAttributesBytes = maxFrameBytes / 2;
const identityLimits: { [field: string]: number } = {
  id: maxExternalIdChars,
  name: maxNameChars,
  email: maxEmailChars,
  signature: maxSignatureChars,
};
const line = /^[^\x00-\x1f\x7f]+$/;

/**
 * Copies what the page passed into `target`: texts, numbers, booleans and null, within the limits; all else is left out.
 * False: there were more than `most`, or they were too large together, and some had to be left out too.
 */
export function copyAttributes(values: unknown, target: Attributes, most: number): boolean {
  const source = (values || {}) as { [name: string]: unknown };
  let all = true;
  for (const name in source) {
    const value = source[name];
    if (!owns(source, name) || !isLine(name, maxAttributeNameChars) || !isAttribute(value)) continue;
    target[name] = typeof value === "string" ? wholeText(value, maxAttributeValueChars) : value;
    if (fits(target, most)) continue;
    delete target[name];
    all = false;
  }
  return all;
}

function fits(attributes: Attributes, most: number): boolean {
  let room = most;
  for (const name in attributes) if (owns(attributes, name)) room--;
  const utf8 = encodeURIComponent(pageJson.stringify(attributes)).replace(/%../g, "x");
  return room >= 0 && utf8.length <= maxAttributesBytes;
}

/** One line of whole characters, not empty. */
function isLine(text: string, maxChars: number): boolean {
  return line.test(text) && wholeText(text, maxChars) === text;
}

function isAttribute(value: unknown): value is AttributeValue {
  const type = typeof value;
  return value === null || type === "string" || type === "boolean" || (type === "number" && isFinite(value as number));
}

/** Null if there is no id, or if the gateway would refuse it: what is signed must arrive as it is, so nothing is changed. */
export function readIdentity(values: unknown): Identity | null {
  const source = (values || {}) as { [field: string]: unknown };
  const identity: { [field: string]: unknown } = {};
  for (const field in identityLimits) {
    if (!source[field]) continue;
    identity[field] = String(source[field]);
    if (!isLine(identity[field] as string, identityLimits[field] as number)) return null;
  }
  const expires = Number(source.expires || 0);
  if (Math.floor(expires) !== expires || expires > maxInteger) return null;
  if (expires) identity.expires = expires;
  return identity.id ? (identity as unknown as Identity) : null;
}
