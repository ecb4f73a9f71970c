/** Logs that agents open: `pending` until storage has answered, tried again while it does not. */
import type { LogPosition, Refuse } from "../../protocol/frames.ts";
import { backoffMs } from "./backoff.ts";
import { type LogPlace, parseLogAddress, parseVisitAddress } from "./log-address.ts";
import { emptyLog, openLog } from "./opened-log.ts";
import { may } from "./permissions.ts";
import { refusedOffers } from "./refused-offers.ts";
import type { Rooms } from "./rooms.ts";
import type { AgentPrincipal, Session } from "./session.ts";

export function openAgentLog(rooms: Rooms, session: Session, agent: AgentPrincipal, position: LogPosition): void {
  const { address } = position;
  const place = parseLogAddress(address);
  const visit = parseVisitAddress(address);
  if (!place && visit === null) return session.connection.report("not-found", "no such address", "subscribe");
  if (session.opening?.has(address)) return;
  session.opening ??= new Set();
  session.opening.add(address);
  const opens = place
    ? () => openPlace(rooms, session, agent, place, position)
    : () => answerEmpty(rooms, session, agent, address);
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
    const refused = await refusedOffers(rooms, session, address);
    if (!stillWanted(session, address)) return;
    const action = place.log === "staff" ? "read-notes" : "read-conversations";
    if (!result || !may(agent, action, rooms.conversations.resourceOf(tenant, result.state))) {
      return await answerEmpty(rooms, session, agent, address, refused);
    }
    const record = rooms.conversations.learn(tenant, result.state);
    feed.verify(result.state.epoch, result.head);
    const ordinals = session.producers.map((producer) => ({
      producer,
      ordinal: result.ordinals.find((row) => row.producer === producer)?.ordinal ?? 0,
    }));
    openLog(rooms, session, { feed, address, record, position, ordinals, own: result.own, first: result.first });
    for (const refusal of refused) session.connection.send(refusal);
  } finally {
    rooms.hub.release(feed);
  }
}

/** Only the ordinals (R5.2): of a visit, whose messages are read in its conversation; of what is not there, or not theirs. */
async function answerEmpty(
  rooms: Rooms,
  session: Session,
  agent: AgentPrincipal,
  address: string,
  known?: readonly Refuse[],
): Promise<void> {
  const ordinals = await rooms.storage.ordinals(agent.tenant, address, session.producers, agent.agent);
  const refused = known ?? (await refusedOffers(rooms, session, address));
  const durable = session.producers.map((producer) => ({
    producer,
    ordinal: ordinals.find((row) => row.producer === producer)?.ordinal ?? 0,
  }));
  if (!stillWanted(session, address)) return;
  session.connection.send(emptyLog(address, durable));
  for (const refusal of refused) session.connection.send(refusal);
}

function stillWanted(session: Session, address: string): boolean {
  return session.open && (session.opening?.has(address) ?? false);
}
