/**
 * A visitor's thread: all conversations of the visitor, or of the verified person behind it. It is `pending` until it was
 * read and found not revoked; it is read again when it got another conversation.
 */
import type { LogPosition, LogState } from "../../protocol/frames.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import { backoffMs } from "./backoff.ts";
import { logAddress, parseLogAddress } from "./log-address.ts";
import type { LogFeed } from "./log-feed.ts";
import { emptyLog, openLog } from "./opened-log.ts";
import { may } from "./permissions.ts";
import { refusedOffers } from "./refused-offers.ts";
import type { Rooms } from "./rooms.ts";
import { type Session, storedAs, type VisitorPrincipal } from "./session.ts";
import { storeVisitor } from "./store-visitor.ts";

/** The newest ones; older conversations are history. */
const maxConversations = 10;

export class Threads {
  readonly #rooms: Rooms;
  /** What clients said they hold, until their thread was read. */
  readonly #positions = new WeakMap<Session, LogPosition[]>();
  /** Threads that changed while they were read. */
  readonly #stale = new WeakSet<Session>();
  /** Something was stored of their visitor itself, maybe by a page that is not signed in. */
  readonly #begun = new WeakSet<Session>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Opens `current`. Nothing is read for somebody who holds nothing: there can be nothing. */
  open(session: Session, principal: VisitorPrincipal, positions: LogPosition[], mustRead: boolean): void {
    session.wantsThread = true;
    if (mustRead || principal.thread.phase !== "unread") this.read(session, principal, positions);
    else session.connection.send(emptyLog("current", []));
  }

