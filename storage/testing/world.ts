/** A small tenant in which contract cases play, and the words they are told in. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { EventBody, LogEvent } from "../../protocol/frames.ts";
import type { ConversationRecord, SiteRecord, SiteSettings } from "../records.ts";
import type { AppendRequest, AppendResult, LogKind, Storage } from "../storage.ts";

/** One database, and the gateways on it. */
export interface StoragePlace {
  readonly storage: Storage;
  /** A second gateway on the same database. */
  readonly other: Storage;
  open(options?: { maxQueuedAppends?: number; consumers?: readonly string[] }): Promise<Storage>;
}

export interface StorageCase {
  readonly name: string;
  readonly run: (place: StoragePlace) => Promise<void>;
}

export interface World {
  readonly storage: Storage;
  readonly tenant: number;
  readonly site: SiteRecord;
}

export const dayMs = 24 * 3600 * 1000;
export const reopenMs = 7 * dayMs;
export const someTime = Date.UTC(2026, 5, 1, 12);

const settings: SiteSettings = {
  side: "right",
  origins: [],
  previews: false,
  remembers: false,
  requireSignature: false,
  reopenMs,
};

export function id(): string {
  return randomBytes(16).toString("base64url");
}

export async function createWorld(storage: Storage): Promise<World> {
  const { tenant } = await storage.createTenant("Northslope");
  const site = await storage.createSite(tenant, { key: id(), name: "Shop", secret: id(), settings });
  return { storage, tenant, site };
}

/** A case in a world of its own. */
export function inWorld(name: string, play: (world: World, place: StoragePlace) => Promise<void>): StorageCase {
  return {
    name,
    run: async (place) => play(await createWorld(place.storage), place),
  };
}

/** A page that writes: it numbers what it sends to each address. */
export class Page {
  readonly producer = id();
  readonly sender: AppendRequest["sender"];
  readonly #world: World;
  readonly #ordinals = new Map<string, number>();

  constructor(world: World, side: "visitor" | "agent", sender = id()) {
    this.#world = world;
    this.sender = { side, id: sender };
  }

  get id(): string {
    return this.sender.id ?? "";
  }

  /** The next append of this page to an address. */
  request(address: string, target: AppendRequest["target"], body: EventBody, more: Partial<AppendRequest> = {}) {
    const ordinal = (this.#ordinals.get(address) ?? 0) + 1;
    this.#ordinals.set(address, ordinal);
    const log: LogKind = body.kind === "note" || body.kind === "assigned" ? "staff" : "public";
    const request: AppendRequest = {
      tenant: this.#world.tenant,
      producer: this.producer,
      address,
      ordinal,
      messageId: id(),
      sender: this.sender,
      at: someTime,
      target,
      events: [{ log, body }],
      ...more,
    };
    return request;
  }

  /** A visitor writes to `current`. */
  toCurrent(text: string, more: Partial<AppendRequest> = {}, answers?: string): AppendRequest {
    const target: AppendRequest["target"] = {
      type: "current",
      site: this.#world.site.site,
      visitor: this.id,
      reopenMs,
      newConversation: id(),
      profile: {},
      ...(answers === undefined ? {} : { answers }),
    };
    return this.request("current", target, { kind: "text", text }, more);
  }

  toLog(conversation: string, log: LogKind, body: EventBody, more: Partial<AppendRequest> = {}): AppendRequest {
    return this.request(`${conversation}/${log}`, { type: "log", conversation, log }, body, more);
  }

  toVisit(visit: string, text: string, visitor?: string, more: Partial<AppendRequest> = {}): AppendRequest {
    const target: AppendRequest["target"] = {
      type: "visit",
      visit,
      site: this.#world.site.site,
      newConversation: id(),
      profile: {},
      ...(visitor === undefined ? {} : { visitor }),
    };
    return this.request(`visit:${visit}`, target, { kind: "text", text }, more);
  }

  writes(text: string, more: Partial<AppendRequest> = {}, answers?: string): Promise<Stored> {
    return stored(this.#world.storage.append(this.toCurrent(text, more, answers)));
  }

  says(conversation: string, text: string, more: Partial<AppendRequest> = {}): Promise<Stored> {
    return stored(this.#world.storage.append(this.toLog(conversation, "public", { kind: "text", text }, more)));
  }

  invites(visit: string, text: string, visitor?: string): Promise<Stored> {
    return stored(this.#world.storage.append(this.toVisit(visit, text, visitor)));
  }

  closes(conversation: string, at = someTime): Promise<Stored> {
    const request = this.toLog(conversation, "public", { kind: "closed" }, { at, change: { status: "closed" } });
    return stored(this.#world.storage.append(request));
  }
}

export type Stored = Extract<AppendResult, { outcome: "stored" | "duplicate" }> & { state: ConversationRecord };

export async function stored(result: Promise<AppendResult>): Promise<Stored> {
  const answer = await result;
  assert.equal(answer.outcome, "stored", JSON.stringify(answer));
  return answer as Stored;
}

export async function wholeLog(
  world: Pick<World, "storage" | "tenant">,
  conversation: string,
  log: LogKind = "public",
): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for (;;) {
    const page = await world.storage.readLog(world.tenant, conversation, log, events.length + 1, 1e9, 200);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

export function textsOf(events: readonly LogEvent[]): string[] {
  return events.flatMap(({ body }) => (body.kind === "text" || body.kind === "note" ? [body.text] : []));
}

/** Dense from 1. */
export function assertDense(events: readonly LogEvent[]): void {
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
}
