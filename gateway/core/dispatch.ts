/** A frame to its handler: side, rates, handler. What the handler does to a resource, it asks permissions.ts itself. */
import type { ClientFrame } from "../../protocol/client-frames.ts";
import { ephemeralPerMinute, pagesPerMinute } from "../../protocol/limits.ts";
import { type FrameHandler, type HandledKind, handlers } from "./handlers/table.ts";
import { perMinute, useRate } from "./rate.ts";
import type { Rooms } from "./rooms.ts";
import type { Session } from "./session.ts";

const ephemeralRate = perMinute(ephemeralPerMinute, ephemeralPerMinute / 6);
const pageRate = perMinute(pagesPerMinute, 20);

/** A promise: later frames of this connection wait for it. */
export function dispatch(
  rooms: Rooms,
  session: Session,
  frame: Extract<ClientFrame, { kind: HandledKind }>,
): Promise<void> | void {
  const handler = handlers[frame.kind] as FrameHandler<typeof frame>;
  if (handler.side !== "both" && handler.side !== session.principal.type) {
    return session.connection.report("forbidden", `not for a ${session.principal.type}`, frame.kind);
  }
  const retryAfterMs = waitOf(rooms, session, handler.rate);
  if (retryAfterMs > 0) return session.connection.report("rate", "too many of these", frame.kind, retryAfterMs);
  return handler.handle(rooms, session, frame);
}

/** 0: allowed now. */
function waitOf(rooms: Rooms, session: Session, rate: FrameHandler<ClientFrame>["rate"]): number {
  if (rate === "none") return 0;
  const now = rooms.clock.monotonic();
  const ephemeral = rate === "ephemeral";
  const used = useRate(
    ephemeral ? ephemeralRate : pageRate,
    ephemeral ? session.ephemeralFullAt : session.pagesFullAt,
    now,
  );
  if (!used.allowed) return used.retryAfterMs;
  if (ephemeral) session.ephemeralFullAt = used.fullAt;
  else session.pagesFullAt = used.fullAt;
  return 0;
}
