import type { InboxRow } from "../../protocol/rows.ts";

export const inboxGroups = ["waiting", "mine", "others", "closed"] as const;
export type InboxGroup = (typeof inboxGroups)[number];

/** An open conversation that nobody has taken waits, also when its last word is ours. */
export function inboxGroupOf(row: InboxRow, ownId: string): InboxGroup {
  if (row.status === "closed") return "closed";
  if (row.assignee === null) return "waiting";
  return row.assignee.id === ownId ? "mine" : "others";
}

/** Waiting: longest first. All others: newest word first. */
export function groupInbox(rows: readonly InboxRow[], ownId: string): { [group in InboxGroup]: InboxRow[] } {
  const groups: { [group in InboxGroup]: InboxRow[] } = { waiting: [], mine: [], others: [], closed: [] };
  for (const row of rows) groups[inboxGroupOf(row, ownId)].push(row);
  groups.waiting.sort((a, b) => (a.waitingSince ?? a.lastAt) - (b.waitingSince ?? b.lastAt) || byKey(a, b));
  for (const group of [groups.mine, groups.others, groups.closed])
    group.sort((a, b) => b.lastAt - a.lastAt || byKey(a, b));
  return groups;
}

function byKey(a: InboxRow, b: InboxRow): number {
  return a.key < b.key ? -1 : 1;
}

/** Waits turn amber at one minute and red at three. */
export const warmAfterMs = 60_000;
export const hotAfterMs = 180_000;
export type WaitLevel = "calm" | "warm" | "hot";
export function waitLevel(waitedMs: number): WaitLevel {
  if (waitedMs >= hotAfterMs) return "hot";
  return waitedMs >= warmAfterMs ? "warm" : "calm";
}
