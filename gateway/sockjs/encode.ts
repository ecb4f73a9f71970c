/** SockJS frames: `o` open, `h` heartbeat, `a[..]` messages, `c[code,reason]` close. */
export const openFrame = "o";
export const heartbeatFrame = "h";

/**
 * Characters that old browsers and proxies drop or change on the way, beyond what JSON escapes by itself (control
 * characters and lone surrogates): joiners, line separators, direction marks, non-characters.
 */
const fragile = /[\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufff0-\uffff]/g;

export function messagesFrame(texts: readonly string[]): string {
  return `a${escaped(texts)}`;
}

export function closeFrame(code: number, reason: string): string {
  return `c${escaped([code, reason])}`;
}

/** What a client sent: one text or a list of texts. Anything else is `null`; so is text that is no JSON. */
export function decodeTexts(json: string): readonly string[] | null {
  const value = parse(json);
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : null;
}

/** `undefined` if the text is no JSON. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function escaped(value: unknown): string {
  return JSON.stringify(value).replace(fragile, asEscape);
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}
