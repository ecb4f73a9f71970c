/**
 * Cursor fan-out. Storage is the truth and everything here is a hint about it: an append on this gateway, a notice of
 * another one, or the sweeper's look at the heads, which finds whatever was lost.
 */
import { sweepBusDownMs } from "../../protocol/limits.ts";
import type { AppendResult, LogKind } from "../../storage/storage.ts";
import { LogCursor } from "./log-cursor.ts";
import { LogFeed } from "./log-feed.ts";
import type { ConversationNotice } from "./relay.ts";
import type { Rooms } from "./rooms.ts";
import { withNames } from "./senders.ts";
import type { Session } from "./session.ts";
import { tellTyping } from "./typing-notice.ts";

/** Conversations of one question to storage. */
const sweepChunk = 500;

interface OpenConversation {
  readonly tenant: number;
  readonly conversation: string;
  readonly feeds: Map<LogKind, LogFeed>;
  readonly unsubscribe: () => void;
}
export type StoredAppend = Extract<AppendResult, { outcome: "stored" | "duplicate" }>;

export class Hub {
  readonly #rooms: Rooms;
  readonly #open = new Map<string, OpenConversation>();
  #sweeping = false;
  #stopped = false;
  #inboxesAt = Number.NEGATIVE_INFINITY;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  start(): void {
    this.#sweepLater();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** The log's feed, which hears the bus from now on: take it before reading the log, and give it back with {@link release}. */
  hold(tenant: number, conversation: string, log: LogKind): LogFeed {
    const open = this.#conversation(tenant, conversation);
    const feed = open.feeds.get(log) ?? new LogFeed(this.#rooms, tenant, conversation, log);
    open.feeds.set(log, feed);
    feed.holds += 1;
    return feed;
  }

  release(feed: LogFeed): void {
    feed.holds -= 1;
    this.#forgetIdle(feed);
  }

  attach(session: Session, feed: LogFeed, at: number): LogCursor {
    const cursor = new LogCursor(session, feed, at);
    feed.cursors.add(cursor);
    return cursor;
  }

  detach(cursor: LogCursor): void {
    cursor.session.inFlight -= cursor.at - cursor.delivered;
    cursor.feed.cursors.delete(cursor);
    this.#forgetIdle(cursor.feed);
  }

  #forgetIdle(feed: LogFeed): void {
    const open = this.#open.get(keyOf(feed.tenant, feed.conversation));
    if (feed.cursors.size > 0 || feed.holds > 0 || open?.feeds.get(feed.log) !== feed) return;
    open.feeds.delete(feed.log);
    if (open.feeds.size > 0) return;
    open.unsubscribe();
    this.#open.delete(keyOf(feed.tenant, feed.conversation));
  }

  /** An append on this gateway was answered: tell those who listen, here and elsewhere. */
  appended(tenant: number, result: StoredAppend): void {
    const { conversation, epoch } = result;
    for (const log of ["public", "staff"] as const) {
      const events = result.events
        .filter((appended) => appended.log === log)
        .map((appended) => withNames(this.#rooms.directory, tenant, appended.event));
      if (events.length === 0) continue;
      const head = log === "public" ? result.publicHead : result.staffHead;
      this.feedIfOpen(tenant, conversation, log)?.hint(epoch, head, events);
      this.#rooms.relay.tellConversation(tenant, conversation, { kind: "appended", log, epoch, head, events });
    }
  }

  feedIfOpen(tenant: number, conversation: string, log: LogKind): LogFeed | undefined {
    return this.#open.get(keyOf(tenant, conversation))?.feeds.get(log);
  }

  #conversation(tenant: number, conversation: string): OpenConversation {
    const key = keyOf(tenant, conversation);
    const known = this.#open.get(key);
    if (known) return known;
    const hear = (notice: ConversationNotice): void => this.#hear(tenant, conversation, notice);
    const unsubscribe = this.#rooms.relay.hearConversation(tenant, conversation, hear);
    const open: OpenConversation = { tenant, conversation, feeds: new Map(), unsubscribe };
    this.#open.set(key, open);
    return open;
  }

  #hear(tenant: number, conversation: string, notice: ConversationNotice): void {
    const feed = this.feedIfOpen(tenant, conversation, notice.log);
    if (!feed) return;
    if (notice.kind === "appended") feed.hint(notice.epoch, notice.head, notice.events);
    else if (notice.kind === "positions") this.#rooms.receipts.heard(feed, notice);
    else tellTyping(feed, notice.sender, notice.active, notice.text);
  }

  #sweepLater(): void {
    if (this.#stopped) return;
    const { settings, clock, ids, relay } = this.#rooms;
    const delayMs = relay.up ? settings.sweepMs : Math.min(sweepBusDownMs, settings.sweepMs);
    clock.after(delayMs * (0.9 + 0.2 * ids.fraction()), () => {
      void this.sweep().finally(() => this.#sweepLater());
    });
  }

  /** Reads the heads of all logs that somebody listens to; while the bus is down, the inboxes too. */
  async sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      if (!this.#rooms.relay.up) await this.#reloadInboxes();
      for (const [tenant, conversations] of this.#conversationsByTenant()) {
        for (let from = 0; from < conversations.length; from += sweepChunk) {
          await this.lookAt(tenant, conversations.slice(from, from + sweepChunk));
        }
      }
    } catch (error) {
      this.#rooms.log.debug("sweep-failed", { error: String(error) });
    } finally {
      this.#sweeping = false;
    }
  }

  async #reloadInboxes(): Promise<void> {
    const now = this.#rooms.clock.monotonic();
    if (now - this.#inboxesAt < this.#rooms.settings.sweepMs) return;
    this.#inboxesAt = now;
    await this.#rooms.views.reloadInboxes();
  }

  /** One statement: how far are these conversations? */
  async lookAt(tenant: number, conversations: string[]): Promise<void> {
    for (const row of await this.#rooms.storage.heads(tenant, conversations)) {
      const feeds = this.#open.get(keyOf(tenant, row.conversation))?.feeds;
      feeds?.get("public")?.verify(row.epoch, row.publicHead);
      feeds?.get("staff")?.verify(row.epoch, row.staffHead);
    }
  }

  #conversationsByTenant(): Map<number, string[]> {
    const tenants = new Map<number, string[]>();
    for (const { tenant, conversation } of this.#open.values()) {
      const list = tenants.get(tenant) ?? [];
      list.push(conversation);
      tenants.set(tenant, list);
    }
    return tenants;
  }
}

function keyOf(tenant: number, conversation: string): string {
  return `${tenant} ${conversation}`;
}
