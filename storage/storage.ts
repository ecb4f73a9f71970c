/**
 * The storage port: everything that outlives a process. It speaks public identifiers (128 bits, base64url) and the
 * tenant's number; numbers of rows stay inside. Every method takes the tenant, and no row of another tenant is ever
 * read, counted or changed (contract.ts tries all of them as a stranger).
 *
 * Arguments and results are plain data, so that the SQLite adapter can run behind a worker thread.
 * Dialects: `dialects/sqlite.ts` (better-sqlite3), `dialects/mysql.ts` (mysql2 + tarn; MySQL 8, MariaDB 10.6+). All pass `contract.ts`.
 *
 * Failures: {@link StorageBusy} (a queue or pool is full: try later), {@link StorageUnavailable} (the database does not
 * answer; nothing is known about the last statement), {@link SchemaMismatch} (at open). Expected outcomes are values, not errors.
 */
import type { Attributes, EventBody, LogEvent, Role, Side } from "../protocol/frames.ts";
import type {
  AgentRecord,
  ConversationRecord,
  DepartmentRecord,
  PageViewRecord,
  SessionRecord,
  SiteRecord,
  SiteSettings,
  TenantRecord,
  VisitorRecord,
  VisitRecord,
} from "./records.ts";

export type LogKind = "public" | "staff";

// ---------------------------------------------------------------- append

/** Where an append goes. Addresses are looked up as named, before they are resolved: a resend finds its answer for ever. */
export type AppendTarget =
  /**
   * The visitor's current conversation, found, reopened (closed for less than `reopenMs`) or created under the row lock of the
   * contact (if the visitor is linked by a verified identity), else of the visitor, which is created if it is not stored yet.
   */
  | {
      type: "current";
      site: number;
      visitor: string;
      reopenMs: number;
      /** Id for a conversation that has to be created. */
      newConversation: string;
      /**
       * A restore may have taken that conversation away (R10.2): it is found while it is open, or made again under this id, whatever
       * else is open. Default false: where the visitor is now.
       */
      again?: boolean;
      /** The invitation that is answered: its conversation gets this visitor, unless somebody was first or the visitor has an open one. */
      answers?: string;
      visit?: string;
      /** What is known about the visitor, stored when the row is created. */
      profile: VisitorProfile;
    }
  | { type: "log"; conversation: string; log: LogKind }
  /** An agent's first message: creates a conversation in state `invited` for the visit (of `visitor`, if that one is known). */
  | {
      type: "visit";
      visit: string;
      site: number;
      visitor?: string;
      /** A closed conversation of that visitor goes on if it ended less than this ago. Default 7 days. */
      reopenMs?: number;
      newConversation: string;
      profile: VisitorProfile;
    };

export interface VisitorProfile {
  name?: string;
  email?: string;
  locale?: string;
  timeZone?: string;
  attributes?: Attributes;
}

/** What must be true under the conversation's row lock, else the append is refused for good. */
export interface AppendExpectation {
  /** Nobody, or this agent. Violated: `taken`, with the present assignee. */
  assignee?: string | null;
  /** Violated: `closed`. */
  status?: "open" | "invited-or-open";
}

export interface AppendRequest {
  tenant: number;
  producer: string;
  /** As the client named it; part of the unique key (tenant, producer, address, ordinal). */
  address: string;
  ordinal: number;
  /** Unique for (tenant, sender): finds a message again under another producer (re-offer after a restore). */
  messageId: string;
  sender: { side: Side; id: string | null };
  at: number;
  target: AppendTarget;
  /** In order; the first one is the one that the ack names. Empty with `tombstone`. `sender`: of a later one, where it is about somebody else. */
  events: { log: LogKind; body: EventBody; sender?: AppendRequest["sender"] }[];
  expect?: AppendExpectation;
  /** Changes of the conversation in the same transaction. */
  change?: { assignee?: string | null; status?: "open" | "closed" };
  /** A final refusal: the ordinal is consumed and its code kept, nothing else is stored. */
  tombstone?: string;
}

