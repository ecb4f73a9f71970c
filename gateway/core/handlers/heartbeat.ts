import type { ClientHeartbeat } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

/** The echo, with the heads that moved. */
export const heartbeat: FrameHandler<ClientHeartbeat> = {
  side: "both",
  rate: "none",
  handle(rooms, session, frame) {
    const { connection, principal } = session;
    if (frame.visible && !connection.visible && principal.type === "visitor" && principal.visit) {
      rooms.presence.touch(principal.visit);
    }
    connection.visible = frame.visible;
    connection.send(rooms.sessions.heartbeat(session, frame.nonce));
  },
};
