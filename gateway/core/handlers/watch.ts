import type { Watch } from "../../../protocol/client-frames.ts";
import { may } from "../permissions.ts";
import type { FrameHandler } from "./table.ts";

/** Views that one connection may look at. */
const maxViews = 16;

/** A fresh snapshot, then differences. */
export const watch: FrameHandler<Watch> = {
  side: "agent",
  rate: "ephemeral",
  handle(rooms, session, frame) {
    const { principal, connection } = session;
    if (principal.type !== "agent") return;
    const action = frame.view === "team" ? "read-agents" : "watch-visitors";
    if (!may(principal, action, { tenant: principal.tenant, department: null })) {
      return connection.report("forbidden", "not for this role", "watch");
    }
    if ((session.watchers?.size ?? 0) >= maxViews && !session.watchers?.has(frame.view)) {
      return connection.report("invalid", `more than ${maxViews} views`, "watch");
    }
    rooms.views.watch(session, principal, frame.view);
  },
};