export interface AppendedEvent {
  log: LogKind;
  event: LogEvent;
}

export type AppendResult =
  | {
      outcome: "stored" | "duplicate";
      conversation: string;
      log: LogKind;
      epoch: string;
      seq: number;
      at: number;
      publicHead: number;
      staffHead: number;
      /** `stored` only: all events of this append, also those that storage added (`reopened`). Sender names are not filled in. */
      events: AppendedEvent[];
      created: boolean;
      /** The conversation's row after the append. */
      state: ConversationRecord | null;
    }
  | { outcome: "gap"; expected: number }
  /** The same ordinal came before with another body or id. */
  | { outcome: "mismatch" }
  /** A tombstone stands under this ordinal, now or since before. `by`: public id of the winner. */
  | { outcome: "refused"; code: string; by?: string };

// ---------------------------------------------------------------- the port

export interface OpenLogRequest {
  tenant: number;
  conversation: string;
  log: LogKind;
  /** Whose durable ordinals are asked for, at these addresses as named; with a `reader`, only what that agent sent. */
  producers: { producer: string; address: string }[];
  /** An agent's own position, or null for the visitor's. */
  reader: string | null;
}
export interface OpenLogResult {
  state: ConversationRecord;
  head: number;
  /** First seq that retention has left; 1 if nothing was trimmed. */
  first: number;
  ordinals: { producer: string; address: string; ordinal: number }[];
  own: { delivered: number; read: number };
}

export interface SearchRequest {
  tenant: number;
  text: string;
  /** Numbers of sites that the reader may see; empty: all. */
  sites: number[];
  /** From the answer before. */
  before?: string;
  limit: number;
  /** Stops looking after about so long, and answers `partial` with what was found. Some of it is looked at in any case. Default: no such limit. */
  withinMs?: number;
}
export interface SearchResult {
  hits: {
    conversation: string;
    log: LogKind;
    seq: number;
    at: number;
    text: string;
    sender: Side;
    name: string | null;
  }[];
  /** People whose name, e-mail or attributes match, with their newest conversation. */
  people: {
    visitor: string;
    name: string | null;
    email: string | null;
    verified: boolean;
    conversation: string | null;
    lastSeenAt: number;
    matched: string;
  }[];
  next: string | null;
  /** The bound was hit before everything was looked at. */
  partial: boolean;
}

export interface StorageMetrics {
  queueDepth: number;
  /** Since start. */
  batches: number;
  appended: number;
  batchSizes: { le: number; count: number }[];
  commitMs: { le: number; count: number }[];
  pools: { name: string; used: number; free: number; pending: number }[];
  statements: number;
}

export interface Storage {
  readonly engine: "sqlite" | "mysql";

  // life
  /** Rejects with {@link StorageUnavailable} if the database does not answer. */
  ping(): Promise<void>;
  metrics(): StorageMetrics;
  /** Waits for what is queued, then closes. */
  close(): Promise<void>;

  // the write path
  /**
   * Durable when it resolves. Natural group commit: what arrives while a commit is in flight forms the next batch.
   * Idempotent by (tenant, producer, address, ordinal). Rejects with StorageBusy above the bounded queue, StorageUnavailable
   * if the outcome is not known (send the same again).
   */
  append(request: AppendRequest): Promise<AppendResult>;
  /** Cursors, the larger wins; coalesced by the caller, a low-priority lane inside. `reader`: an agent, or null for the visitor. */
  saveReceipts(
    tenant: number,
    receipts: { conversation: string; log: LogKind; reader: string | null; delivered: number; read: number }[],
  ): Promise<void>;
  saveInvitationState(
    tenant: number,
    conversation: string,
    state: "delivered" | "seen" | "dismissed" | "missed",
  ): Promise<void>;
  /** Page views, visits: one background batch. Idempotent by id and number. */
  saveVisits(tenant: number, visits: VisitRecord[], pages: PageViewRecord[]): Promise<void>;
  /** Events that a site passed. */
  saveVisitEvents(
    tenant: number,
    events: { visit: string; name: string; at: number; properties: Attributes }[],
  ): Promise<void>;

