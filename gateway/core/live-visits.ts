/** The visits in memory, by every name under which they are looked for, and those without an open page in the order of leaving. */
import { OneOrMore } from "./one-or-more.ts";
import type { TrailIndex } from "./trail-index.ts";
import type { Visit } from "./visit.ts";

export class LiveVisits {
  readonly #trails: TrailIndex;
  readonly #byId = new Map<string, Visit>();
  readonly #byVisitor = new Map<string, Visit>();
  /** By the row that stands for who speaks from them; the newest last. */
  readonly #byStandIn = new OneOrMore<Visit>();
  /** The longest gone first. */
  readonly #gone = new Set<Visit>();

  constructor(trails: TrailIndex) {
    this.#trails = trails;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Visit | undefined {
    return this.#byId.get(id);
  }

  /** By who speaks from its newest page, or the row that stands for them. */
  ofVisitor(visitor: string): Visit | undefined {
    return this.#byVisitor.get(visitor);
  }

  all(): Iterable<Visit> {
    return this.#byId.values();
  }

  longestGone(): Visit | undefined {
    return this.#gone.values().next().value;
  }

  add(visit: Visit): void {
    this.#byId.set(visit.id, visit);
    this.#trails.add(visit);
  }

  /** A page of it is open, and this visitor speaks from it. */
  opened(visit: Visit, visitor: string): void {
    this.#silence(visit);
    visit.visitor = visitor;
    this.#byVisitor.set(visitor, visit);
    this.#gone.delete(visit);
  }

  /** Null: nobody does. */
  standsIn(visit: Visit, standIn: string | null): void {
    if (visit.standIn !== null) this.#standsAlone(visit, visit.standIn);
    visit.standIn = standIn;
    if (standIn === null) return;
    this.#byStandIn.add(standIn, visit);
    this.#byVisitor.set(standIn, visit);
  }

  left(visit: Visit): void {
    this.#gone.delete(visit);
    this.#gone.add(visit);
  }

  /** Its trail is not joined any more. */
  close(visit: Visit): void {
    this.#trails.remove(visit);
  }

  forget(visit: Visit): void {
    this.close(visit);
    this.#silence(visit);
    this.standsIn(visit, null);
    this.#byId.delete(visit.id);
    this.#gone.delete(visit);
  }

  /** The person may be on another visit too, and is found there from now on. */
  #standsAlone(visit: Visit, standIn: string): void {
    this.#byStandIn.remove(standIn, visit);
    const newest = this.#byStandIn.of(standIn).at(-1);
    if (this.#byVisitor.get(standIn) !== visit) return;
    if (newest) this.#byVisitor.set(standIn, newest);
    else this.#byVisitor.delete(standIn);
  }

  #silence(visit: Visit): void {
    if (this.#byVisitor.get(visit.visitor) === visit) this.#byVisitor.delete(visit.visitor);
  }
}
