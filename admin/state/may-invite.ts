import type { VisitorRow } from "../../protocol/rows.ts";
import type { LiveConnection } from "./live-connection.ts";

/** Somebody who may write can send this visitor a first message now: they are here, nobody talks to them, no invitation is open. */
export function mayInvite(row: VisitorRow, connection: LiveConnection): boolean {
  const { invitation } = row;
  if (talks(row) || row.state === "gone") return false;
  if (invitation) return invitation.state === "dismissed";
  return connection.invitation(row.key) === undefined || connection.invitationFailed(row.key) !== null;
}

/** A conversation is going on, or was begun by the visitor. */
export function talks(row: VisitorRow): boolean {
  return (
    row.conversation !== undefined &&
    (row.state === "chatting" || row.state === "waiting" || row.assignee !== undefined)
  );
}
