/** What is asked for once: closed conversations, a visitor, what a search finds. */
import type { ConversationInfo, SearchPage, VisitorInfo } from "../../../protocol/api.ts";
import { idOf } from "../id-of.ts";
import { mei } from "./team.ts";
import { minuteMs } from "./times.ts";

export function closedConversations(now: number): ConversationInfo[] {
  return ["Skarv 65: replacement buckle", "Delivery to Svalbard"].map((preview, place) => ({
    id: idOf(`old-${place}`),
    site: "ns_7Qd2",
    siteName: "northslope.example",
    status: "closed",
    visitor: idOf("henrik-person"),
    name: "Henrik Solberg",
    email: "henrik@mail.example",
    verified: true,
    handle: "HEN",
    assignee: { id: mei.id, name: mei.name, face: mei.face },
    createdAt: now - (60 + place * 100) * 24 * 60 * minuteMs,
    lastAt: now - (60 + place * 100) * 24 * 60 * minuteMs,
    closedAt: now - (60 + place * 100) * 24 * 60 * minuteMs,
    preview,
    previewSide: "visitor",
  }));
}

export function openConversation(now: number): ConversationInfo {
  const [first] = closedConversations(now) as [ConversationInfo];
  return { ...first, id: idOf("c-henrik"), status: "open", closedAt: null, preview: "Shall I do it?" };
}

export function henrikInfo(now: number): VisitorInfo {
  const dayMs = 24 * 60 * minuteMs;
  return {
    id: idOf("henrik-person"),
    name: "Henrik Solberg",
    email: "henrik@mail.example",
    verified: true,
    externalId: "48",
    handle: "HEN",
    locale: "nb-NO",
    timeZone: "Europe/Oslo",
    firstSeenAt: now - 200 * dayMs,
    lastSeenAt: now,
    visits: 6,
    attributes: [],
    conversations: closedConversations(now),
    earlierVisits: [
      {
        id: idOf("visit-old"),
        startedAt: now - 60 * dayMs,
        endedAt: now - 60 * dayMs + 9 * minuteMs,
        referrer: "https://www.google.com/",
        browser: "Firefox 140",
        os: "Linux",
        country: "NO",
        city: "Tromsø",
      },
    ],
  };
}

export function searchPage(now: number): SearchPage {
  const [first] = closedConversations(now) as [ConversationInfo];
  const henrik = openConversation(now);
  return {
    hits: [
      {
        conversation: henrik,
        log: "public" as const,
        seq: 3,
        at: now - 26 * 60 * minuteMs,
        side: "visitor" as const,
        sender: "Henrik Solberg",
        snippet: "do the storm gaiters fit the Moraine boots",
        marks: [[13, 20]] as [number, number][],
      },
      {
        conversation: first,
        log: "public" as const,
        seq: 1,
        at: now - 60 * 24 * 60 * minuteMs,
        side: "agent" as const,
        sender: "Mei Lin",
        snippet: "Storm gaiters fit every boot with a lace hook",
        marks: [[6, 13]] as [number, number][],
      },
    ],
    people: [
      {
        visitor: idOf("ingrid-person"),
        name: "Ingrid Dahl",
        email: "ingrid@mail.example",
        verified: true,
        handle: "ING",
        conversation: idOf("c-ingrid"),
        lastSeenAt: now - 3_600_000,
        matched: "last cart: storm gaiters",
      },
    ],
    next: null,
    partial: false,
  };
}
