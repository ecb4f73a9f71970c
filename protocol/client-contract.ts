/** What the client asks for and promises; `client.ts` keeps it. */

import type { ClientFrame } from "./client-frames.ts";
import type {
  AttributeValue,
  ConversationState,
  Credential,
  Cursor,
  Identity,
  LogEvent,
  Ok,
  Page,
  PublishBody,
  ServerFrame,
  VisitState,
} from "./frames.ts";
import type { CarrierKind, Clock, Json, RandomSource, Store } from "./ports.ts";

export interface ClientOptions {
  /** Best first; the ladder falls when no `ok` comes within `okTimeoutMs`, and probes upward (rule 13). */
  carriers: CarrierKind[];
  clock: Clock;
  random: RandomSource;
  json: Json;
  /** Holds outbox, positions and the held tail of logs. Keys begin with `scope`. */
  store: Store;
  /** (tenant or site, principal): nothing is ever sent under another login. */
  scope: string;
  /** Asked before every hello; agents buy a fresh token here. `null`: not possible now, back off and ask again. */
  credential(done: (credential: Credential | null) => void): void;
  /** Visitors: asked before every hello. */
  visit?(): { visit: VisitState; identity?: Identity | undefined };
  /** Whether the page is visible now. */
  visible(): boolean;
  /** Visitors: write to disk only from first use on (privacy by default). Agents: true. */
  remember: boolean;
  listener: ClientListener;
}

export interface ClientListener {
  /** Connection state changed, or a number in it. */
  status(status: ClientStatus): void;
  ok(frame: Ok): void;
  /** The log, its outbox or its cursors changed: read `client.log(address)` again. */
  changed(address: string): void;
  /** Frames that the client does not keep for you: typing, invitation, site, identified, snapshot, difference, error. */
  frame(frame: ServerFrame): void;
  /** The gateway asks for another login or another visitor: `unauthenticated`, `expired`, `revoked`, `origin`. Dialling has stopped. */
  rejected(code: string): void;
}

export type ClientStatus = {
  /** `connecting`: also a link in doubt. `waiting`: the next try comes at `nextTryAt` (monotonic). `stopped`: `stop()` or `rejected`. */
  phase: "connecting" | "online" | "waiting" | "stopped";
  carrier: string;
  /** Median of the last heartbeats, -1: not known. */
  roundTripMs: number;
  /** Monotonic; -1: none yet. */
  lastFrameAt: number;
  nextTryAt: number;
  /** When the present trouble began (monotonic), -1: none. */
  troubleSince: number;
  /** Messages that no ack has come for. */
  unsent: number;
  /** `memory`: what is unsent ends with the page; tell the person. */
  durability: "disk" | "memory";
};

/** A message of one's own on its way. */
export interface OutboxMessage {
  id: string;
  address: string;
  body: PublishBody;
  createdAt: number;
  /** `waiting`: on this device only. `stored`: acked, its event has not arrived yet. `failed`: refused for good. */
  state: "waiting" | "stored" | "failed";
  code?: string;
  by?: string;
}

/** A log as it can be drawn. */
export interface LogView {
  address: string;
  /** Absent while `current` has no conversation. */
  log?: string;
  epoch: string;
  /** Opened and answered since the last hello. */
  live: boolean;
  /** First held seq (history before it can be fetched), 0: none. */
  from: number;
  /** Nothing is missing from `from` up to here. */
  seen: number;
  head: number;
  events: LogEvent[];
  outbox: OutboxMessage[];
  own: Cursor;
  visitor: Cursor;
  agents: Cursor;
  conversation?: ConversationState;
}

export interface Client {
  start(): void;
  /** Closes the connection (with `bye`); the outbox stays. */
  stop(): void;
  status(): ClientStatus;
  /** Into the outbox (on disk first, where there is one), then out. Returns the message id. `answers`: the invitation. */
  publish(address: string, body: PublishBody, answers?: string): string;
  /** A failed message leaves the screen. */
  discard(id: string): void;
  /** Keeps this log open from now on, over every reconnect. */
  open(address: string): void;
  close(address: string): void;
  log(address: string): LogView | null;
  /** All logs that are held: for `current` its conversations too, oldest first. */
  logs(): LogView[];
  /** Fetches up to `count` events before the first held one; `done(false)`: offline or refused. */
  older(address: string, count: number, done: (ok: boolean) => void): void;
  /** Moves the own cursors; coalesced. */
  receipt(address: string, delivered: number, read: number): void;
  /** Ephemeral frames; dropped while not online. */
  typing(address: string, active: boolean, text?: string): void;
  send(frame: ClientFrame): void;
  /** Visitors: a new page within the same load. */
  page(page: Page): void;
  set(attributes: { [name: string]: AttributeValue }): void;
  /** From now on the store may be written (first use). */
  remember(): void;
  /** `offline`: the link counts as lost until it has answered, and is replaced if it does not within `probeTimeoutMs`. */
  doubt(): void;
  /** `online`, `pageshow`, visible again, clock jumped: probe at once, or try at once; beside a link in doubt a second one is dialled. */
  wake(): void;
  visibility(): void;
  /** Waits at most `maxMs` for the outbox to empty, then tells what could not go and wipes everything of `scope`. */
  shutdown(maxMs: number, done: (unsent: OutboxMessage[]) => void): void;
}
