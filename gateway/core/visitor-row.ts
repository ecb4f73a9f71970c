/** A visit as a row of the table. */

import { maxTrailSegments } from "../../protocol/limits.ts";
import type { TrailSegment, VisitorRow } from "../../protocol/rows.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import { isMoneyPage } from "./page-address.ts";
import type { Rooms } from "./rooms.ts";
import { agentFace } from "./senders.ts";
import type { Visit } from "./visit.ts";

export function visitorRow(rooms: Rooms, visit: Visit): VisitorRow {
  const site = rooms.directory.site(visit.tenant, visit.site);
  const record = visit.conversation === null ? undefined : rooms.conversations.get(visit.tenant, visit.conversation);
  const cart = visit.attribute("cart");
  const row: VisitorRow = {
    key: visit.id,
    type: "visitor",
    site: site?.key ?? "",
    siteName: site?.name ?? "",
    verified: visit.verified,
    handle: visit.handle,
    state: stateOf(visit, record),
    startedAt: visit.startedAt,
    page: {
      url: visit.url,
      title: visit.title,
      enteredAt: visit.enteredAt,
    },
    pages: visit.pages,
    trail: segmentsOf(visit),
    referrer: visit.referrer,
    device: visit.device,
    locale: visit.locale,
    timeZone: visit.timeZone,
  };
  if (row.state === "gone") row.leftAt = visit.leftAt;
  if (visit.known) row.visitor = visit.storedAs;
  if (visit.visits > 0) row.visits = visit.visits;
  if (visit.name !== "") row.name = visit.name;
  if (visit.email !== "") row.email = visit.email;
  if (visit.country !== undefined) row.country = visit.country;
  if (visit.city !== undefined) row.city = visit.city;
  if (cart !== undefined && cart !== null) row.cart = String(cart);
  if (record) addConversation(rooms, visit, record, row);
  if (visit.invitation) {
    const { id, state, stateAt } = visit.invitation;
    row.invitation = { id, state, at: stateAt };
  }
  return row;
}

function addConversation(rooms: Rooms, visit: Visit, record: ConversationRecord, row: VisitorRow): void {
  row.conversation = record.id;
  const assignee = agentFace(rooms.directory, visit.tenant, record.assignee);
  if (assignee) row.assignee = assignee;
  if (record.waitingSince !== null) row.waitingSince = record.waitingSince;
}

function stateOf(visit: Visit, record: ConversationRecord | undefined): VisitorRow["state"] {
  if (visit.shown === "gone") return "gone";
  if (record?.status === "open")
    return record.assignee === null && record.waitingSince !== null ? "waiting" : "chatting";
  if (visit.invitation && visit.invitation.state !== "dismissed") return "invited";
  return visit.shown === "idle" ? "idle" : "browsing";
}

function segmentsOf(visit: Visit): TrailSegment[] {
  return visit.trail(maxTrailSegments).map(({ url, enteredAt }) => ({ enteredAt, money: isMoneyPage(url) }));
}
