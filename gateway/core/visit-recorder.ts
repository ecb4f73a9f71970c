/**
 * Page views and visits on their way to storage: in background batches that survive an outage of a minute. Bounded: what
 * is held stays, what is too much is counted and dropped, and so is a row that storage refuses. Nobody waits for it.
 */
import type { Attributes } from "../../protocol/frames.ts";
import type { PageViewRecord, VisitRecord } from "../../storage/records.ts";
import type { Rooms } from "./rooms.ts";
import { SavePlan } from "./save-plan.ts";
import { SaveRound } from "./save-round.ts";

/** At 200 page views a second more than four minutes. */
const maxHeld = 50_000;
const flushMs = 2000;
const batchRows = 500;

interface VisitEventRecord {
  readonly visit: string;
  readonly name: string;
  readonly at: number;
  readonly properties: Attributes;
}

interface Batch {
  readonly visits: Map<string, VisitRecord>;
  readonly pages: Set<PageViewRecord>;
  readonly events: Set<VisitEventRecord>;
}

export class VisitRecorder {
  readonly #rooms: Rooms;
  readonly #tenants = new Map<number, Batch>();
  readonly #plan: SavePlan;
  #held = 0;
  #flushing: Promise<void> = Promise.resolve();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#plan = new SavePlan(rooms, flushMs, () => void this.flush());
  }

  /** The newest state of a visit. */
  visit(tenant: number, visit: VisitRecord): void {
    const { visits } = this.#batch(tenant);
    if (visits.has(visit.id) || this.#room()) visits.set(visit.id, visit);
    this.#plan.soon();
  }

  page(tenant: number, page: PageViewRecord): void {
    if (this.#room()) this.#batch(tenant).pages.add(page);
    this.#plan.soon();
  }

  event(tenant: number, event: VisitEventRecord): void {
    if (this.#room()) this.#batch(tenant).events.add(event);
    this.#plan.soon();
  }

  /** Writes what is held now, as far as storage takes it. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flush());
    return this.#flushing;
  }

  #batch(tenant: number): Batch {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const batch: Batch = { visits: new Map(), pages: new Set(), events: new Set() };
    this.#tenants.set(tenant, batch);
    return batch;
  }

  #room(): boolean {
    if (this.#held >= maxHeld) {
      this.#rooms.metrics.count("visit_records_dropped");
      return false;
    }
    this.#held += 1;
    return true;
  }

  async #flush(): Promise<void> {
    const { metrics, log } = this.#rooms;
    try {
      const round = new SaveRound();
      for (const [tenant, batch] of this.#tenants) await this.#save(round, tenant, batch);
      const { saved, refused } = round.end();
      metrics.count("visit_records_saved", saved);
      if (refused.length > 0) {
        metrics.count("visit_records_refused", refused.length);
        log.error("visit-records-refused", { records: refused.length, error: refused[0] });
      }
      this.#plan.saved();
      if (this.#held > 0) this.#plan.soon();
    } catch (error) {
      log.warn("visits-not-saved", { held: this.#held, error: String(error) });
      this.#plan.failed();
    }
  }

  #release(wasHeld: boolean): void {
    this.#held -= Number(wasHeld);
  }

  /** Taken out only when saved; saving twice does no harm. */
  async #save(round: SaveRound, tenant: number, batch: Batch): Promise<void> {
    const { storage, visitCounts } = this.#rooms;
    const save = async (some: VisitRecord[]): Promise<void> => {
      await storage.saveVisits(tenant, some, []);
      visitCounts.saved(some);
    };
    const [visits, pages, events] = [[...batch.visits.values()], [...batch.pages], [...batch.events]];
    const release = (visit: VisitRecord): void => {
      if (batch.visits.get(visit.id) === visit) this.#release(batch.visits.delete(visit.id));
    };
    // First, and all of them: pages of a visit that is not stored belong to nobody.
    if (!(await inBatches(visits, (rows) => round.save(rows, save, release)))) return;
    await inBatches(pages, (rows) =>
      round.save(
        rows,
        (some) => storage.saveVisits(tenant, [], some),
        (page) => this.#release(batch.pages.delete(page)),
      ),
    );
    await inBatches(events, (rows) =>
      round.save(
        rows,
        (some) => storage.saveVisitEvents(tenant, some),
        (event) => this.#release(batch.events.delete(event)),
      ),
    );
  }
}

/** False: there were some, and none was saved. */
async function inBatches<Row>(
  rows: readonly Row[],
  save: (rows: readonly Row[]) => Promise<boolean>,
): Promise<boolean> {
  let any = rows.length === 0;
  for (let from = 0; from < rows.length; from += batchRows) {
    if (await save(rows.slice(from, from + batchRows))) any = true;
  }
  return any;
}
