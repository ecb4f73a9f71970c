/** The answer to "open this log": the state frame, then a cursor that sends what follows. */
import type { ConversationState, Cursor, LogPosition, LogState } from "../../protocol/frames.ts";
import { initialEvents } from "../../protocol/limits.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import type { LogFeed } from "./log-feed.ts";
import type { Rooms } from "./rooms.ts";
import { agentFace } from "./senders.ts";
import type { Session } from "./session.ts";

export interface OpenedLog {
  readonly feed: LogFeed;
  /** As the client named it. */
  readonly address: string;
  readonly record: ConversationRecord;
  /** What the client holds; absent: nothing. */
  readonly position: LogPosition | undefined;
  readonly ordinals: LogState["ordinals"];
  readonly own: Cursor;
  /** First seq that retention has left. */
  readonly first: number;
}

type Start = { readonly at: number } & Pick<LogState, "state" | "reason">;

export function openLog(rooms: Rooms, session: Session, opened: OpenedLog): void {
  const { feed } = opened;
  const start = startOf(opened);
  const before = session.cursors?.get(feed.address);
  if (before) rooms.hub.detach(before);
  session.cursors ??= new Map();
  session.cursors.set(feed.address, rooms.hub.attach(session, feed, start.at));
  session.connection.send(stateOf(rooms, session, opened, start));
  feed.pull();
}

function conversationState(
  rooms: Rooms,
  tenant: number,
  record: ConversationRecord,
  reader: "visitor" | "agent",
): ConversationState {
  const site = rooms.directory.site(tenant, record.site)?.key ?? "";
  const state: ConversationState = { id: record.id, site, status: record.status, createdAt: record.createdAt };
  if (reader === "visitor") return state;
  return {
    ...state,
    assignee: agentFace(rooms.directory, tenant, record.assignee),
    ...(record.visitor === null ? {} : { visitor: record.visitor }),
    ...(record.visit === null ? {} : { visit: record.visit }),
  };
}

function startOf({ feed, position, first }: OpenedLog): Start {
  const tail = Math.max(0, first - 1, feed.head - initialEvents);
  if (!position || position.seen === 0 || position.epoch === "") return { at: tail, state: "tail" };
  if (position.epoch !== feed.epoch) return { at: tail, state: "reset", reason: "epoch" };
  if (position.seen > feed.head) return { at: tail, state: "reset", reason: "ahead" };
  if (position.seen + 1 < first) return { at: tail, state: "reset", reason: "trimmed" };
  return { at: position.seen, state: "replay" };
}

function stateOf(rooms: Rooms, session: Session, opened: OpenedLog, start: Start): LogState {
  const { feed, record, address, ordinals, own } = opened;
  const isPublic = feed.log === "public";
  return {
    kind: "log",
    address,
    log: feed.address,
    epoch: feed.epoch,
    head: feed.head,
    state: start.state,
    ...(start.reason === undefined ? {} : { reason: start.reason }),
    ordinals,
    conversation: conversationState(rooms, feed.tenant, record, session.principal.type),
    own,
    visitor: isPublic ? { delivered: record.visitorDelivered, read: record.visitorRead } : { delivered: 0, read: 0 },
    agents: isPublic ? { delivered: record.agentsDelivered, read: record.agentsRead } : { delivered: 0, read: 0 },
  };
}

/** There is nothing behind this address, or nothing yet. */
export function emptyLog(address: string, ordinals: LogState["ordinals"]): LogState {
  const nothing = { delivered: 0, read: 0 };
  return { kind: "log", address, head: 0, state: "tail", ordinals, own: nothing, visitor: nothing, agents: nothing };
}
