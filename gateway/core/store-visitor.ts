/** A linked person writes from a browser of which nothing is stored: from the first message on it has a row of its own. */
import type { Rooms } from "./rooms.ts";
import type { Session, StandIn, VisitorPrincipal } from "./session.ts";

/** All messages that wait for it go on in their order. `conflict`: it is somebody else's, and was told to start over. `failing`: try later. */
export function storeVisitor(
  rooms: Rooms,
  session: Session,
  principal: VisitorPrincipal,
  standIn: StandIn,
): Promise<"stored" | "conflict" | "failing"> {
  standIn.storing ??= store(rooms, session, principal, standIn).finally(() => {
    standIn.storing = null;
  });
  return standIn.storing;
}

async function store(
  rooms: Rooms,
  session: Session,
  principal: VisitorPrincipal,
  { identity }: StandIn,
): Promise<"stored" | "conflict" | "failing"> {
  const { tenant, site, visitor, visit } = principal;
  try {
    const result = await rooms.storage.linkContact(tenant, site, visitor, identity, rooms.clock.now());
    if (result.outcome === "conflict") {
      // Another tab of the browser has become somebody else.
      session.connection.send({
        kind: "identified",
        principal: visitor,
        verified: false,
        code: "conflict",
        startOver: true,
      });
      return "conflict";
    }
  } catch (error) {
    rooms.log.warn("contact-not-linked", { error: String(error) });
    return "failing";
  }
  principal.standIn = null;
  rooms.profiles.changed(principal, rooms.profiles.of(principal));
  if (visit?.visitor === visitor) rooms.presence.stored(visit);
  return "stored";
}
