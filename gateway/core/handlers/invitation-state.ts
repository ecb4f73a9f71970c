import type { InvitationState } from "../../../protocol/client-frames.ts";
import { invitationMoved } from "../invitations.ts";
import type { FrameHandler } from "./table.ts";

/** The page got the invitation, its reader saw it, or dismissed it for good. */
export const invitationState: FrameHandler<InvitationState> = {
  side: "visitor",
  rate: "ephemeral",
  handle(rooms, session, frame) {
    const visit = session.principal.type === "visitor" ? session.principal.visit : null;
    if (visit?.invitation?.id === frame.invitation) invitationMoved(rooms, visit, frame.state);
    else session.connection.report("not-found", "no such invitation", "invitation-state");
  },
};
