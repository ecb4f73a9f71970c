import type { Subscribe } from "../../../protocol/client-frames.ts";
import { maxSubscriptions } from "../../../protocol/limits.ts";
import { openAgentLog } from "../agent-logs.ts";
import type { FrameHandler } from "./table.ts";

/** Opens one more log, or the same one from another position. */
export const subscribe: FrameHandler<Subscribe> = {
  side: "both",
  rate: "ephemeral",
  handle(rooms, session, { position }) {
    const { principal, connection } = session;
    const open = (session.cursors?.size ?? 0) + (session.opening?.size ?? 0);
    if (open >= maxSubscriptions && !session.cursors?.has(position.address)) {
      return connection.report("invalid", `more than ${maxSubscriptions} logs`, "subscribe");
    }
    if (principal.type === "agent") openAgentLog(rooms, session, principal, position);
    else if (position.address === "current") {
      rooms.threads.open(session, principal, [position], position.epoch !== "" || position.seen > 0);
    } else if (position.address.endsWith("/public")) rooms.threads.read(session, principal, [position]);
    else connection.report("not-found", "no such log", "subscribe");
  },
};
