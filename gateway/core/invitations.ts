/**
 * An invitation is an agent's first message to a visit. The gateway shows its text, and nothing else, on the page that the
 * agent saw and on its followers in that trail; the first secret to answer becomes the conversation's visitor.
 */
import type { Invitation, Sender } from "../../protocol/frames.ts";
import type { Rooms } from "./rooms.ts";
import { agentSender } from "./senders.ts";
import type { Session } from "./session.ts";
import type { OpenInvitation, Visit } from "./visit.ts";

type SavedState = Parameters<Rooms["storage"]["saveInvitationState"]>[2];

const order = ["sent", "delivered", "seen", "dismissed"] as const;

export function invite(rooms: Rooms, visit: Visit, id: string, text: string, agent: string, at: number): void {
  visit.invitation = { id, text, agent, at, contact: visit.person, state: "sent", stateAt: at };
  for (const session of visit.sessions) showInvitation(rooms, session, visit);
  rooms.presence.changed(visit);
}

/** On a page that just opened, or just got it, or proved to be its reader's. Dismissed ones never come again. */
export function showInvitation(rooms: Rooms, session: Session, visit: Visit): void {
  const { invitation } = visit;
  if (!invitation || invitation.state === "dismissed") return;
  if (invitation.contact !== null && invitation.contact !== visit.person) return;
  session.connection.send(frameOf(invitation, agentSender(rooms.directory, visit.tenant, invitation.agent), "open"));
}

/** Delivered, seen, dismissed: it only goes forward. */
export function invitationMoved(rooms: Rooms, visit: Visit, state: "delivered" | "seen" | "dismissed"): void {
  const { invitation } = visit;
  if (!invitation || order.indexOf(state) <= order.indexOf(invitation.state)) return;
  invitation.state = state;
  invitation.stateAt = rooms.clock.now();
  if (state === "dismissed") tellGone(rooms, visit, invitation);
  rooms.presence.changed(visit);
  save(rooms, visit, invitation.id, state);
}

/** Somebody answered, or the conversation is there without it. */
export function invitationAnswered(rooms: Rooms, visit: Visit): void {
  const { invitation } = visit;
  if (!invitation) return;
  visit.invitation = null;
  visit.answered = invitation;
  tellGone(rooms, visit, invitation);
  rooms.presence.changed(visit);
}

/** Its visit ended. */
export function invitationMissed(rooms: Rooms, visit: Visit): void {
  const { invitation } = visit;
  visit.invitation = null;
  if (invitation && invitation.state !== "dismissed") save(rooms, visit, invitation.id, "missed");
}

function save(rooms: Rooms, { tenant }: Visit, invitation: string, state: SavedState): void {
  const saved = rooms.storage.saveInvitationState(tenant, invitation, state);
  saved.catch((error: unknown) => rooms.log.warn("invitation-state-not-saved", { error: String(error) }));
}

function tellGone(rooms: Rooms, visit: Visit, invitation: OpenInvitation): void {
  const sender = agentSender(rooms.directory, visit.tenant, invitation.agent);
  for (const session of visit.sessions) session.connection.send(frameOf(invitation, sender, "gone"));
}

function frameOf(invitation: OpenInvitation, agent: Sender, state: Invitation["state"]): Invitation {
  const { id, text, at } = invitation;
  return { kind: "invitation", invitation: id, text, agent, at, state };
}
