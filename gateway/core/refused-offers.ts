/**
 * A client drops from its outbox what a `log` frame says is durable. What was refused for good is durable too, and its sender has
 * to hear of it again (R7.6).
 */
import type { Refuse } from "../../protocol/frames.ts";
import type { Rooms } from "./rooms.ts";
import { agentSender } from "./senders.ts";
import type { Session } from "./session.ts";

/** Rejects as storage does. Asked once for each address that the hello offered. */
export async function refusedOffers(rooms: Rooms, session: Session, address: string): Promise<Refuse[]> {
  const ranges = session.offers.filter(
    (offer) => offer.address === address && session.producers.includes(offer.producer),
  );
  if (ranges.length === 0) return [];
  const { tenant } = session.principal;
  const rows = await rooms.storage.refusals(tenant, address, ranges, session.principalId);
  session.offers = session.offers.filter((offer) => offer.address !== address);
  return rows.map(({ producer, ordinal, id, code, by }) => ({
    kind: "refuse",
    producer,
    address,
    ordinal,
    id,
    code,
    final: true,
    ...(by === undefined ? {} : { by: agentSender(rooms.directory, tenant, by).name ?? by }),
  }));
}
