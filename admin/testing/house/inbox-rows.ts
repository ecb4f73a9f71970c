import type { InboxRow } from "../../../protocol/rows.ts";
import { idOf } from "../id-of.ts";
import { aisha, jonas, mei } from "./team.ts";
import { minuteMs, secondMs } from "./times.ts";

export function inboxRow(key: string, name: string | undefined, more: Partial<InboxRow>, now: number): InboxRow {
  return {
    key: idOf(`c-${key}`),
    type: "conversation",
    site: "ns_7Qd2",
    siteName: "northslope.example",
    visit: idOf(key),
    visitor: idOf(`${key}-person`),
    online: true,
    verified: name !== undefined,
    handle: key.replace(/^v/, "").toUpperCase(),
    status: "open",
    assignee: null,
    lastAt: now - minuteMs,
    preview: "",
    previewSide: "visitor",
    publicHead: 3,
    staffHead: 0,
    visitorCount: 2,
    agentCount: 1,
    unread: 0,
    visitorDelivered: 0,
    visitorRead: 0,
    ...(name === undefined ? {} : { name, email: `${key}@mail.example` }),
    ...more,
  };
}

export function inboxRows(now: number): InboxRow[] {
  const ago = (minutes: number) => now - minutes * minuteMs;
  return [
    inboxRow(
      "chen",
      "陈思远",
      { preview: "付款页一直转圈，是不是没付成功？", waitingSince: now - 252 * secondMs, unread: 1 },
      now,
    ),
    inboxRow(
      "v7k2",
      undefined,
      { preview: "Is the 44 too tight with thick socks?", waitingSince: now - 108 * secondMs, unread: 1 },
      now,
    ),
    inboxRow(
      "priya",
      "Priya Raman",
      { preview: "Can I swap the colour after ordering?", waitingSince: now - 21 * secondMs, unread: 1 },
      now,
    ),
    inboxRow(
      "henrik",
      "Henrik Solberg",
      {
        assignee: mei,
        preview: "Shall I do it?",
        previewSide: "agent",
        previewName: "Mei Lin",
        lastAt: now - 10 * secondMs,
      },
      now,
    ),
    inboxRow(
      "zhou",
      "周雨桐",
      { assignee: mei, preview: "好的，谢谢。另外可以开公司发票吗？", lastAt: ago(1.5), unread: 2 },
      now,
    ),
    inboxRow(
      "ingrid",
      "Ingrid Dahl",
      {
        assignee: mei,
        preview: "I will know tomorrow morning.",
        previewSide: "agent",
        previewName: "Mei Lin",
        lastAt: ago(13),
        visitorDelivered: 3,
        visitorRead: 3,
      },
      now,
    ),
    inboxRow(
      "oskar",
      "Oskar Nyman",
      {
        assignee: mei,
        preview: "It is with the carrier now.",
        previewSide: "agent",
        previewName: "Mei Lin",
        lastAt: ago(46),
      },
      now,
    ),
    inboxRow("camille", "Camille Robert", { assignee: jonas, preview: "Merci, je regarde.", lastAt: ago(1) }, now),
    inboxRow("v3qf", undefined, { assignee: jonas, preview: "Is the hip belt removable?", lastAt: ago(4) }, now),
    inboxRow(
      "tomasz",
      "Tomasz Wrona",
      {
        assignee: aisha,
        preview: "30 degrees, hand wash.",
        previewSide: "agent",
        previewName: "Aisha Khan",
        lastAt: ago(8),
        visitorDelivered: 3,
      },
      now,
    ),
    inboxRow(
      "lena",
      "Lena Fischer",
      { assignee: jonas, status: "closed", preview: "Danke, das hilft mir weiter.", lastAt: ago(32) },
      now,
    ),
    inboxRow(
      "bo",
      "Bo Andersson",
      { assignee: mei, status: "closed", preview: "Thank you, that is all.", lastAt: ago(95) },
      now,
    ),
  ];
}
