/**
 * What frames are made of, and every frame of the server; those of clients stand in `client-frames.ts`, the rows of views in `rows.ts`. Code
 * uses these whole words; only `codec.ts` knows the short keys on the wire. SPEC.md has each of them with an example.
 * Identifiers are 128 random bits in base64url (22 characters) unless said otherwise. Times are UTC milliseconds.
 */
import type { Row } from "./rows.ts";

export const protocolVersion = 1;

/** `<conversation>/public` or `<conversation>/staff`. */
export type LogAddress = string;

/** Where a publish goes: `current` (visitors), a {@link LogAddress} or `visit:<visit>` (agents). */
export type PublishAddress = string;

export type Side = "visitor" | "agent" | "system";
export type Role = "owner" | "admin" | "agent" | "viewer";
export type CarrierName = "websocket" | "sockjs-websocket" | "xhr-streaming" | "xhr-polling";
export type AttributeValue = string | number | boolean | null;
export interface Attributes {
  [name: string]: AttributeValue;
}

// ---------------------------------------------------------------- events of a log

export interface Sender {
  side: Side;
  /** Public id of the agent or visitor; absent for `system`. */
  id?: string;
  name?: string;
  /** Path of the picture, absent if there is none. */
  face?: string;
}

/** What a log holds. `text`, `joined`, `left`, `closed`, `reopened` stand in public logs; `note`, `assigned` in staff logs; `edit` and `delete` in both. */
export type EventBody =
  | { kind: "text"; text: string }
  | { kind: "note"; text: string }
  /** Names the row of the same log that it changes. */
  | { kind: "edit"; target: number; text: string }
  | { kind: "delete"; target: number }
  /** The sender has the conversation now: took it, was given it, or was the first to answer. */
  | { kind: "joined" }
  | { kind: "left" }
  | { kind: "closed" }
  | { kind: "reopened" }
  /** `agent`: null gives it back to the waiting ones. */
  | { kind: "assigned"; agent: string | null; agentName?: string; previous: string | null; previousName?: string };

export interface LogEvent {
  /** Dense from 1 within its log. */
  seq: number;
  /** The sender's message id. */
  id: string;
  producer: string;
  ordinal: number;
  at: number;
  sender: Sender;
  body: EventBody;
  /** Staff logs: the public head that it came after; drawn when the reader has that head. */
  after?: number;
  /** When a text was changed; its body is the present one. */
  editedAt?: number;
  /** When it was deleted; its text is then empty. */
  deletedAt?: number;
  /** Running count of messages of the visitor and of agents up to here: unread is a difference of counts. */
  visitorCount: number;
  agentCount: number;
}

// ---------------------------------------------------------------- parts of frames

export interface OutgoingRange {
  address: PublishAddress;
  /** First and last ordinal that the client still holds unacknowledged or re-offers. */
  first: number;
  last: number;
}

export interface ProducerOffer {
  producer: string;
  /** +1 on every connect: the larger one wins. */
  incarnation: number;
  /** Random for each page load: tells a cloned tab from a reconnect. */
  nonce: string;
  outgoing: OutgoingRange[];
}

export interface LogPosition {
  /**
   * A log, or `current`: the visitor's whole thread, with an empty epoch and `seen` 0. What a visitor holds of single conversations
   * stands beside it in positions that name their logs; `current` answers for them, one `log` frame for each conversation, oldest first.
   */
  address: string;
  /** Empty if nothing is held yet. */
  epoch: string;
  /** The highest seq up to which nothing is missing; 0 asks for the newest `initialEvents`. */
  seen: number;
  delivered: number;
  read: number;
}

export interface Page {
  /** As the site names it, else the browser's address. */
  url: string;
  title: string;
  /** Of a load: the browser's. Of a further page of that load: the address at which the browser was before it, or is where the site named the page. */
  referrer: string;
}

