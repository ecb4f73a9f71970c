/** What a client says: every frame to the server, and their union. What frames are made of stands in `frames.ts`. */
import type {
  Attributes,
  CarrierName,
  Credential,
  Identity,
  LogAddress,
  LogPosition,
  Page,
  ProducerOffer,
  PublishAddress,
  PublishBody,
  VisitState,
} from "./frames.ts";

export interface Hello {
  kind: "hello";
  version: number;
  credential: Credential;
  carrier: CarrierName;
  visible: boolean;
  producers: ProducerOffer[];
  positions: LogPosition[];
  /** Visitors only. */
  visit?: VisitState | undefined;
  identity?: Identity | undefined;
}
export interface Publish {
  kind: "publish";
  producer: string;
  address: PublishAddress;
  /** 1, 2, 3 ... for each (producer, address). */
  ordinal: number;
  id: string;
  body: PublishBody;
  /** The invitation that this first message answers. */
  answers?: string | undefined;
  /** After a restore: create the conversation again under the id that the ack had told. */
  conversation?: string | undefined;
}
/** Opens one more log. */
export interface Subscribe {
  kind: "subscribe";
  position: LogPosition;
}
export interface Unsubscribe {
  kind: "unsubscribe";
  log: LogAddress;
}
/** Asks for `from`..`to` (both included, at most `maxEventsPerPage`); answered by `events` with the same request number. */
export interface Fetch {
  kind: "fetch";
  request: number;
  log: LogAddress;
  epoch: string;
  from: number;
  to: number;
}
/** Cursors: the larger wins. */
export interface Receipt {
  kind: "receipt";
  positions: { log: LogAddress; epoch: string; delivered: number; read: number }[];
}
export interface Typing {
  kind: "typing";
  /** A log, or `current`. */
  address: string;
  active: boolean;
  /** Visitors, and only where the site shows previews. */
  text?: string | undefined;
}
export interface PageView {
  kind: "page";
  page: Page;
}
export interface SetAttributes {
  kind: "set";
  attributes: Attributes;
}
export interface VisitEvent {
  kind: "event";
  name: string;
  properties: Attributes;
}
export interface Identify {
  kind: "identify";
  identity: Identity;
}
export interface InvitationState {
  kind: "invitation-state";
  invitation: string;
  state: "delivered" | "seen" | "dismissed";
}
/** `name`: `visitors`, `inbox`, `team` or `visit:<visit>`. Watching again asks for a fresh snapshot. */
export interface Watch {
  kind: "watch";
  view: string;
}
export interface Unwatch {
  kind: "unwatch";
  view: string;
}
export interface AgentStatus {
  kind: "status";
  available: boolean;
}
/** An echo is wanted: the server answers with the same nonce. */
export interface ClientHeartbeat {
  kind: "heartbeat";
  nonce: number;
  visible: boolean;
}
export interface Bye {
  kind: "bye";
}

export type ClientFrame =
  | Hello
  | Publish
  | Subscribe
  | Unsubscribe
  | Fetch
  | Receipt
  | Typing
  | PageView
  | SetAttributes
  | VisitEvent
  | Identify
  | InvitationState
  | Watch
  | Unwatch
  | AgentStatus
  | ClientHeartbeat
  | Bye;
