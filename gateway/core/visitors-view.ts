/** View `visitors`: all live visits of a tenant, from memory. */
import type { VisitorRow } from "../../protocol/rows.ts";
import type { Rooms } from "./rooms.ts";
import type { ViewSource } from "./view.ts";
import { visitorRow } from "./visitor-row.ts";

export class VisitorsSource implements ViewSource {
  readonly name = "visitors";
  readonly ready = true;
  readonly #rooms: Rooms;
  readonly #tenant: number;

  constructor(rooms: Rooms, tenant: number) {
    this.#rooms = rooms;
    this.#tenant = tenant;
  }

  *keys(): Iterable<readonly [string, number | null]> {
    for (const visit of this.#rooms.presence.visits()) {
      if (visit.tenant !== this.#tenant || visit.shown === "hidden") continue;
      yield [visit.id, this.#rooms.directory.site(visit.tenant, visit.site)?.department ?? null];
    }
  }

  row(key: string): VisitorRow | null {
    const visit = this.#rooms.presence.visit(key);
    return visit && visit.tenant === this.#tenant && visit.shown !== "hidden" ? visitorRow(this.#rooms, visit) : null;
  }

  audience(): string {
    return "";
  }
}
