import type { PageView } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

/** Another page within the same load. */
export const page: FrameHandler<PageView> = {
  side: "visitor",
  rate: "page",
  handle(rooms, session, frame) {
    if (session.principal.type === "visitor" && session.principal.visit) {
      rooms.presence.page(session.principal.visit, frame.page);
    }
  },
};
