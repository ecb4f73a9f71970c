import type { VisitEvent } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

/** Something that happened on the site: an order, a search. */
export const event: FrameHandler<VisitEvent> = {
  side: "visitor",
  rate: "page",
  handle(rooms, session, frame) {
    if (session.principal.type === "visitor" && session.principal.visit) {
      rooms.presence.event(session.principal.visit, frame);
    }
  },
};