  // logs
  /** Null: no such conversation in this tenant. */
  openLog(request: OpenLogRequest): Promise<OpenLogResult | null>;
  /** The visitor's (or their contact's) conversations, newest first, without those that are only invited. */
  thread(
    tenant: number,
    visitor: string,
    limit: number,
  ): Promise<{ visitor: VisitorRecord | null; conversations: ConversationRecord[] }>;
  /** Durable ordinals of producers at an address as named, of what this sender sent: events tell producers to everybody. */
  ordinals(
    tenant: number,
    address: string,
    producers: readonly string[],
    sender: string,
  ): Promise<{ producer: string; ordinal: number }[]>;
  /** The tombstones among these ranges of ordinals at an address as named (R7.6). `id`: the message id, `by`: who won. */
  refusals(
    tenant: number,
    address: string,
    ranges: { producer: string; first: number; last: number }[],
    sender: string,
  ): Promise<{ producer: string; ordinal: number; id: string; code: string; by?: string }[]>;
  /** `from`..`to` ascending, at most `limit`, by clustered range. */
  readLog(
    tenant: number,
    conversation: string,
    log: LogKind,
    from: number,
    to: number,
    limit: number,
  ): Promise<LogEvent[]>;
  /** For the sweeper. */
  heads(
    tenant: number,
    conversations: string[],
  ): Promise<{ conversation: string; epoch: string; publicHead: number; staffHead: number }[]>;
  conversation(tenant: number, conversation: string): Promise<ConversationRecord | null>;
  /** Open ones (all) and the newest `closedLimit` closed ones; unread counts of `agent` stand beside. */
  inbox(tenant: number, closedLimit: number): Promise<ConversationRecord[]>;
  /** How many of the visitor's messages stand before the agent's read position, for each conversation asked for. */
  readCounts(
    tenant: number,
    agent: string,
    conversations: string[],
  ): Promise<{ conversation: string; delivered: number; read: number; visitorCountRead: number }[]>;
  /** Older closed conversations, keyset by (lastAt, id). */
  closedConversations(
    tenant: number,
    before: { lastAt: number; id: string } | null,
    limit: number,
  ): Promise<ConversationRecord[]>;

  // people
  visitor(tenant: number, visitor: string): Promise<VisitorRecord | null>;
  /** Creates or updates the visitor's row. Attributes are merged, null removes one. */
  saveVisitor(
    tenant: number,
    site: number,
    visitor: string,
    profile: VisitorProfile,
    at: number,
  ): Promise<VisitorRecord>;
  /**
   * Links the visitor to the contact of a verified external id (created if new). `conflict`: it is linked to another one already.
   * `unstored`: what happens to a visitor that is not stored yet. `begin` (default): it is stored. `person`: it is not, and the person's
   * own row stands for it, one for all their devices; its id is the contact's, and it is a visitor in every other method.
   * `visitor`: whose row is linked.
   */
  linkContact(
    tenant: number,
    site: number,
    visitor: string,
    identity: { externalId: string; name?: string; email?: string },
    at: number,
    unstored?: "begin" | "person",
  ): Promise<{ outcome: "linked"; contact: string; visitor: string } | { outcome: "conflict" }>;
  /** Tokens given before are refused from now on. Returns the new number. */
  revokeVisitor(tenant: number, visitor: string): Promise<number>;
  /** Of this visitor, and of the person it is linked to on other devices; newest first, those that began before `before`. */
  earlierVisits(tenant: number, visitor: string, before: number, limit: number): Promise<VisitRecord[]>;
  /** How often this visitor, or the person it is linked to, came: stored visits, counted up to 1,000. */
  visitCount(tenant: number, visitor: string): Promise<number>;
  pageViews(tenant: number, visit: string, limit: number): Promise<PageViewRecord[]>;
  visitEvents(
    tenant: number,
    visit: string,
    limit: number,
  ): Promise<{ name: string; at: number; properties: Attributes }[]>;
  visitorConversations(tenant: number, visitor: string, limit: number): Promise<ConversationRecord[]>;

