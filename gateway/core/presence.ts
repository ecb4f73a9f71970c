/**
 * Who is on the sites now. Visits live in memory; page changes reach agents as differences of a view and storage as
 * background batches, so that no statement stands on this path.
 */

import type { VisitEvent } from "../../protocol/client-frames.ts";
import type { Attributes, AttributeValue, Page, VisitState } from "../../protocol/frames.ts";
import { handleOf } from "../../protocol/handle.ts";
import { maxAttributes, maxPageAgeMs, maxVisitEvents } from "../../protocol/limits.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import type { CarrierInfo } from "./core.ts";
import { Interned } from "./interned.ts";
import { invitationMissed, showInvitation } from "./invitations.ts";
import { LiveVisits } from "./live-visits.ts";
import { type Arrival, newVisit } from "./new-visit.ts";
import { cleanAddress } from "./page-address.ts";
import type { Rooms } from "./rooms.ts";
import { type Session, storedAs, type VisitorPrincipal } from "./session.ts";
import { TrailIndex } from "./trail-index.ts";
import type { Visit } from "./visit.ts";
import { savePage, saveVisit } from "./visit-records.ts";

/** How long a trail can be joined after its last page was left. */
const rejoinMs = 30 * 60_000;
/** A page change closes one connection before it opens the next; nobody is shown as gone in between. */
const pageChangeMs = 3000;

