/** What is known about a visitor: told to storage with the first message, and behind it from then on. */
import type { Attributes } from "../../protocol/frames.ts";
import { maxAttributes } from "../../protocol/limits.ts";
import type { VisitorProfile } from "../../storage/storage.ts";
import type { Rooms } from "./rooms.ts";
import { SavePlan } from "./save-plan.ts";
import { SaveRound } from "./save-round.ts";
import { storedAs, type VisitorPrincipal } from "./session.ts";
import type { Visit } from "./visit.ts";

const saveMs = 1000;
/** Changes that wait for storage; above, the newest are dropped and counted: a visit says again only what differs from what it knows. */
const maxHeld = 10_000;

interface Change {
  readonly tenant: number;
  readonly site: number;
  readonly visitor: string;
  profile: VisitorProfile;
}

export class Profiles {
  readonly #rooms: Rooms;
  readonly #changes = new Map<string, Change>();
  readonly #plan: SavePlan;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#plan = new SavePlan(rooms, saveMs, () => void this.flush());
  }

  /** All that this page knows, for the row that the first message makes. */
  of(principal: VisitorPrincipal): VisitorProfile {
    const { visit, passed } = principal;
    if (!visit) return { ...passed };
    const attributes = Object.fromEntries(visit.attributeList().map(({ name, value }) => [name, value]));
    return {
      ...passed,
      ...(visit.locale === "" ? {} : { locale: visit.locale }),
      ...(visit.timeZone === "" ? {} : { timeZone: visit.timeZone }),
      attributes,
    };
  }

  /** The visitor of this visit is stored, as one now knows: what the page said before belongs to the row too. */
  met(visit: Visit): void {
    const principal = visit.sessions.at(-1)?.principal;
    if (principal?.type !== "visitor") return;
    const said = this.of(principal);
    if (Object.keys(said.attributes ?? {}).length > 0 || said.name || said.email) this.changed(principal, said);
  }

  /** Of a visitor that is stored. `visitor`: whose row it is. */
  changed(principal: VisitorPrincipal, profile: VisitorProfile, visitor = storedAs(principal)): void {
    const { tenant, site } = principal;
    const held = this.#changes.get(visitor);
    if (held) held.profile = merged(held.profile, profile);
    else if (this.#changes.size < maxHeld) this.#changes.set(visitor, { tenant, site, visitor, profile });
    else this.#rooms.metrics.count("profiles_dropped");
    this.#plan.soon();
  }

  async flush(): Promise<void> {
    const { metrics, log } = this.#rooms;
    try {
      const round = new SaveRound();
      for (const change of [...this.#changes.values()]) await this.#save(round, change);
      const { refused } = round.end();
      if (refused.length > 0) {
        metrics.count("profiles_refused", refused.length);
        log.error("profiles-refused", { profiles: refused.length, error: refused[0] });
      }
      this.#plan.saved();
      if (this.#changes.size > 0) this.#plan.soon();
    } catch (error) {
      log.warn("profiles-not-saved", { held: this.#changes.size, error: String(error) });
      this.#plan.failed();
    }
  }

  /** What changed while it was saved stays. */
  async #save(round: SaveRound, change: Change): Promise<void> {
    const { storage, clock } = this.#rooms;
    const { tenant, site, visitor, profile } = change;
    const release = (): void => {
      if (change.profile === profile) this.#changes.delete(visitor);
    };
    await round.save([change], () => storage.saveVisitor(tenant, site, visitor, profile, clock.now()), release);
  }
}

function merged(held: VisitorProfile, profile: VisitorProfile): VisitorProfile {
  return { ...held, ...profile, attributes: newest({ ...held.attributes, ...profile.attributes }) };
}

/** As many as are stored, and as many removals: an outage with ever new names must not fill the memory. */
function newest(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes);
  return entries.length <= 2 * maxAttributes ? attributes : Object.fromEntries(entries.slice(-2 * maxAttributes));
}
