import type { Receipt } from "../../../protocol/client-frames.ts";
import { may } from "../permissions.ts";
import type { FrameHandler } from "./table.ts";

/** Moves cursors of open logs and makes room in the window. What is not open, or of another epoch, counts for nothing. */
export const receipt: FrameHandler<Receipt> = {
  side: "both",
  rate: "none",
  handle(rooms, session, frame) {
    const { principal } = session;
    for (const { log, epoch, delivered, read } of frame.positions) {
      const cursor = session.cursors?.get(log);
      if (!cursor || cursor.feed.epoch !== epoch) continue;
      session.inFlight -= cursor.receive(delivered);
      const head = cursor.feed.head;
      // Who only looks on does not make a message "read".
      const action = cursor.feed.log === "staff" ? "write-note" : "write-message";
      const record = rooms.conversations.get(principal.tenant, cursor.feed.conversation);
      if (!record || !may(principal, action, rooms.conversations.resourceOf(principal.tenant, record))) continue;
      const reader = principal.type === "agent" ? principal.agent : null;
      rooms.receipts.moved(cursor.feed, reader, Math.min(delivered, head), Math.min(read, head));
    }
    session.resume();
  },
};
