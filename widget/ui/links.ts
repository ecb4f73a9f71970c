/** A piece of a text; `url` where it is an address. */
export interface TextPart {
  text: string;
  url?: string;
}

const address = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef]+/gi;
const trailing = /[.,;:!?\]}*_~]+$/;

/** Finds web addresses. Only http and https; the marks of the sentence around them stay outside. */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  address.lastIndex = 0;
  for (let found = address.exec(text); found; found = address.exec(text)) {
    const url = trim(found[0] as string);
    if (found.index > end) parts.push({ text: text.slice(end, found.index) });
    parts.push({ text: url, url });
    end = found.index + url.length;
    address.lastIndex = end;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** A closing bracket belongs to the address only if one was opened in it. */
function trim(found: string): string {
  return found.replace(found.indexOf("(") < 0 ? /[.,;:!?\]}*_~)]+$/ : trailing, "");
}
