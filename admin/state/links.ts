/** A piece of a message: plain text, or an address that may be followed. */
export type TextPiece = { type: "text"; text: string } | { type: "link"; text: string; url: string };

const address = /https?:\/\/[^\s<>"'`{}|\\^，。；：！？、（）《》「」]+/gi;
/** What ends a sentence rather than an address. */
const trailing = /[.,;:!?)\]]+$/;

/** Only http and https become links; everything else is text and stays text. */
export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = trimmed(match[0]);
    if (!isWebAddress(found)) continue;
    if (match.index > end) pieces.push({ type: "text", text: text.slice(end, match.index) });
    pieces.push({ type: "link", text: found, url: found });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ type: "text", text: text.slice(end) });
  return pieces;
}

/** A closing bracket stays where the address opened one: `…/Kestrel_(bird)`. */
function trimmed(found: string): string {
  const tail = trailing.exec(found)?.[0] ?? "";
  const bare = found.slice(0, found.length - tail.length);
  return tail.startsWith(")") && bare.split("(").length > bare.split(")").length ? `${bare})` : bare;
}

export function isWebAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text);
    return (protocol === "http:" || protocol === "https:") && hostname !== "";
  } catch {
    return false;
  }
}
