/** Logs that agents open: `pending` until storage has answered, tried again while it does not. */
import type { LogPosition, LogState } from "../../protocol/frames.ts";
import { backoffMs } from "./backoff.ts";
import { type LogPlace, parseLogAddress, parseVisitAddress } from "./log-address.ts";
import { openLog } from "./opened-log.ts";
import { may } from "./permissions.ts";
import type { Rooms } from "./rooms.ts";
import type { AgentPrincipal, Session } from "./session.ts";

export function openAgentLog(rooms: Rooms, session: Session, agent: AgentPrincipal, position: LogPosition): void {
  const { address } = position;
  const place = parseLogAddress(address);
  const visit = parseVisitAddress(address);
  if (!place && visit === null) return notFound(session, address);
  if (session.opening?.has(address)) return;
  session.opening ??= new Set();
  session.opening.add(address);
  const opens = place
    ? () => openPlace(rooms, session, agent, place, position)
    : () => answerVisit(rooms, session, agent, address);
  void keepTrying(rooms, session, address, opens, 1);
}

async function keepTrying(
  rooms: Rooms,
  session: Session,
  address: string,
  opens: () => Promise<void>,
  tries: number,
): Promise<void> {
  try {
    await opens();
    session.opening?.delete(address);
  } catch (error) {
    rooms.log.warn("log-not-opened", { error: String(error) });
    rooms.clock.after(backoffMs(rooms.ids, tries), () => {
      if (stillWanted(session, address)) void keepTrying(rooms, session, address, opens, tries + 1);
    });
  }
}

async function openPlace(
  rooms: Rooms,
  session: Session,
  agent: AgentPrincipal,
  place: LogPlace,
  position: LogPosition,
): Promise<void> {
  const { tenant } = agent;
  const { address } = position;
  const feed = rooms.hub.hold(tenant, place.conversation, place.log);
  try {
    const producers = session.producers.map((producer) => ({ producer, address }));
    const result = await rooms.storage.openLog({ tenant, ...place, producers, reader: agent.agent });
    if (!stillWanted(session, address)) return;
    const action = place.log === "staff" ? "read-notes" : "read-conversations";
    if (!result || !may(agent, action, rooms.conversations.resourceOf(tenant, result.state))) {
      return notFound(session, address);
    }
    const record = rooms.conversations.learn(tenant, result.state);
    feed.verify(result.state.epoch, result.head);
    const ordinals = session.producers.map((producer) => ({
      producer,
      ordinal: result.ordinals.find((row) => row.producer === producer)?.ordinal ?? 0,
    }));
    openLog(rooms, session, { feed, address, record, position, ordinals, own: result.own, first: result.first });
  } finally {
    rooms.hub.release(feed);
  }
}

/** Only the ordinals: what was published to a visit is read in its conversation. */
async function answerVisit(rooms: Rooms, session: Session, agent: AgentPrincipal, address: string): Promise<void> {
  const ordinals = await rooms.storage.ordinals(agent.tenant, address, session.producers);
  const nothing = { delivered: 0, read: 0 };
  const state: LogState = {
    kind: "log",
    address,
    head: 0,
    state: "tail",
    ordinals: session.producers.map((producer) => ({
      producer,
      ordinal: ordinals.find((row) => row.producer === producer)?.ordinal ?? 0,
    })),
    own: nothing,
    visitor: nothing,
    agents: nothing,
  };
  if (stillWanted(session, address)) session.connection.send(state);
}

function stillWanted(session: Session, address: string): boolean {
  return session.open && (session.opening?.has(address) ?? false);
}

/** The same for what is not there and for what is not theirs. */
function notFound(session: Session, address: string): void {
  session.opening?.delete(address);
  session.connection.report("not-found", `no such log: ${address}`, "subscribe");
}
