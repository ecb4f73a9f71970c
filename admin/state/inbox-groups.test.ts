import { expect, test } from "vitest";
import type { InboxRow } from "../../protocol/rows.ts";
import { groupInbox, waitLevel } from "./inbox-groups.ts";

function conversation(key: string, more: Partial<InboxRow> = {}): InboxRow {
  return {
    key,
    type: "conversation",
    site: "s",
    siteName: "Northslope",
    online: true,
    verified: false,
    handle: key,
    status: "open",
    assignee: null,
    lastAt: 1000,
    preview: "",
    previewSide: "visitor",
    publicHead: 1,
    staffHead: 0,
    visitorCount: 1,
    agentCount: 0,
    unread: 0,
    visitorDelivered: 0,
    visitorRead: 0,
    ...more,
  };
}

test("waiting ones longest first, all others by their newest word", () => {
  const me = { id: "mei", name: "Mei" };
  const groups = groupInbox(
    [
      conversation("w-short", { waitingSince: 900 }),
      conversation("w-long", { waitingSince: 100 }),
      conversation("m-old", { assignee: me, lastAt: 10 }),
      conversation("m-new", { assignee: me, lastAt: 20 }),
      conversation("o", { assignee: { id: "jonas", name: "Jonas" } }),
      conversation("c", { assignee: me, status: "closed" }),
    ],
    "mei",
  );
  const keys = Object.fromEntries(Object.entries(groups).map(([group, rows]) => [group, rows.map((row) => row.key)]));
  expect(keys).toEqual({ waiting: ["w-long", "w-short"], mine: ["m-new", "m-old"], others: ["o"], closed: ["c"] });
});

test("a wait is amber from 1:00 and red from 3:00", () => {
  expect([59_999, 60_000, 179_999, 180_000].map(waitLevel)).toEqual(["calm", "warm", "warm", "hot"]);
});
