import type { SetAttributes } from "../../../protocol/frames.ts";
import type { FrameHandler } from "./table.ts";

/** What the site passes about its visitor: kept with the visit, and with the visitor once that one is stored. */
export const set: FrameHandler<SetAttributes> = {
  side: "visitor",
  rate: "page",
  handle(rooms, session, frame) {
    const { principal, connection } = session;
    if (principal.type !== "visitor" || !principal.visit) return;
    if (!rooms.presence.setAttributes(principal.visit, frame.attributes)) {
      connection.report("invalid", "too many attributes", "set");
    }
    if (!principal.visit.known) return;
    const kept = new Set(principal.visit.attributeList().map(({ name }) => name));
    const accepted = Object.entries(frame.attributes).filter(([name, value]) => value === null || kept.has(name));
    rooms.profiles.changed(principal, { attributes: Object.fromEntries(accepted) });
  },
};
