import type { Unsubscribe } from "../../../protocol/client-frames.ts";
import type { FrameHandler } from "./table.ts";

export const unsubscribe: FrameHandler<Unsubscribe> = {
  side: "both",
  rate: "none",
  handle(rooms, session, frame) {
    session.opening?.delete(frame.log);
    const cursor = session.cursors?.get(frame.log);
    if (!cursor) return;
    session.cursors?.delete(frame.log);
    rooms.hub.detach(cursor);
    session.resume();
  },
};
