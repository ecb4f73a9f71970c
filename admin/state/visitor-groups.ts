import type { VisitorRow } from "../../protocol/rows.ts";

/** Groups of the visitors table, from the top. */
export const visitorGroups = ["waiting", "chatting", "invited", "browsing"] as const;
export type VisitorGroup = (typeof visitorGroups)[number];

export const sortColumns = [
  "visitor",
  "page",
  "trail",
  "time",
  "visits",
  "place",
  "from",
  "device",
  "cart",
  "with",
] as const;
export type SortColumn = (typeof sortColumns)[number];
/** `null`: each group in its own order (longest wait, newest page). */
export type VisitorSort = { column: SortColumn; descending: boolean } | null;

/** What the sidebar narrows the table to. */
export const visitorScopes = ["all", "chatting", "checkout", "returning", "idle"] as const;
export type VisitorScope = (typeof visitorScopes)[number];

export interface GroupedKeys {
  group: VisitorGroup;
  keys: string[];
}

export function groupOf(row: VisitorRow): VisitorGroup {
  if (row.waitingSince !== undefined && row.assignee === undefined) return "waiting";
  switch (row.state) {
    case "waiting":
      return "waiting";
    case "chatting":
      return "chatting";
    case "invited":
      return "invited";
    case "browsing":
    case "idle":
    case "gone":
      if (row.assignee) return "chatting";
      return row.invitation && row.invitation.state !== "dismissed" ? "invited" : "browsing";
  }
}

export function atCheckout(row: VisitorRow): boolean {
  return row.trail[row.trail.length - 1]?.money === true;
}

export function inScope(row: VisitorRow, scope: VisitorScope): boolean {
  switch (scope) {
    case "all":
      return true;
    case "chatting":
      return groupOf(row) === "chatting";
    case "checkout":
      return atCheckout(row);
    case "returning":
      return (row.visits ?? 1) > 1;
    case "idle":
      return row.state === "idle";
  }
}

/** Every word of the filter must stand in one of the row's texts. */
export function matchesFilter(row: VisitorRow, filter: string): boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return true;
  const text = [
    row.name,
    row.email,
    row.handle,
    row.page.title,
    row.page.url,
    row.country,
    row.city,
    row.referrer,
    row.device.browser,
    row.device.os,
    row.cart,
    row.assignee?.name,
    row.siteName,
  ]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The table as it ought to stand now: groups from the top, sorted within; empty groups are left out. */
export function groupVisitors(rows: readonly VisitorRow[], sort: VisitorSort): GroupedKeys[] {
  const byGroup = new Map<VisitorGroup, VisitorRow[]>(visitorGroups.map((group) => [group, []]));
  for (const row of rows) byGroup.get(groupOf(row))?.push(row);
  return visitorGroups.flatMap((group) => {
    const members = byGroup.get(group) ?? [];
    if (members.length === 0) return [];
    members.sort(sort ? compareBy(sort) : naturalOrder[group]);
    return [{ group, keys: members.map((row) => row.key) }];
  });
}

type Compare = (a: VisitorRow, b: VisitorRow) => number;

const byKey: Compare = (a, b) => (a.key < b.key ? -1 : 1);
const newestPage: Compare = (a, b) => b.page.enteredAt - a.page.enteredAt || byKey(a, b);
const naturalOrder: { readonly [group in VisitorGroup]: Compare } = {
  waiting: (a, b) => (a.waitingSince ?? a.startedAt) - (b.waitingSince ?? b.startedAt) || byKey(a, b),
  chatting: (a, b) => a.startedAt - b.startedAt || byKey(a, b),
  invited: (a, b) => (b.invitation?.at ?? 0) - (a.invitation?.at ?? 0) || byKey(a, b),
  browsing: newestPage,
};

const text = (a: string | undefined, b: string | undefined) => (a ?? "￿").localeCompare(b ?? "￿");
const ascending: { readonly [column in SortColumn]: Compare } = {
  visitor: (a, b) => text(a.name, b.name) || a.handle.localeCompare(b.handle),
  page: (a, b) => a.page.title.localeCompare(b.page.title),
  trail: (a, b) => a.pages - b.pages,
  time: (a, b) => b.startedAt - a.startedAt,
  visits: (a, b) => (a.visits ?? 0) - (b.visits ?? 0),
  place: (a, b) => text(a.country, b.country) || text(a.city, b.city),
  from: (a, b) => a.referrer.localeCompare(b.referrer),
  device: (a, b) => a.device.browser.localeCompare(b.device.browser),
  cart: (a, b) => amountIn(a.cart) - amountIn(b.cart),
  with: (a, b) => text(a.assignee?.name, b.assignee?.name),
};

function compareBy({ column, descending }: NonNullable<VisitorSort>): Compare {
  const compare = ascending[column];
  return (a, b) => (descending ? compare(b, a) : compare(a, b)) || byKey(a, b);
}

/** `€ 1,284.50` as 1284.5; carts are texts that the site passes. */
export function amountIn(cart: string | undefined): number {
  const digits = (cart ?? "")
    .replace(/[^\d.,]/g, "")
    .replace(/[.,](?=\d{3}(\D|$))/g, "")
    .replace(",", ".");
  return Number.parseFloat(digits) || 0;
}
