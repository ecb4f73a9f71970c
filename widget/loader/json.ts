import type { Json } from "../../protocol/ports.ts";
import { isArray, owns } from "../../protocol/wire-words.ts";

const escapes: { [character: string]: string } = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * JSON of our own making: old libraries put a `toJSON` on the page's prototypes, which breaks the built-in writer.
 * Writes what frames are made of: plain objects, arrays, texts, numbers, booleans, null; `undefined` members are left out.
 */
export const pageJson: Json = {
  parse(text) {
    if (!window.JSON) throw new Error("no JSON");
    return window.JSON.parse(text);
  },
  stringify,
};

function stringify(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value !== "object") {
    return typeof value === "boolean" || (typeof value === "number" && isFinite(value)) ? String(value) : "null";
  }
  const parts: string[] = [];
  if (isArray(value)) {
    for (const member of value) parts.push(stringify(member));
    return `[${parts.join(",")}]`;
  }
  const members = value as { [name: string]: unknown };
  for (const name in members) {
    const member = members[name];
    if (owns(members, name) && member !== undefined && typeof member !== "function") {
      parts.push(`${quote(name)}:${stringify(member)}`);
    }
  }
  return `{${parts.join(",")}}`;
}

/** Lone surrogates are escaped, as everything that a proxy or an old parser may stumble over. */
function quote(text: string): string {
  const unsafe =
    /[\ud800-\udbff][\udc00-\udfff]|["\\\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202f\ud800-\udfff]/g;
  return `"${text.replace(unsafe, escape)}"`;
}

/** `part`: a whole surrogate pair, which stays, or one character. */
function escape(part: string): string {
  return part.length > 1 ? part : escapes[part] || `\\u${(part.charCodeAt(0) + 65536).toString(16).slice(1)}`;
}
