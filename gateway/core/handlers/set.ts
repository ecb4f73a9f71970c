import type { SetAttributes } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

/** What the site passes about its visitor: kept with the visit, and with the visitor once that one is stored. */
export const set: FrameHandler<SetAttributes> = {
  side: "visitor",
  rate: "page",
  handle(rooms, session, frame) {
    const { principal, connection } = session;
    if (principal.type !== "visitor" || !principal.visit) return;
    if (!rooms.presence.setAttributes(principal.visit, principal, frame.attributes)) {
      connection.report("invalid", "too many attributes", "set");
    }
  },
};
