/**
 * Page views and visits on their way to storage: in background batches that survive an outage of a minute. Bounded: what
 * is held stays, what is too much is counted and dropped. Nobody waits for it.
 */
import type { Attributes } from "../../protocol/frames.ts";
import type { PageViewRecord, VisitRecord } from "../../storage/storage.ts";
import { backoffMs } from "./backoff.ts";
import type { Rooms } from "./rooms.ts";

/** At 200 page views a second more than four minutes. */
const maxHeld = 50_000;
const flushMs = 2000;
const batchRows = 500;

interface Batch {
  readonly visits: Map<string, VisitRecord>;
  readonly pages: PageViewRecord[];
  readonly events: { visit: string; name: string; at: number; properties: Attributes }[];
}

export class VisitRecorder {
  readonly #rooms: Rooms;
  readonly #tenants = new Map<number, Batch>();
  #held = 0;
  #planned = false;
  #failures = 0;
  #flushing: Promise<void> | null = null;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** The newest state of a visit. */
  visit(tenant: number, visit: VisitRecord): void {
    const { visits } = this.#batch(tenant);
    if (visits.has(visit.id) || this.#room()) visits.set(visit.id, visit);
    this.#plan(flushMs);
  }

  page(tenant: number, page: PageViewRecord): void {
    if (this.#room()) this.#batch(tenant).pages.push(page);
    this.#plan(flushMs);
  }

  event(tenant: number, event: Batch["events"][number]): void {
    if (this.#room()) this.#batch(tenant).events.push(event);
    this.#plan(flushMs);
  }

  /** Writes what is held, as far as storage takes it. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  #batch(tenant: number): Batch {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    const batch: Batch = { visits: new Map(), pages: [], events: [] };
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

  #plan(delayMs: number): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#rooms.clock.after(delayMs, () => {
      this.#planned = false;
      void this.flush();
    });
  }

  async #flush(): Promise<void> {
    try {
      for (const [tenant, batch] of this.#tenants) while (sizeOf(batch) > 0) await this.#save(tenant, batch);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#rooms.log.warn("visits-not-saved", { held: this.#held, error: String(error) });
      this.#plan(backoffMs(this.#rooms.ids, this.#failures));
    }
  }

  /** Taken out only when saved; saving twice does no harm. */
  async #save(tenant: number, batch: Batch): Promise<void> {
    const { storage } = this.#rooms;
    const visits = [...batch.visits.values()].slice(0, batchRows);
    const pages = batch.pages.slice(0, batchRows);
    if (visits.length + pages.length > 0) await storage.saveVisits(tenant, visits, pages);
    for (const visit of visits)
      if (batch.visits.get(visit.id) === visit) this.#held -= Number(batch.visits.delete(visit.id));
    this.#held -= batch.pages.splice(0, pages.length).length;
    const events = batch.events.slice(0, batchRows);
    if (events.length > 0) await storage.saveVisitEvents(tenant, events);
    this.#held -= batch.events.splice(0, events.length).length;
    this.#rooms.metrics.count("visit_records_saved", visits.length + pages.length + events.length);
  }
}

function sizeOf(batch: Batch): number {
  return batch.visits.size + batch.pages.length + batch.events.length;
}
