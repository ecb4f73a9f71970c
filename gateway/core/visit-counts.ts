/** How often somebody came: read once the visit is stored with its visitor, so that it counts itself, and nobody waits for it. */
import type { VisitRecord } from "../../storage/records.ts";
import { backoffMs } from "./backoff.ts";
import type { Rooms } from "./rooms.ts";
import type { Visit } from "./visit.ts";

/** Visits whose number is not read yet; above, it stays unknown. */
const maxWanted = 10_000;

export class VisitCounts {
  readonly #rooms: Rooms;
  readonly #wanted = new Set<Visit>();
  #busy = false;
  #failures = 0;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  saved(records: readonly VisitRecord[]): void {
    for (const { id, visitor } of records) {
      const visit = visitor === null ? undefined : this.#rooms.presence.visit(id);
      if (visit?.visits === 0 && visit.storedAs === visitor && this.#wanted.size < maxWanted) this.#wanted.add(visit);
    }
    if (!this.#busy) void this.#read();
  }

  async #read(): Promise<void> {
    this.#busy = true;
    try {
      for (const visit of this.#wanted) {
        await this.#readOne(visit);
        this.#wanted.delete(visit);
        this.#failures = 0;
      }
      this.#busy = false;
    } catch (error) {
      this.#failures += 1;
      this.#rooms.log.warn("visit-counts-not-read", { wanted: this.#wanted.size, error: String(error) });
      this.#rooms.clock.after(backoffMs(this.#rooms.ids, this.#failures), () => void this.#read());
    }
  }

  async #readOne(visit: Visit): Promise<void> {
    const { tenant, visitor, storedAs } = visit;
    if (!visit.known) return;
    const count = await this.#rooms.storage.visitCount(tenant, storedAs);
    if (!visit.known || visit.visitor !== visitor) return;
    visit.visits = count;
    this.#rooms.presence.changed(visit);
  }
}