export class Presence {
  readonly #rooms: Rooms;
  readonly #texts = new Interned();
  readonly #trails: TrailIndex;
  readonly #visits: LiveVisits;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#trails = new TrailIndex(rooms.ids, rooms.signer);
    this.#visits = new LiveVisits(this.#trails);
  }

  get size(): number {
    return this.#visits.size;
  }

  visit(visit: string): Visit | undefined {
    return this.#visits.get(visit);
  }

  visitOf(visitor: string): Visit | undefined {
    return this.#visits.ofVisitor(visitor);
  }

  /** One name for agents in the table, the inbox and everywhere else: that of the visit while there is one. */
  handleOf(visitor: string): string {
    return this.visitOf(visitor)?.handle ?? handleOf(visitor);
  }

  visits(): Iterable<Visit> {
    return this.#visits.all();
  }

  // ---------------------------------------------------------------- what visitors do

  /** A page said hello. Null: a bot, which is no visitor; or there is room for no more visits, and this one can only chat. */
  arrive(session: Session, principal: VisitorPrincipal, info: CarrierInfo, said: VisitState): Visit | null {
    const { surroundings, clock } = this.#rooms;
    const { bot, ...device } = surroundings.device(info.userAgent);
    if (bot) return null;
    const url = this.#text(cleanAddress(said.page.url));
    const referrer = this.#text(cleanAddress(said.page.referrer));
    const trailKey = this.#trails.keyFor(principal.site, info.ipAddress, info.userAgent, clock.now());
    const found = this.#visits.ofVisitor(principal.visitor) ?? this.#trails.followedBy(trailKey, url, referrer);
    if (!found && !this.#hasRoom()) return null;
    const startedAt = this.#openedAt(said);
    const visit = found ?? this.#begin({ principal, info, said, device, trailKey, referrer, startedAt });
    this.#open(visit, session, principal);
    if (!visit.loads.includes(said.load)) {
      visit.addLoad(said.load);
      visit.loadReferrer = referrer;
      visit.realUrl = url;
      this.#enter(visit, url, this.#text(said.page.title), startedAt);
    }
    this.#mergeAttributes(visit, principal, said.attributes);
    if (this.#rooms.directory.site(visit.tenant, visit.site)?.settings.remembers) this.#remember(visit, principal);
    this.#changed(visit);
    return visit;
  }

  /** The page that it is on already is no second one: a client names it again after a reconnect. */
  page(visit: Visit, page: Page): void {
    const url = this.#text(cleanAddress(page.url));
    const title = this.#text(page.title);
    this.touch(visit);
    if (url === visit.url && title === visit.title) return;
    visit.realUrl = this.#text(cleanAddress(page.referrer));
    this.#enter(visit, url, title, this.#rooms.clock.now());
    this.#changed(visit);
  }

  /** False: more attributes than a visit may have. */
  setAttributes(visit: Visit, principal: VisitorPrincipal, attributes: Attributes): boolean {
    const all = this.#mergeAttributes(visit, principal, attributes);
    this.#changed(visit);
    return all;
  }

  event(visit: Visit, event: VisitEvent): void {
    const at = this.#rooms.clock.now();
    visit.events ??= [];
    visit.events.push({ name: this.#text(event.name), at, properties: event.properties });
    if (visit.events.length > maxVisitEvents) visit.events.shift();
    this.#rooms.recorder.event(visit.tenant, { visit: visit.id, name: event.name, at, properties: event.properties });
    this.touch(visit);
    this.#changed(visit);
  }

  /** Somebody is at the keyboard. */
  touch(visit: Visit): void {
    visit.activeAt = this.#rooms.clock.now();
    if (visit.shown === "active") return;
    visit.shown = "active";
    this.#changed(visit);
  }

  named(visit: Visit, name: string | undefined, email: string | undefined, verified: boolean): void {
    if (name !== undefined) visit.name = name;
    if (email !== undefined) visit.email = email;
    visit.verified = verified;
    this.#changed(visit);
  }

  /** Its page proved to be this person's: what was written to them on this trail is for this page too. */
  linked(session: Session, principal: VisitorPrincipal, contact: string): void {
    const before = principal.visit;
    if (!before) return;
    const visit =
      before.contact === null || before.contact === contact ? before : this.#apart(before, session, principal);
    const met = visit.person === contact;
    visit.contact = contact;
    this.#visits.standsIn(visit, principal.standIn?.visitor ?? null);
    this.#meet(visit);
    if (met || visit.invitation?.contact !== contact) return;
    for (const session of visit.sessions) showInvitation(this.#rooms, session, visit);
  }

  /** Its secret is on the device from now on, and joins the next page to this visit. */
  used(visit: Visit): void {
    visit.used = true;
    this.#meet(visit);
  }

  /** The visitor has a row of its own now: what another one stood for is this one's. */
  stored(visit: Visit): void {
    this.#visits.standsIn(visit, null);
    saveVisit(this.#rooms, visit, null);
    this.#changed(visit);
  }

  leave(session: Session, principal: VisitorPrincipal): void {
    const visit = principal.visit;
    if (!visit) return;
    visit.sessions = visit.sessions.filter((open) => open !== session);
    if (visit.sessions.length > 0) return;
    visit.leftAt = this.#rooms.clock.now();
    this.#visits.left(visit);
  }

  // ---------------------------------------------------------------- what others do to them

  conversationChanged(tenant: number, record: ConversationRecord): void {
    const visit = this.#visitOfConversation(record);
    if (!visit || visit.tenant !== tenant || visit.site !== record.site) return;
    if (record.status === "invited") return;
    if (record.visitor !== null) this.used(visit);
    visit.conversation = record.status === "open" ? record.id : null;
    if (record.name !== null || record.verified) visit.name = record.name ?? "";
    if (record.email !== null || record.verified) visit.email = record.email ?? "";
    // A name that was only passed never stands beside a "verified".
    if (record.name !== null || record.email !== null || record.verified) visit.verified = record.verified;
    this.#changed(visit);
  }

  /** The row of this visit has to be drawn again. */
  changed(visit: Visit): void {
    this.#changed(visit);
  }

  // ---------------------------------------------------------------- time

  /** About once a second: who became idle, is gone, can be forgotten? */
  look(): void {
    const now = this.#rooms.clock.now();
    const { idleMs, visitGraceMs } = this.#rooms.settings;
    for (const visit of this.#visits.all()) {
      if (visit.sessions.length > 0) {
        if (visit.shown === "active" && now - visit.activeAt > idleMs) this.#show(visit, "idle");
        continue;
      }
      const awayMs = now - visit.leftAt;
      if (awayMs >= rejoinMs) this.#visits.forget(visit);
      else if (visit.shown !== "hidden" && awayMs >= visitGraceMs) this.#end(visit);
      else if (visit.shown !== "gone" && visit.shown !== "hidden" && awayMs >= Math.min(pageChangeMs, visitGraceMs)) {
        this.#show(visit, "gone");
      }
    }
  }

  /** The gateway leaves: what is known is written down. */
  endAll(): void {
    for (const visit of this.#visits.all())
      if (visit.shown !== "hidden") saveVisit(this.#rooms, visit, this.#rooms.clock.now());
  }

  // ---------------------------------------------------------------- inside

  #text(text: string): string {
    return this.#texts.one(text);
  }

  /** Where there is none, whoever is gone the longest makes some. */
  #hasRoom(): boolean {
    const { settings, metrics } = this.#rooms;
    if (this.#visits.size < settings.maxVisits) return true;
    const gone = this.#visits.longestGone();
    metrics.count(gone ? "visits_forgotten_early" : "visits_refused");
    if (!gone) return false;
    if (gone.shown !== "hidden") this.#end(gone);
    this.#visits.forget(gone);
    return true;
  }

  #begin(arrival: Arrival): Visit {
    const visit = newVisit(this.#rooms, arrival, (text) => this.#text(text));
    this.#visits.add(visit);
    return visit;
  }

  /** The site wants its visitors stored from their first page on. */
  #remember(visit: Visit, principal: VisitorPrincipal): void {
    if (visit.known) return;
    this.#rooms.profiles.changed(principal, this.#rooms.profiles.of(principal));
    this.used(visit);
  }

  /** It is known from now on whose visit this is. */
  #meet(visit: Visit): void {
    if (visit.known) return;
    visit.known = true;
    this.#rooms.profiles.met(visit);
    saveVisit(this.#rooms, visit, null);
  }

  /** A stranger's number: what is stored and shown is made from it. */
  #openedAt({ pageAgeMs }: VisitState): number {
    return this.#rooms.clock.now() - Math.min(pageAgeMs, maxPageAgeMs);
  }

  #open(visit: Visit, session: Session, principal: VisitorPrincipal): void {
    if (visit.known && visit.visitor !== principal.visitor) this.#leaveBehind(visit, principal.visitor);
    this.#visits.opened(visit, principal.visitor);
    visit.sessions = visit.sessions.concat(session);
    visit.leftAt = 0;
    visit.activeAt = this.#rooms.clock.now();
    visit.shown = "active";
    principal.visit = visit;
  }

  /** What was known of its visitor. */
  #leaveBehind(visit: Visit, next: string): void {
    this.#visits.standsIn(visit, null);
    visit.nobody(next);
    saveVisit(this.#rooms, visit, null);
  }

  #enter(visit: Visit, url: string, title: string, at: number): void {
    savePage(this.#rooms, visit, at);
    visit.enter(url, title, at);
    if (visit.pages === 1) saveVisit(this.#rooms, visit, null);
  }

  /** Every page load and reconnect says them all again: only what is new goes to the row of a visitor who is stored. */
  #mergeAttributes(visit: Visit, principal: VisitorPrincipal, attributes: Attributes): boolean {
    let all = true;
    const changed: Attributes = {};
    for (const name in attributes) {
      const value = attributes[name] as AttributeValue;
      // What is taken away may stand in the row from another day.
      if (value !== null && value === visit.attribute(name)) continue;
      const shared = typeof value === "string" ? this.#text(value) : value;
      if (visit.setAttribute(this.#text(name), shared, maxAttributes)) changed[name] = value;
      else all = false;
    }
    if (visit.known && Object.keys(changed).length > 0) {
      // A page that says hello again has not proved again who it is; what stands for its visitor is known to the visit.
      const row = visit.visitor === principal.visitor ? visit.storedAs : storedAs(principal);
      this.#rooms.profiles.changed(principal, { attributes: changed }, row);
    }
    return all;
  }

  #visitOfConversation(record: ConversationRecord): Visit | undefined {
    if (record.visitor !== null) return this.#visits.ofVisitor(record.visitor);
    return record.visit === null ? undefined : this.#visits.get(record.visit);
  }

  /** The page is somebody else's than those before it, which are not theirs to be shown with: it begins a visit. */
  #apart(before: Visit, session: Session, principal: VisitorPrincipal): Visit {
    const visit = before.lastPageAlone(this.#rooms.ids.id());
    this.leave(session, principal);
    // Whoever is apart from it keeps the handle.
    this.#visits.standsIn(before, null);
    before.nobody(before.id);
    this.#visits.close(before);
    this.#changed(before);
    this.#visits.add(visit);
    this.#open(visit, session, principal);
    saveVisit(this.#rooms, visit, null);
    return visit;
  }

  #show(visit: Visit, shown: Visit["shown"]): void {
    visit.shown = shown;
    this.#changed(visit);
  }

  #end(visit: Visit): void {
    this.#show(visit, "hidden");
    saveVisit(this.#rooms, visit, visit.leftAt);
    invitationMissed(this.#rooms, visit);
  }

  #changed(visit: Visit): void {
    this.#rooms.views.visitChanged(visit);
  }
}
