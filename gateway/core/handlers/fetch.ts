import type { Fetch } from "../../../protocol/client-frames.ts";
import { maxEventsPerPage } from "../../../protocol/limits.ts";
import { fitting, fittingLast } from "../event-pages.ts";
import type { Rooms } from "../rooms.ts";
import { withNames } from "../senders.ts";
import type { Session } from "../session.ts";
import type { FrameHandler } from "./table.ts";

/**
 * A range of a log that this connection has open: a gap, or history. The answer may be shorter (R5.9): what is before all that the
 * client holds is read backwards, a gap is filled forwards.
 */
export const fetch: FrameHandler<Fetch> = {
  side: "both",
  rate: "ephemeral",
  handle(rooms, session, frame) {
    const cursor = session.cursors?.get(frame.log);
    if (!cursor) return session.connection.report("not-found", "this log is not open", "fetch");
    if (cursor.feed.epoch !== frame.epoch) {
      const { epoch, head } = cursor.feed;
      return session.connection.send({ kind: "reset", log: frame.log, epoch, head, reason: "epoch" });
    }
    if (frame.to < frame.from || frame.to - frame.from >= maxEventsPerPage) {
      return session.connection.report("invalid", `a range of 1 to ${maxEventsPerPage} events`, "fetch");
    }
    void answer(rooms, session, frame);
  },
};

async function answer(rooms: Rooms, session: Session, frame: Fetch): Promise<void> {
  const cursor = session.cursors?.get(frame.log);
  if (!cursor) return;
  const { feed } = cursor;
  const { tenant, conversation, log, epoch } = feed;
  try {
    const read = await rooms.storage.readLog(tenant, conversation, log, frame.from, frame.to, maxEventsPerPage);
    const named = read.map((event) => withNames(rooms.directory, tenant, event));
    const events = frame.to <= cursor.delivered ? fittingLast(named) : fitting(named);
    session.connection.send({
      kind: "events",
      log: frame.log,
      epoch,
      head: feed.head,
      events,
      request: frame.request,
    });
  } catch (error) {
    rooms.log.warn("fetch-failed", { error: String(error) });
    session.connection.report("busy", "storage does not answer", "fetch", 1000);
  }
}