/** What the gateway must know to show the visit again after it was restarted. */
export interface VisitState {
  /** Random for each page load, so that a reconnect is no second page view. */
  load: string;
  page: Page;
  /** How long ago this page was entered, milliseconds on the client's monotonic clock. */
  pageAgeMs: number;
  attributes: Attributes;
  locale: string;
  timeZone: string;
  screen: string;
}

/** What the site's server signs: HMAC-SHA-256, hex, over the canonical text of SPEC.md §6. */
export interface Identity {
  id: string;
  name?: string;
  email?: string;
  /** Milliseconds; a signature without it is the older form over the id alone. */
  expires?: number;
  /** Absent: shown as unverified, opens nothing. */
  signature?: string;
}

export type Credential =
  /** `secret`: 128 bits made by the client. `token`: the newest one that the gateway gave. */
  | { role: "visitor"; site: string; secret: string; token?: string | undefined }
  /** A 60-second token bought by the cookie session (`POST /api/v1/socket-token`). */
  | { role: "agent"; token: string };

/** What can be published. */
export type PublishBody =
  | { kind: "text"; text: string }
  | { kind: "note"; text: string }
  | { kind: "edit"; target: number; text: string }
  | { kind: "delete"; target: number }
  /** Exactly one agent wins; the others are refused with `taken` and the winner's name. */
  | { kind: "take" }
  /** Gives the conversation to an agent, or back to the waiting ones (null). */
  | { kind: "assign"; agent: string | null }
  | { kind: "close" }
  | { kind: "reopen" };

// ---------------------------------------------------------------- server to client

/** What a visitor's page may know about the site. */
export interface SiteState {
  name: string;
  /** `#rrggbb`, absent: the product's own. */
  color?: string;
  side: "left" | "right";
  /** What the visitor types is shown to agents before it is sent; the visitor is told. */
  previews: boolean;
  /** The site may remember visitors before first use. */
  remembers: boolean;
  /** At least one agent is available. */
  available: boolean;
  /** At most three faces of available agents. */
  people: { name: string; face?: string }[];
}
export interface Ok {
  kind: "ok";
  session: string;
  gateway: string;
  now: number;
  heartbeatMs: number;
  /** Visitors: keep it, offer it at the next hello. */
  token?: string;
  /** Public id of the visitor or the agent. */
  principal: string;
  site?: SiteState;
  agent?: { name: string; role: Role; tenant: string; face?: string; available: boolean };
  /** Producers that must not be used: another page holds them (cloned tab) or a newer incarnation exists. */
  fenced: string[];
}
/**
 * One log is ready: it was `pending` until its ordinal, epoch, head and the sender's revocation counter were read. Every address that
 * a hello names, in `positions` or in `outgoing` (`visit:…` too), is answered by at least one such frame that carries the address as
 * named and its ordinals; a client sends nothing to an address that its hello named before that. A visitor's logs all come under
 * `current`, those that a hello named by log and those that are born later too.
 */
