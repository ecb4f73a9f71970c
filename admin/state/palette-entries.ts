import type { InboxRow, VisitorRow } from "../../protocol/rows.ts";
import type { Route } from "./router.ts";

/** Something to jump to by name. */
export interface PaletteEntry {
  key: string;
  group: "goTo" | "conversations" | "onSite";
  label: string;
  detail: string;
  route: Route | { visitor: string };
}

/** Each part of `text`, and whether it is what was typed. */
export function highlight(text: string, typed: string): { text: string; hit: boolean }[] {
  const word = typed.trim().toLowerCase();
  const at = word === "" ? -1 : text.toLowerCase().indexOf(word);
  if (at < 0) return [{ text, hit: false }];
  const pieces = [
    { text: text.slice(0, at), hit: false },
    { text: text.slice(at, at + word.length), hit: true },
    { text: text.slice(at + word.length), hit: false },
  ];
  return pieces.filter((piece) => piece.text !== "");
}

/** Cuts a snippet at its marks, [from, to) in UTF-16 units; broken or overlapping marks are left out. */
export function markPieces(
  text: string,
  marks: readonly (readonly [number, number])[],
): { text: string; hit: boolean }[] {
  const pieces: { text: string; hit: boolean }[] = [];
  let end = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (from < end || to <= from || to > text.length) continue;
    if (from > end) pieces.push({ text: text.slice(end, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    end = to;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), hit: false });
  return pieces;
}

const perGroup = 6;

/** Those whose label or detail holds what was typed; without anything typed the rooms alone. */
export function matchingEntries(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  const word = typed.trim().toLowerCase();
  const counts = new Map<string, number>();
  return entries.filter((entry) => {
    if (word === "" ? entry.group !== "goTo" : !`${entry.label}\n${entry.detail}`.toLowerCase().includes(word))
      return false;
    const count = (counts.get(entry.group) ?? 0) + 1;
    counts.set(entry.group, count);
    return count <= perGroup;
  });
}

export function conversationEntries(rows: readonly InboxRow[], unnamed: (handle: string) => string): PaletteEntry[] {
  return rows.map((row) => ({
    key: `conversation:${row.key}`,
    group: "conversations",
    label: row.name || unnamed(row.handle),
    detail: row.email ? `${row.email}, ${row.preview}` : row.preview,
    route: { room: "conversation", id: row.key, at: null },
  }));
}

export function visitorEntries(rows: readonly VisitorRow[], unnamed: (handle: string) => string): PaletteEntry[] {
  return rows
    .filter((row) => row.state !== "gone")
    .map((row) => ({
      key: `visitor:${row.key}`,
      group: "onSite",
      label: row.name || unnamed(row.handle),
      detail: row.page.title,
      route: { visitor: row.key },
    }));
}