  /** Reads it (again), until storage answers or the connection ends. */
  read(session: Session, principal: VisitorPrincipal, positions: LogPosition[] = []): void {
    this.#positions.set(session, [...(this.#positions.get(session) ?? []), ...positions]);
    if (principal.thread.phase === "pending") this.#stale.add(session);
    else principal.thread = { phase: "pending", settled: this.#try(session, principal, 1) };
  }

  /** Before anything is published to `current`: `failing` means busy, try later. */
  async ready(session: Session, principal: VisitorPrincipal): Promise<"read" | "failing"> {
    if (principal.thread.phase === "unread") this.read(session, principal);
    return principal.thread.phase === "pending" ? principal.thread.settled : "read";
  }

  /** The thread of these has another conversation: pages of theirs open it. */
  changed(tenant: number, visitor: string | null, contact: string | null): void {
    this.heard(tenant, visitor, contact);
    this.#rooms.relay.tellTenant(tenant, { kind: "thread", visitor, contact });
  }

  heard(tenant: number, visitor: string | null, contact: string | null): void {
    const sessions =
      contact === null && visitor !== null ? this.#rooms.sessions.of(visitor) : this.#rooms.sessions.open();
    for (const session of sessions) {
      const principal = session.principal;
      if (principal.type !== "visitor" || principal.tenant !== tenant) continue;
      const own = principal.visitor === visitor;
      if (own) this.#begun.add(session);
      if (!session.wantsThread) continue;
      if (own || (contact !== null && principal.contact === contact)) this.read(session, principal);
    }
  }

  async #try(session: Session, principal: VisitorPrincipal, tries: number): Promise<"read" | "failing"> {
    try {
      await this.#read(session, principal);
      if (session.open && this.#stale.delete(session)) this.read(session, principal);
      return "read";
    } catch (error) {
      this.#rooms.log.warn("thread-read-failed", { error: String(error) });
      principal.thread = { phase: "pending", settled: Promise.resolve("failing") };
      this.#rooms.clock.after(backoffMs(this.#rooms.ids, tries), () => {
        if (session.open) void this.#try(session, principal, tries + 1);
      });
      return "failing";
    }
  }

  async #read(session: Session, principal: VisitorPrincipal): Promise<void> {
    const { storage, hub } = this.#rooms;
    await this.#join(session, principal);
    const { tenant, visitor } = principal;
    const { standIn } = principal;
    const thread = await storage.thread(tenant, storedAs(principal), maxConversations);
    const durable =
      session.producers.length > 0 ? await storage.ordinals(tenant, "current", session.producers, visitor) : [];
    const refused = await refusedOffers(this.#rooms, session, "current");
    if (!session.open) return;
    if (standIn === null && (thread.visitor?.revocation ?? 0) > principal.revocation) {
      return session.connection.end("revoked", "this visitor was signed out everywhere");
    }
    principal.contact = thread.visitor?.contact ?? null;
    const records = await this.#withAsked(session, principal, thread.conversations);
    if (!session.open) return;
    const feeds = records.map((record) => hub.hold(tenant, record.id, "public"));
    try {
      await this.#refresh(tenant, feeds);
      if (session.open) this.#show(session, principal, records, feeds, ordinalsOf(session, durable));
      for (const refusal of refused) session.connection.send(refusal);
    } finally {
      for (const feed of feeds) hub.release(feed);
    }
  }

  /** What the visitor itself has got belongs to the linked person, whose row stands for it here: one thread, one name. */
  async #join(session: Session, principal: VisitorPrincipal): Promise<void> {
    if (principal.standIn === null || !this.#begun.delete(session)) return;
    const state = await storeVisitor(this.#rooms, session, principal, principal.standIn);
    if (state !== "failing") return;
    this.#begun.add(session);
    throw new Error("the visitor could not be linked");
  }

  /** Conversations that are older than the newest ones, but held by this client, belong to its thread too. */
  async #withAsked(
    session: Session,
    principal: VisitorPrincipal,
    newest: readonly ConversationRecord[],
  ): Promise<ConversationRecord[]> {
    const records = newest.filter((record) => record.status !== "invited");
    // The newest first: each one that is gone is offered again before what stood in younger ones.
    for (const { address } of [...(this.#positions.get(session) ?? [])].reverse()) {
      const place = parseLogAddress(address);
      if (!place || records.some((record) => logAddress(record.id, "public") === address)) continue;
      const record = place.log === "public" ? await this.#own(principal, place.conversation) : null;
      if (record) records.push(record);
      else if (session.open) session.connection.send(emptyLog(address, []));
    }
    return records;
  }

  async #own(principal: VisitorPrincipal, conversation: string): Promise<ConversationRecord | null> {
    const record = await this.#rooms.storage.conversation(principal.tenant, conversation);
    if (!record || record.status === "invited") return null;
    const resource = this.#rooms.conversations.resourceOf(principal.tenant, record);
    return may(principal, "read-conversations", resource) ? record : null;
  }

  /** Feeds that listen since a moment ago may have missed something between the read and now. */
  async #refresh(tenant: number, feeds: readonly LogFeed[]): Promise<void> {
    const fresh = feeds.filter((feed) => feed.epoch === "");
    if (fresh.length > 0)
      await this.#rooms.hub.lookAt(
        tenant,
        fresh.map((feed) => feed.conversation),
      );
  }

  /** Oldest first, the newest last; all under the address `current`. */
  #show(
    session: Session,
    principal: VisitorPrincipal,
    records: readonly ConversationRecord[],
    feeds: readonly LogFeed[],
    ordinals: LogState["ordinals"],
  ): void {
    const positions = this.#positions.get(session) ?? [];
    this.#positions.delete(session);
    principal.thread = { phase: "read", current: records[0]?.id ?? null };
    if (records.length === 0) session.connection.send(emptyLog("current", ordinals));
    for (let index = records.length - 1; index >= 0; index -= 1) {
      const record = this.#rooms.conversations.learn(principal.tenant, records[index] as ConversationRecord);
      const feed = feeds[index] as LogFeed;
      const asked = positions.find((position) => position.address === feed.address);
      if (index > 0 && session.cursors?.has(feed.address) && !asked) continue;
      const position = asked ?? this.#held(session, feed.address);
      const own = { delivered: record.visitorDelivered, read: record.visitorRead };
      openLog(this.#rooms, session, { feed, address: "current", record, position, ordinals, own, first: 1 });
    }
  }

  /** What this connection has been sent already. */
  #held(session: Session, address: string): LogPosition | undefined {
    const cursor = session.cursors?.get(address);
    if (!cursor) return undefined;
    return { address, epoch: cursor.feed.epoch, seen: cursor.at, delivered: cursor.delivered, read: 0 };
  }
}

function ordinalsOf(session: Session, durable: { producer: string; ordinal: number }[]): LogState["ordinals"] {
  return session.producers.map((producer) => ({
    producer,
    ordinal: durable.find((row) => row.producer === producer)?.ordinal ?? 0,
  }));
}
