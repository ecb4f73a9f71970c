/** The part of a text around the first match, with the places of all matches in it. Plain text: who draws it escapes it. */
const before = 40;
const maxSnippetChars = 200;

export function snippetOf(text: string, query: string): { snippet: string; marks: [number, number][] } {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const lower = foldCase(text);
  const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0), text.length);
  const start = first === text.length ? 0 : wholeCharacter(text, Math.max(0, first - before));
  const end = wholeCharacter(text, Math.min(text.length, start + maxSnippetChars));
  const lead = start > 0 ? "…" : "";
  const snippet = `${lead}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  return { snippet, marks: marksIn(foldCase(snippet), words) };
}

/** Lower case of the same length, so that places stay what they are. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : Array.from(text, (letter) =>
        letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
      ).join("");
}

function marksIn(text: string, words: readonly string[]): [number, number][] {
  const marks: [number, number][] = [];
  for (const word of words)
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
      marks.push([at, at + word.length]);
  marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return marks.filter((mark, index) => marks.slice(0, index).every((earlier) => earlier[1] <= mark[0]));
}

/** Moves a place out of the middle of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
