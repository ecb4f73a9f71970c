/** View `visit:<visit>`: one row with the whole trail and what the site passed. */
import type { VisitRow } from "../../protocol/rows.ts";
import type { Rooms } from "./rooms.ts";
import { agentFace } from "./senders.ts";
import type { ViewSource } from "./view.ts";
import type { Visit } from "./visit.ts";
import { visitorRow } from "./visitor-row.ts";

export class VisitSource implements ViewSource {
  readonly name: string;
  readonly ready = true;
  readonly #rooms: Rooms;
  readonly #tenant: number;
  readonly #visit: string;

  constructor(rooms: Rooms, tenant: number, visit: string) {
    this.name = `visit:${visit}`;
    this.#rooms = rooms;
    this.#tenant = tenant;
    this.#visit = visit;
  }

  *keys(): Iterable<readonly [string, number | null]> {
    const visit = this.#live();
    if (visit) yield [visit.id, this.#rooms.directory.site(visit.tenant, visit.site)?.department ?? null];
  }

  row(): VisitRow | null {
    const visit = this.#live();
    return visit ? visitRow(this.#rooms, visit) : null;
  }

  audience(): string {
    return "";
  }

  #live(): Visit | null {
    const visit = this.#rooms.presence.visit(this.#visit);
    return visit && visit.tenant === this.#tenant && visit.shown !== "hidden" ? visit : null;
  }
}

function visitRow(rooms: Rooms, visit: Visit): VisitRow {
  return {
    key: visit.id,
    type: "visit",
    visitorRow: visitorRow(rooms, visit),
    pages: pagesOf(visit),
    attributes: visit.attributeList(),
    events: (visit.events ?? []).map(({ name, at, properties }) => ({ name, at, properties })),
    ...invitationOf(rooms, visit),
    ...(visit.ipAddress === "" ? {} : { ipAddress: visit.ipAddress }),
  };
}

function invitationOf(rooms: Rooms, visit: Visit): Pick<VisitRow, "invitation"> {
  const invitation = visit.invitation ?? visit.answered;
  const agent = invitation && agentFace(rooms.directory, visit.tenant, invitation.agent);
  if (!agent) return {};
  const { text, at } = invitation;
  return { invitation: { text, agent, state: visit.invitation?.state ?? "answered", at } };
}

/** A page was left when the next one was entered. */
function pagesOf(visit: Visit): VisitRow["pages"] {
  return visit.trail().map((page, at, pages) => {
    const leftAt = pages[at + 1]?.enteredAt ?? (visit.leftAt || undefined);
    return leftAt === undefined ? page : { ...page, leftAt };
  });
}
