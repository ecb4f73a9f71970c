/**
 * Cursors, not events: the larger wins. They are coalesced for `receiptDelayMs`, pushed to the other side and saved in
 * storage's low-priority lane.
 */
import type { Cursor, Positions } from "../../protocol/frames.ts";
import { receiptDelayMs } from "../../protocol/limits.ts";
import type { LogKind } from "../../storage/storage.ts";
import type { LogFeed } from "./log-feed.ts";
import type { ConversationNotice, Moved } from "./relay.ts";
import type { Rooms } from "./rooms.ts";
import { SavePlan } from "./save-plan.ts";

interface Held {
  readonly tenant: number;
  readonly conversation: string;
  readonly log: LogKind;
  readonly epoch: string;
  /** An agent, or null for the visitor. */
  readonly reader: string | null;
  delivered: number;
  read: number;
}

/** More than agents and visitors of one gateway can move in a minute. */
const maxHeld = 50_000;

export class Receipts {
  readonly #rooms: Rooms;
  readonly #plan: SavePlan;
  #unsaved = new Map<string, Held>();
  #untold = new Set<string>();
  #saving = false;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#plan = new SavePlan(rooms, receiptDelayMs, () => {
      this.#tell();
      void this.flush();
    });
  }

  /** A reader of an open log moved its cursors. */
  moved(feed: LogFeed, reader: string | null, delivered: number, read: number): void {
    const { tenant, conversation, log, epoch } = feed;
    const key = `${tenant} ${conversation} ${log} ${reader ?? ""}`;
    const held = this.#unsaved.get(key) ?? { tenant, conversation, log, epoch, reader, delivered: 0, read: 0 };
    if (delivered <= held.delivered && read <= held.read) return;
    held.delivered = Math.max(held.delivered, delivered);
    held.read = Math.max(held.read, read);
    if (!this.#unsaved.has(key) && this.#unsaved.size >= maxHeld) return;
    this.#unsaved.set(key, held);
    this.#untold.add(key);
    this.#plan.soon();
  }

  /** Another gateway tells that somebody moved. */
  heard(feed: LogFeed, notice: Extract<ConversationNotice, { kind: "positions" }>): void {
    if (notice.epoch === feed.epoch) this.#push(feed, notice);
  }

  /** Saves what is held, as far as storage takes it. */
  async flush(): Promise<void> {
    if (this.#saving) return;
    this.#saving = true;
    const saving = this.#unsaved;
    this.#unsaved = new Map();
    try {
      for (const [tenant, receipts] of byTenant(saving)) {
        await this.#rooms.storage.saveReceipts(tenant, receipts);
        await this.#countRead(tenant, receipts);
      }
      this.#plan.saved();
    } catch (error) {
      this.#rooms.log.warn("receipts-not-saved", { held: saving.size, error: String(error) });
      this.#keep(saving);
      this.#plan.failed();
    } finally {
      this.#saving = false;
    }
    if (this.#unsaved.size > 0) this.#plan.soon();
  }

  /** Where an agent has read a part: how many of the visitor's messages that are is in the log alone. */
  async #countRead(tenant: number, receipts: readonly Omit<Held, "tenant" | "epoch">[]): Promise<void> {
    const inbox = this.#rooms.views.inbox(tenant);
    const behind = new Map<string, string[]>();
    for (const { reader, log, conversation, read } of receipts) {
      if (reader === null || log !== "public" || read === 0 || !inbox?.isWatchedBy(reader)) continue;
      const record = this.#rooms.conversations.get(tenant, conversation);
      if (record && read < record.publicHead) behind.set(reader, [...(behind.get(reader) ?? []), conversation]);
    }
    for (const [agent, conversations] of behind) {
      for (const row of await this.#rooms.storage.readCounts(tenant, agent, conversations))
        inbox?.hasRead(agent, row.conversation, row.visitorCountRead);
    }
  }

  #tell(): void {
    const untold = this.#untold;
    this.#untold = new Set();
    for (const key of untold) {
      const held = this.#unsaved.get(key);
      if (held) this.#tellOne(held);
    }
  }

  #tellOne(held: Held): void {
    const { tenant, conversation, log, epoch } = held;
    const moved = this.#movedOf(held);
    const feed = this.#rooms.hub.feedIfOpen(tenant, conversation, log);
    if (feed && feed.epoch === epoch) this.#push(feed, moved);
    this.#rooms.relay.tellConversation(tenant, conversation, { kind: "positions", log, epoch, ...moved });
  }

  /** What the others may see: of agents, the furthest of any. */
  #movedOf(held: Held): Moved {
    const { tenant, conversation, log, reader, delivered, read } = held;
    const record = this.#rooms.conversations.get(tenant, conversation);
    const isPublic = log === "public";
    if (reader === null) {
      const visitor = furthest(
        { delivered, read },
        record && { delivered: record.visitorDelivered, read: record.visitorRead },
      );
      if (record && isPublic) {
        this.#rooms.conversations.changed(tenant, {
          ...record,
          visitorDelivered: visitor.delivered,
          visitorRead: visitor.read,
        });
      }
      return { side: "visitor", visitor };
    }
    if (!record || !isPublic)
      return { side: "agent", agent: reader, own: { delivered, read }, agents: { delivered, read } };
    const agents = furthest({ delivered, read }, { delivered: record.agentsDelivered, read: record.agentsRead });
    this.#rooms.conversations.changed(tenant, {
      ...record,
      agentsDelivered: agents.delivered,
      agentsRead: agents.read,
    });
    if (read >= record.publicHead) this.#rooms.views.inbox(tenant)?.hasRead(reader, conversation, record.visitorCount);
    return { side: "agent", agent: reader, own: { delivered, read }, agents };
  }

  /** The visitor's cursors go to agents and to its own other pages; an agent's to the visitor, and to its own. */
  #push(feed: LogFeed, moved: Moved): void {
    const frame: Positions = { kind: "positions", log: feed.address, epoch: feed.epoch };
    if (moved.side === "visitor") {
      feed.tell({ ...frame, visitor: moved.visitor }, (cursor) => cursor.session.principal.type === "agent");
      feed.tell({ ...frame, own: moved.visitor }, (cursor) => cursor.session.principal.type === "visitor");
      return;
    }
    feed.tell({ ...frame, own: moved.own }, (cursor) => cursor.session.principalId === moved.agent);
    if (feed.log === "public") {
      feed.tell({ ...frame, agents: moved.agents }, (cursor) => cursor.session.principalId !== moved.agent);
    }
  }

  #keep(saving: Map<string, Held>): void {
    for (const [key, held] of saving) {
      const newer = this.#unsaved.get(key);
      if (!newer) this.#unsaved.set(key, held);
      else {
        newer.delivered = Math.max(newer.delivered, held.delivered);
        newer.read = Math.max(newer.read, held.read);
      }
    }
  }
}

function furthest(moved: Cursor, known: Cursor | undefined): Cursor {
  return {
    delivered: Math.max(moved.delivered, known?.delivered ?? 0),
    read: Math.max(moved.read, known?.read ?? 0),
  };
}

function byTenant(held: Map<string, Held>): Map<number, Omit<Held, "tenant" | "epoch">[]> {
  const tenants = new Map<number, Omit<Held, "tenant" | "epoch">[]>();
  for (const { tenant, conversation, log, reader, delivered, read } of held.values()) {
    const list = tenants.get(tenant) ?? [];
    list.push({ conversation, log, reader, delivered, read });
    tenants.set(tenant, list);
  }
  return tenants;
}
