/**
 * One visit: the pages that somebody walks through. It lives in memory only and there may be tens of thousands, so it is
 * flat: shared texts, one list for the trail, and nothing that is not there yet. (Lists grow by `concat`, which makes one of the
 * exact length; the first push would make room for seventeen.)
 */
import type { AttributeValue } from "../../protocol/frames.ts";
import { handleOf } from "../../protocol/handle.ts";
import { maxTrailPages } from "../../protocol/limits.ts";
import type { Device } from "../../protocol/rows.ts";
import type { Session } from "./session.ts";

export interface OpenInvitation {
  /** The conversation that waits for an answer. */
  readonly id: string;
  readonly text: string;
  readonly agent: string;
  readonly at: number;
  /** Written to this verified person, and shown to nobody else; null: to whoever walks this trail. */
  readonly contact: string | null;
  state: "sent" | "delivered" | "seen" | "dismissed";
  stateAt: number;
}
interface PassedEvent {
  readonly name: string;
  readonly at: number;
  readonly properties: { [name: string]: AttributeValue };
}

export interface TrailPage {
  readonly url: string;
  readonly title: string;
  readonly enteredAt: number;
}
const noTrail: readonly (string | number)[] = [];

/** Page loads whose reconnect is no second page view. */
const maxLoads = 8;

export class Visit {
  readonly id: string;
  readonly tenant: number;
  readonly site: number;
  readonly device: Device;
  readonly trailKey: string;
  readonly startedAt: number;
  readonly ipAddress: string;
  readonly referrer: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly country: string | undefined;
  readonly city: string | undefined;
  /** Who speaks from its newest page; before first use another one on each page. */
  visitor: string;
  /** The row of the linked person, while nothing is stored of this visitor itself. */
  standIn: string | null = null;
  /** What agents call it: made from the visitor that it began with, and kept over later ones until one of a known visitor is nobody. */
  handle: string;
  /** The visitor is stored: used the chat, is signed in, or the site remembers. */
  known = false;
  /** The chat was used on this trail: the secret is on the device, and only the secret joins its next page. */
  used = false;
  /** How often this visitor came, with this visit; 0: not known. */
  visits = 0;
  /** The verified person whom a page of this trail was linked to last. */
  contact: string | null = null;
  name = "";
  email = "";
  verified = false;
  /** All pages so far; the newest ones are held. */
  pages = 0;
  /** Address, title and milliseconds since `startedAt` (whole: a fraction, or a date, would cost another 16 bytes) in turn. */
  #trail: readonly (string | number)[] = noTrail;
  /** Of its last page load. */
  loadReferrer = "";
  /** Where the browser was on its last page, which may have been named otherwise (`Beckon('page', …)`). */
  realUrl = "";
  /** Names and values in turn. */
  attributes: AttributeValue[] | null = null;
  events: PassedEvent[] | null = null;
  /** Open pages. */
  sessions: Session[] = [];
  loads: string[] = [];
  /** UTC; 0 while a page is open. */
  leftAt = 0;
  activeAt: number;
  shown: "active" | "idle" | "gone" | "hidden" = "active";
  conversation: string | null = null;
  invitation: OpenInvitation | null = null;
  /** The one that came to an answer. */
  answered: OpenInvitation | null = null;

  constructor(
    start: Pick<
      Visit,
      | "id"
      | "tenant"
      | "site"
      | "device"
      | "trailKey"
      | "startedAt"
      | "ipAddress"
      | "referrer"
      | "locale"
      | "timeZone"
      | "country"
      | "city"
      | "visitor"
    >,
  ) {
    this.id = start.id;
    this.tenant = start.tenant;
    this.site = start.site;
    this.device = start.device;
    this.trailKey = start.trailKey;
    this.startedAt = start.startedAt;
    this.ipAddress = start.ipAddress;
    this.referrer = start.referrer;
    this.locale = start.locale;
    this.timeZone = start.timeZone;
    this.country = start.country;
    this.city = start.city;
    this.visitor = start.visitor;
    this.handle = handleOf(start.visitor);
    this.activeAt = start.startedAt;
  }

  /** The name under which storage knows who speaks from it. */
  get storedAs(): string {
    return this.standIn ?? this.visitor;
  }

  get url(): string {
    return String(this.#trail.at(-3) ?? "");
  }

  get title(): string {
    return String(this.#trail.at(-2) ?? "");
  }

  /** Of its newest page. */
  get enteredAt(): number {
    return this.startedAt + Number(this.#trail.at(-1) ?? 0);
  }

  /** Pages whose addresses are kept. */
  get held(): number {
    return this.#trail.length / 3;
  }

  /** Those that are held, or the newest `most` of them; oldest first. */
  trail(most = maxTrailPages): TrailPage[] {
    const pages: TrailPage[] = [];
    for (let at = Math.max(0, this.held - most); at < this.held; at += 1) pages.push(this.#page(at));
    return pages;
  }

  enter(url: string, title: string, at: number): void {
    this.pages += 1;
    const before = this.held < maxTrailPages ? this.#trail : this.#trail.slice(3);
    this.#trail = before.concat(url, title, at - this.startedAt);
  }

  #page(at: number): TrailPage {
    const [url, title, afterMs] = this.#trail.slice(at * 3, at * 3 + 3);
    return { url: String(url), title: String(title), enteredAt: this.startedAt + Number(afterMs) };
  }

  /** The person whom its page is linked to now. */
  get person(): string | null {
    return this.known ? this.contact : null;
  }

  /** A page with another secret walks on. Until it proves who it is, all that the one before said of itself is gone. */
  nobody(calledAfter: string): void {
    this.known = false;
    this.handle = handleOf(calledAfter);
    this.visits = 0;
    this.name = "";
    this.email = "";
    this.verified = false;
    this.attributes = null;
    this.conversation = null;
  }

  /** A visit that begins with the page that is open, and with what that page has said. */
  lastPageAlone(id: string): Visit {
    const startedAt = this.enteredAt;
    const visit = new Visit({ ...this, id, startedAt, referrer: this.loadReferrer });
    visit.enter(this.url, this.title, startedAt);
    visit.loadReferrer = this.loadReferrer;
    visit.realUrl = this.realUrl;
    visit.loads = this.loads.slice(-1);
    visit.attributes = this.attributes;
    return visit;
  }

  addLoad(load: string): void {
    this.loads = this.loads.concat(load).slice(-maxLoads);
  }

  attribute(name: string): AttributeValue | undefined {
    const at = this.#indexOf(name);
    return at < 0 ? undefined : this.attributes?.[at + 1];
  }

  /** Null takes it away. False: there is no room for another one. */
  setAttribute(name: string, value: AttributeValue, most: number): boolean {
    const list = this.attributes ?? [];
    const at = this.#indexOf(name);
    const others = at < 0 ? list : list.filter((_, index) => index !== at && index !== at + 1);
    if (value !== null && others.length >= most * 2) return false;
    const next = value === null ? others : others.concat([name, value]);
    this.attributes = next.length > 0 ? next : null;
    return true;
  }

  attributeList(): { name: string; value: AttributeValue }[] {
    const list: { name: string; value: AttributeValue }[] = [];
    for (let at = 0; at < (this.attributes?.length ?? 0); at += 2) {
      list.push({ name: String(this.attributes?.[at]), value: this.attributes?.[at + 1] ?? null });
    }
    return list;
  }

  #indexOf(name: string): number {
    for (let at = 0; at < (this.attributes?.length ?? 0); at += 2) if (this.attributes?.[at] === name) return at;
    return -1;
  }
}