export interface LogState {
  kind: "log";
  /** As named by the client: a log or `current`. */
  address: string;
  /** Absent: `current` has no conversation yet; then no epoch either. */
  log?: LogAddress;
  epoch?: string;
  head: number;
  /** `replay`: what is after `seen` follows. `tail`: nothing was held, the newest events follow. `reset`: what is held is of another epoch or trimmed: forget the positions, keep and re-offer messages. */
  state: "replay" | "tail" | "reset";
  /** Why `reset`: `epoch`, `trimmed`, `ahead`. */
  reason?: string;
  /** Highest durable ordinal of each producer of this connection at this address (0: none). */
  ordinals: { producer: string; ordinal: number }[];
  conversation?: ConversationState;
  own: Cursor;
  /** The other sides' positions. */
  visitor: Cursor;
  agents: Cursor;
}
export interface Cursor {
  delivered: number;
  read: number;
}
export interface ConversationState {
  id: string;
  site: string;
  status: "invited" | "open" | "closed";
  /** Agents only, from here on. */
  assignee?: { id: string; name: string; face?: string } | null;
  visitor?: string;
  visit?: string;
  createdAt: number;
}
/** Events of one log: live ones, a replay, or the answer to a fetch. */
export interface Events {
  kind: "events";
  log: LogAddress;
  epoch: string;
  /** Head of the log when this was made. */
  head: number;
  /** Dense and ascending. */
  events: LogEvent[];
  /** Present in the answer to a fetch; such a page does not move the live cursor. */
  request?: number;
}
/** Everything of this producer at this address up to `ordinal` is durable; `ordinal` itself got `seq`. */
export interface Ack {
  kind: "ack";
  producer: string;
  address: PublishAddress;
  ordinal: number;
  id: string;
  log: LogAddress;
  epoch: string;
  seq: number;
  at: number;
}
export interface Refuse {
  kind: "refuse";
  producer: string;
  address: PublishAddress;
  ordinal: number;
  id: string;
  code: string;
  /** `gap`: the ordinal that is expected. */
  expected?: number;
  retryAfterMs?: number;
  /** Who won (`taken`). */
  by?: string;
  /** The ordinal is consumed by a tombstone: take the message out of the outbox, keep its text on the screen. */
  final: boolean;
}
export interface Heads {
  kind: "heads";
  heads: { log: LogAddress; epoch: string; head: number }[];
}
export interface Positions {
  kind: "positions";
  log: LogAddress;
  epoch: string;
  own?: Cursor;
  visitor?: Cursor;
  agents?: Cursor;
}
export interface Reset {
  kind: "reset";
  log: LogAddress;
  epoch: string;
  head: number;
  reason: string;
}
export interface TypingNotice {
  kind: "typing";
  log: LogAddress;
  sender: Sender;
  active: boolean;
  text?: string;
}
/** The visitor's side of an invitation. */
export interface Invitation {
  kind: "invitation";
  invitation: string;
  text: string;
  agent: Sender;
  at: number;
  /** `open`: show it. `gone`: answered elsewhere, dismissed or withdrawn. */
  state: "open" | "gone";
}
export interface SiteNotice {
  kind: "site";
  site: SiteState;
}
export interface Identified {
  kind: "identified";
  verified: boolean;
  /** Why a signature was not trusted. */
  code?: string;
  token?: string;
  principal: string;
  /** The signed id differs from the linked one: make a new secret, a new visitor; the old outbox goes out only under the old token. */
  startOver: boolean;
}
/** One page of a fresh snapshot. Differences are numbered from `number` + 1. */
export interface Snapshot {
  kind: "snapshot";
  view: string;
  /** Changes with every fresh snapshot. */
  id: string;
  number: number;
  rows: Row[];
  /** False: more pages of this snapshot follow. */
  last: boolean;
  /** The rows are not known yet (storage does not answer); another snapshot follows. */
  pending?: boolean;
}
export interface Difference {
  kind: "difference";
  view: string;
  id: string;
  /** +1 each; any break means: watch again. */
  number: number;
  upserts: Row[];
  /** Keys of rows that went. */
  removes: string[];
}
export interface ServerHeartbeat {
  kind: "heartbeat";
  /** The client's nonce, or 0 if the server asks for nothing. */
  nonce: number;
  now: number;
  heads: { log: LogAddress; epoch: string; head: number }[];
}
/** The gateway is leaving: reconnect at a random moment within `withinMs`. */
export interface Go {
  kind: "go";
  withinMs: number;
  reason: string;
}
export interface Fenced {
  kind: "fenced";
  producer: string;
  incarnation: number;
}
export interface ErrorFrame {
  kind: "error";
  code: string;
  detail: string;
  /** The frame kind it is about. */
  about?: string;
  retryAfterMs?: number;
  /** The connection is closed after this. */
  fatal: boolean;
}

export type ServerFrame =
  | Ok
  | LogState
  | Events
  | Ack
  | Refuse
  | Heads
  | Positions
  | Reset
  | TypingNotice
  | Invitation
  | SiteNotice
  | Identified
  | Snapshot
  | Difference
  | ServerHeartbeat
  | Go
  | Fenced
  | ErrorFrame;
