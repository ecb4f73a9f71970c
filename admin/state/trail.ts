import type { TrailSegment, VisitorRow } from "../../protocol/rows.ts";

export interface TrailPiece {
  /** Pixels. */
  length: number;
  kind: "past" | "now" | "money";
}

/** A visit of this length fills the bar. */
const fullVisitMs = 16 * 60_000;
const maxLength = 96;
const minPiece = 3;
const gap = 1;
const maxPieces = Math.floor(maxLength / (minPiece + gap));

/** A visit lying down: its length grows with the square root of the time, each page keeps its share and at least 3 px. */
export function trailPieces(trail: readonly TrailSegment[], now: number): TrailPiece[] {
  const shown = trail.slice(-maxPieces);
  const first = shown[0];
  if (!first) return [];
  const total = Math.max(1, now - first.enteredAt);
  const room = Math.max(1, shown.length) * (minPiece + gap);
  const bar = Math.max(room, Math.min(maxLength, maxLength * Math.sqrt(total / fullVisitMs)));
  const spare = bar - room;
  return shown.map((segment, place) => {
    const end = shown[place + 1]?.enteredAt ?? now;
    const share = Math.max(0, end - segment.enteredAt) / total;
    const kind = segment.money ? "money" : place === shown.length - 1 ? "now" : "past";
    return { length: Math.round((minPiece + spare * share) * 10) / 10, kind };
  });
}

export interface StandingPage {
  title: string;
  url: string;
  enteredAt: number;
  /** `null`: this is where the visitor is now. */
  leftAt: number | null;
  money: boolean;
}

/** Pages of a visit with the mark of cart and checkout, which only the row's trail carries; both end with the present page. */
export function standingPages(
  pages: readonly { url: string; title: string; enteredAt: number; leftAt?: number | null }[],
  row: VisitorRow | null,
): StandingPage[] {
  const trail = row?.trail ?? [];
  return pages.map((page, place) => ({
    title: page.title,
    url: page.url,
    enteredAt: page.enteredAt,
    leftAt: page.leftAt ?? pages[place + 1]?.enteredAt ?? row?.leftAt ?? null,
    money: trail[trail.length - (pages.length - place)]?.money ?? false,
  }));
}

const minHeight = 29;
const maxHeight = 76;
/** Height of a page in the standing trail, in pixels. */
export function pageHeight(dwellMs: number): number {
  return Math.round(Math.min(maxHeight, minHeight + 2.6 * Math.sqrt(Math.max(0, dwellMs) / 1000)));
}

/** `/tents/tarn-2` of an address; the address itself if it is none. */
export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}

/** `google.com` of a referrer, without `www`; empty for none. */
export function hostOf(referrer: string): string {
  try {
    return new URL(referrer).hostname.replace(/^www\./, "");
  } catch {
    return referrer;
  }
}
