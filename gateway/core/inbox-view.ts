/**
 * View `inbox`: open conversations and the newest closed ones. Read once when somebody begins to watch, then kept by what is
 * appended and heard. Unread is a difference of counts, and each agent's own.
 */

import { handleOf } from "../../protocol/handle.ts";
import { maxClosedInInbox } from "../../protocol/limits.ts";
import type { InboxRow } from "../../protocol/rows.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import { backoffMs } from "./backoff.ts";
import type { Rooms } from "./rooms.ts";
import { agentFace } from "./senders.ts";
import type { ViewSource } from "./view.ts";
import type { Watcher } from "./watcher.ts";

/** How many of the visitor's messages an agent has read, by conversation. */
type ReadCounts = Map<string, number>;

export class InboxSource implements ViewSource {
  readonly name = "inbox";
  readonly #rooms: Rooms;
  readonly #tenant: number;
  readonly #records = new Map<string, ConversationRecord>();
  readonly #read = new Map<string, ReadCounts>();
  readonly #watchers = new Map<string, number>();
  #loaded = false;
  #loading = false;
  #stopped = false;

  constructor(rooms: Rooms, tenant: number) {
    this.#rooms = rooms;
    this.#tenant = tenant;
  }

  get ready(): boolean {
    return this.#loaded;
  }

