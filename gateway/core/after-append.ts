/** What follows an append that was acknowledged: fan-out, rows, threads, invitations. None of it can lose a message. */
import type { AppendRequest } from "../../storage/storage.ts";
import type { StoredAppend } from "./hub.ts";
import { invitationAnswered, invite } from "./invitations.ts";
import { parseVisitAddress } from "./log-address.ts";
import type { Rooms } from "./rooms.ts";
import type { Session, VisitorPrincipal } from "./session.ts";
import { takeSilently } from "./take-silently.ts";

export function afterAppend(rooms: Rooms, session: Session, request: AppendRequest, result: StoredAppend): void {
  const { tenant } = request;
  const { principal } = session;
  rooms.hub.appended(tenant, result);
  if (result.state) rooms.conversations.changed(tenant, result.state);
  if (principal.type === "visitor") afterVisitor(rooms, session, principal, request, result);
  else if (result.outcome === "stored") afterAgent(rooms, principal.agent, request, result);
}

function afterVisitor(
  rooms: Rooms,
  session: Session,
  visitor: VisitorPrincipal,
  request: AppendRequest,
  result: StoredAppend,
): void {
  const { visit } = visitor;
  // Another page may walk on this trail by now: it is not the one that wrote.
  if (visit?.visitor === visitor.visitor) {
    rooms.presence.used(visit);
    rooms.presence.touch(visit);
    invitationAnswered(rooms, visit);
    if (result.state) rooms.presence.conversationChanged(request.tenant, result.state);
  }
  const isNew = visitor.thread.phase === "read" && visitor.thread.current !== result.conversation;
  // The gateway that stored it may have died before the visitor's other pages, which hold nothing, were told.
  const resent = result.outcome === "duplicate" && !(request.target.type === "current" && request.target.again);
  if (isNew || resent || (session.wantsThread && !session.cursors?.has(`${result.conversation}/public`))) {
    session.wantsThread = true;
    rooms.threads.changed(request.tenant, visitor.visitor, visitor.contact);
  }
}

function afterAgent(rooms: Rooms, agent: string, request: AppendRequest, result: StoredAppend): void {
  const record = result.state;
  if (!record) return;
  const body = request.events[0]?.body;
  const visitId = parseVisitAddress(request.address);
  if (visitId !== null && record.status === "invited" && body?.kind === "text") {
    const visit = rooms.presence.visit(visitId);
    if (visit) invite(rooms, visit, record.id, body.text, agent, result.at);
  } else if (
    record.status === "open" &&
    (visitId !== null || result.events.some((appended) => appended.event.body.kind === "reopened"))
  ) {
    rooms.threads.changed(request.tenant, record.visitor, record.contact);
  }
  if (body?.kind === "text" && record.assignee === null && record.status !== "closed")
    void takeSilently(rooms, agent, request.tenant, record.id, record.status);
}
