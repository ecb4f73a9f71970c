/** What is known about a connection after its hello: who it is, what it may use, where it stands in each log. */
import { windowEvents } from "../../protocol/limits.ts";
import type { Connection } from "./connection.ts";
import type { Actor } from "./core.ts";
import type { LogCursor } from "./log-cursor.ts";
import type { OrderedReplies } from "./ordered-replies.ts";
import type { Visit } from "./visit.ts";
import type { Watcher } from "./watcher.ts";

/** The row of a linked person, which stands for a visitor of theirs until something is stored of this one itself. */
export interface StandIn {
  readonly visitor: string;
  /** What the visitor proved. */
  readonly identity: { readonly externalId: string; readonly name?: string; readonly email?: string };
  /** Its own row is being made. */
  storing: Promise<"stored" | "conflict" | "failing"> | null;
}

export interface VisitorPrincipal {
  readonly type: "visitor";
  readonly tenant: number;
  readonly site: number;
  readonly visitor: string;
  /** The verified person; known once the thread was read. */
  contact: string | null;
  /** Null: what is stored is the visitor's own, or nothing is. */
  standIn: StandIn | null;
  /** Proved by the token: 0 without one. */
  readonly revocation: number;
  /** A secret of before the first use is on nobody's disk. */
  visit: Visit | null;
  readonly load: string;
  thread: ThreadState;
  /** Passed by the site and not signed, or the part of a signature that is not covered. */
  passed: { readonly name?: string; readonly email?: string } | null;
}
/** The visitor's thread (`current`) on this connection. */
export type ThreadState =
  /** Nobody asked; nothing was read. */
  | { readonly phase: "unread" }
  /** It is being read, again and again while storage is down. */
  | { readonly phase: "pending"; readonly settled: Promise<"read" | "failing"> }
  /** Read, and the visitor is not revoked. `current`: its newest conversation. */
  | { readonly phase: "read"; readonly current: string | null };

/** One for all: most visitors never get beyond it. */
export const unread: ThreadState = { phase: "unread" };

/** The name under which storage knows them. */
export function storedAs({ visitor, standIn }: VisitorPrincipal): string {
  return standIn?.visitor ?? visitor;
}

export type AgentPrincipal = Extract<Actor, { type: "agent" }>;

/** Ordinals that a client still holds unacknowledged, or offers again. */
export interface Offer {
  readonly producer: string;
  readonly address: string;
  readonly first: number;
  readonly last: number;
}
const noOffers: readonly Offer[] = [];
const noProducers: readonly string[] = [];

export class Session {
  readonly id: string;
  readonly connection: Connection;
  readonly principal: VisitorPrincipal | AgentPrincipal;
  /** Of an agent: the sign-in that bought the socket's token, as storage names it; empty: none. */
  signIn = "";
  /** Producers that this connection speaks for. */
  producers: readonly string[] = noProducers;
  /** What the hello offered and no `log` frame has answered yet. */
  offers: readonly Offer[] = noOffers;
  /** Open logs by address; null while there is none, because most visitors never chat. */
  cursors: Map<string, LogCursor> | null = null;
  /** Logs whose opening is under way. */
  opening: Set<string> | null = null;
  watchers: Map<string, Watcher> | null = null;
  /** Publishes that were not answered yet. */
  replies: OrderedReplies | null = null;
  /** The client wants `current`, and hears of changes of its thread. */
  wantsThread = false;
  /** Conversations that a visitor named to have them made again; null while there is none. */
  namedAgain: Set<string> | null = null;
  /** Where this person is typing now, as a log address; empty: nowhere. */
  typingIn = "";
  /** Events that were sent and not yet stored by the client. */
  inFlight = 0;
  publishFullAt = 0;
  ephemeralFullAt = 0;
  pagesFullAt = 0;

  constructor(id: string, connection: Connection, principal: VisitorPrincipal | AgentPrincipal) {
    this.id = id;
    this.connection = connection;
    this.principal = principal;
  }

  get principalId(): string {
    return this.principal.type === "visitor" ? this.principal.visitor : this.principal.agent;
  }

  get open(): boolean {
    return this.connection.state.phase === "open";
  }

  /** The window has room and the link is not full. */
  get takesEvents(): boolean {
    return this.inFlight < windowEvents && !this.connection.full;
  }

  /** Another connection speaks for the producer now. */
  fence(producer: string, incarnation: number): void {
    this.producers = this.producers.filter((held) => held !== producer);
    this.connection.send({ kind: "fenced", producer, incarnation });
  }

  /** The link, or the window, has room again. */
  resume(): void {
    for (const cursor of this.cursors?.values() ?? []) {
      if (cursor.hungry) cursor.feed.pull();
    }
    for (const watcher of this.watchers?.values() ?? []) watcher.resume();
  }
}