  // search
  search(request: SearchRequest): Promise<SearchResult>;

  // consumers: cursors over the logs, never callbacks on the send path
  dirtyLogs(
    consumer: string,
    limit: number,
  ): Promise<{ tenant: number; conversation: string; log: LogKind; done: number; head: number }[]>;
  /** Moves the consumer's done position and clears the mark if the log has not moved since; what moves later sets it again. */
  consumed(consumer: string, tenant: number, conversation: string, log: LogKind, done: number): Promise<void>;

  // administration
  tenants(): Promise<TenantRecord[]>;
  createTenant(name: string): Promise<TenantRecord>;
  sites(tenant: number | null): Promise<SiteRecord[]>;
  createSite(
    tenant: number,
    site: { key: string; name: string; secret: string; settings: SiteSettings },
  ): Promise<SiteRecord>;
  updateSite(
    tenant: number,
    site: number,
    change: { name?: string; settings?: SiteSettings; secret?: string; department?: number | null },
  ): Promise<SiteRecord | null>;
  departments(tenant: number): Promise<DepartmentRecord[]>;
  createDepartment(tenant: number, name: string): Promise<DepartmentRecord>;
  /** Null: the tenant has no such department. */
  renameDepartment(tenant: number, department: number, name: string): Promise<DepartmentRecord | null>;
  /** Null: of every tenant. */
  agents(tenant: number | null): Promise<AgentRecord[]>;
  /** `conflict`: the e-mail exists in the installation. */
  createAgent(
    tenant: number,
    agent: { email: string; name: string; role: Role; passwordHash: string; face?: string; departments?: number[] },
  ): Promise<AgentRecord | "conflict">;
  updateAgent(
    tenant: number,
    agent: string,
    change: {
      name?: string;
      role?: Role;
      passwordHash?: string;
      face?: string | null;
      available?: boolean;
      disabled?: boolean;
      departments?: number[];
    },
  ): Promise<AgentRecord | null>;
  /** By e-mail, case-insensitively; with the password hash, for signing in only. */
  agentByEmail(email: string): Promise<{ agent: AgentRecord; passwordHash: string } | null>;
  /** `hash`: SHA-256 of the cookie's token, base64url. */
  createSession(hash: string, session: SessionRecord): Promise<void>;
  session(hash: string): Promise<SessionRecord | null>;
  deleteSession(hash: string): Promise<void>;
  /** `except`: the hash of one that stays. */
  deleteSessionsOf(tenant: number, agent: string, except?: string): Promise<void>;
  /** Small values of the installation: keys, salts. `setIfAbsent` returns what is stored afterwards. */
  setting(name: string): Promise<string | null>;
  setSettingIfAbsent(name: string, value: string): Promise<string>;
}

export class StorageBusy extends Error {
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super(`storage is busy, try again in ${retryAfterMs} ms`);
    this.name = "StorageBusy";
    this.retryAfterMs = retryAfterMs;
  }
}

export class StorageUnavailable extends Error {
  constructor(detail: string, options?: { cause?: unknown }) {
    super(`the database does not answer: ${detail}`, options);
    this.name = "StorageUnavailable";
  }
}

export class SchemaMismatch extends Error {
  /** `older`: run the migrations. `newer`: this program is older than the database. `empty`: nothing there yet. */
  readonly state: "older" | "newer" | "empty";
  constructor(state: "older" | "newer" | "empty", detail: string) {
    super(detail);
    this.name = "SchemaMismatch";
    this.state = state;
  }
}