  *keys(): Iterable<readonly [string, number | null]> {
    for (const record of this.#records.values()) yield [record.id, this.#department(record)];
  }

  row(key: string, watcher: Watcher): InboxRow | null {
    const record = this.#records.get(key);
    return record ? inboxRow(this.#rooms, this.#tenant, record, this.#unread(record, watcher.agent.agent)) : null;
  }

  audience(watcher: Watcher): string {
    return watcher.agent.agent;
  }

  watched(watcher: Watcher): void {
    this.#stopped = false;
    const { agent } = watcher.agent;
    this.#watchers.set(agent, (this.#watchers.get(agent) ?? 0) + 1);
    if (!this.#loaded) void this.#load(1);
    else if (!this.#read.has(agent)) void this.#addReader(agent, 1);
  }

  unwatched(watcher: Watcher): void {
    const { agent } = watcher.agent;
    const left = (this.#watchers.get(agent) ?? 1) - 1;
    if (left > 0) this.#watchers.set(agent, left);
    else {
      this.#watchers.delete(agent);
      this.#read.delete(agent);
    }
    this.#stopped = this.#watchers.size === 0;
  }

  /** Newer state of a conversation. Returns the rows that have to be told again. */
  learn(record: ConversationRecord): string[] {
    if (record.status === "invited") return [];
    this.#records.set(record.id, record);
    return [record.id, ...(record.status === "closed" ? this.#trim() : [])];
  }

  isWatchedBy(agent: string): boolean {
    return this.#watchers.has(agent);
  }

  /** The agent has read so many of the visitor's messages. */
  hasRead(agent: string, conversation: string, visitorCount: number): void {
    const counts = this.#read.get(agent);
    const record = this.#records.get(conversation);
    if (!counts || !record || (counts.get(conversation) ?? 0) >= visitorCount) return;
    counts.set(conversation, visitorCount);
    this.#rooms.views.inboxRowChanged(this.#tenant, conversation, this.#department(record));
  }

  /** Open conversations that are theirs. */
  openOf(agent: string): number {
    let open = 0;
    for (const record of this.#records.values()) if (record.status === "open" && record.assignee === agent) open += 1;
    return open;
  }

  /** Reads it again, where notices may have been lost. Rejects as storage does. */
  async reload(): Promise<void> {
    if (!this.#loaded || this.#loading) return;
    for (const record of await this.#rooms.storage.inbox(this.#tenant, maxClosedInInbox)) {
      const changed = JSON.stringify(this.#records.get(record.id)) !== JSON.stringify(record);
      if (changed) this.#rooms.conversations.learn(this.#tenant, record);
    }
  }

  async #load(tries: number): Promise<void> {
    this.#loading = true;
    try {
      const records = await this.#rooms.storage.inbox(this.#tenant, maxClosedInInbox);
      for (const record of records) this.#records.set(record.id, this.#rooms.conversations.learn(this.#tenant, record));
      await this.#loadReads([...this.#watchers.keys()]);
      this.#loaded = true;
      this.#refresh();
    } catch (error) {
      this.#rooms.log.warn("inbox-not-read", { error: String(error) });
      this.#rooms.clock.after(backoffMs(this.#rooms.ids, tries), () => {
        if (!this.#stopped) void this.#load(tries + 1);
      });
    } finally {
      this.#loading = false;
    }
  }

  /** Of somebody who began to watch later. */
  async #addReader(agent: string, tries: number): Promise<void> {
    try {
      await this.#loadReads([agent]);
      this.#refresh();
    } catch (error) {
      this.#rooms.log.warn("inbox-reads-not-read", { error: String(error) });
      this.#rooms.clock.after(backoffMs(this.#rooms.ids, tries), () => {
        if (this.#watchers.has(agent)) void this.#addReader(agent, tries + 1);
      });
    }
  }

  async #loadReads(agents: string[]): Promise<void> {
    const open = [...this.#records.keys()];
    for (const agent of agents) {
      const counts = open.length > 0 ? await this.#rooms.storage.readCounts(this.#tenant, agent, open) : [];
      this.#read.set(agent, new Map(counts.map((row) => [row.conversation, row.visitorCountRead])));
    }
  }

  #refresh(): void {
    this.#rooms.views.refresh(this.#tenant, this.name);
  }

  #unread(record: ConversationRecord, agent: string): number {
    return Math.max(0, record.visitorCount - (this.#read.get(agent)?.get(record.id) ?? 0));
  }

  #department(record: ConversationRecord): number | null {
    return this.#rooms.directory.site(this.#tenant, record.site)?.department ?? null;
  }

  /** Keeps the newest closed ones. */
  #trim(): string[] {
    const closed = [...this.#records.values()].filter((record) => record.status === "closed");
    if (closed.length <= maxClosedInInbox) return [];
    closed.sort((a, b) => b.lastAt - a.lastAt);
    const gone = closed.slice(maxClosedInInbox).map((record) => record.id);
    for (const id of gone) this.#records.delete(id);
    return gone;
  }
}

function inboxRow(rooms: Rooms, tenant: number, record: ConversationRecord, unread: number): InboxRow {
  const site = rooms.directory.site(tenant, record.site);
  const visit = record.visitor === null ? undefined : rooms.presence.visitOf(record.visitor);
  const row: InboxRow = {
    key: record.id,
    type: "conversation",
    site: site?.key ?? "",
    siteName: site?.name ?? "",
    online: visit !== undefined && visit.sessions.length > 0,
    verified: record.verified || (visit?.verified ?? false),
    handle: visit?.handle ?? handleOf(record.visitor ?? record.visit ?? record.id),
    status: record.status === "closed" ? "closed" : "open",
    assignee: agentFace(rooms.directory, tenant, record.assignee),
    lastAt: record.lastAt,
    preview: record.preview,
    previewSide: record.previewSide,
    publicHead: record.publicHead,
    staffHead: record.staffHead,
    visitorCount: record.visitorCount,
    agentCount: record.agentCount,
    unread,
    visitorDelivered: record.visitorDelivered,
    visitorRead: record.visitorRead,
  };
  if (record.visitor !== null) row.visitor = record.visitor;
  const visitId = visit?.id ?? record.visit;
  if (visitId !== null && visitId !== undefined) row.visit = visitId;
  // Signed on this visit, and not stored with the conversation yet.
  const signedNow = visit?.verified === true && !record.verified;
  const name = (signedNow ? null : record.name) ?? (visit?.name || null);
  const email = (signedNow ? null : record.email) ?? (visit?.email || null);
  if (name !== null) row.name = name;
  if (email !== null) row.email = email;
  if (record.waitingSince !== null) row.waitingSince = record.waitingSince;
  if (record.previewSide === "agent" && record.previewSender !== null) {
    const sender = rooms.directory.agent(tenant, record.previewSender);
    if (sender) row.previewName = sender.name;
  }
  return row;
}
