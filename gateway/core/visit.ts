/**
 * One visit: the pages that somebody walks through. It lives in memory only and there may be tens of thousands, so it is
 * flat: shared texts, arrays of numbers, and nothing that is not there yet.
 */
import type { AttributeValue, Device, VisitorRow } from "../../protocol/frames.ts";
import { maxTrailPages } from "../../protocol/limits.ts";
import type { Session } from "./session.ts";

export interface OpenInvitation {
  /** The conversation that waits for an answer. */
  readonly id: string;
  readonly text: string;
  readonly agent: string;
  readonly at: number;
  state: "sent" | "delivered" | "seen" | "dismissed";
  stateAt: number;
}
export interface PassedEvent {
  readonly name: string;
  readonly at: number;
  readonly properties: { [name: string]: AttributeValue };
}
export type Surfing = { readonly kind: "here" } | { readonly kind: "left"; readonly at: number };

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
  /** The visitor is stored: used the chat, is signed in, or the site remembers. */
  known = false;
  name = "";
  email = "";
  verified = false;
  /** All pages so far; the newest ones are held. */
  pages = 0;
  readonly urls: string[] = [];
  readonly titles: string[] = [];
  readonly enteredAt: number[] = [];
  lastReferrer = "";
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
    this.activeAt = start.startedAt;
  }

  get url(): string {
    return this.urls[this.urls.length - 1] ?? "";
  }

  get title(): string {
    return this.titles[this.titles.length - 1] ?? "";
  }

  /** Number of the first held page; the first page of all is 1. */
  get firstHeld(): number {
    return this.pages - this.urls.length + 1;
  }

  enter(url: string, title: string, referrer: string, at: number): void {
    if (this.urls.length === maxTrailPages) {
      this.urls.shift();
      this.titles.shift();
      this.enteredAt.shift();
    }
    this.pages += 1;
    this.urls.push(url);
    this.titles.push(title);
    this.enteredAt.push(at);
    this.lastReferrer = referrer;
  }

  addLoad(load: string): void {
    this.loads.push(load);
    if (this.loads.length > maxLoads) this.loads.shift();
  }

  attribute(name: string): AttributeValue | undefined {
    const at = this.#indexOf(name);
    return at < 0 ? undefined : this.attributes?.[at + 1];
  }

  /** Null takes it away. False: there is no room for another one. */
  setAttribute(name: string, value: AttributeValue, most: number): boolean {
    const list = this.attributes ?? [];
    const at = this.#indexOf(name);
    if (value === null) {
      if (at >= 0) list.splice(at, 2);
    } else if (at >= 0) list[at + 1] = value;
    else if (list.length >= most * 2) return false;
    else list.push(name, value);
    this.attributes = list.length > 0 ? list : null;
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

export type VisitorState = VisitorRow["state"];
