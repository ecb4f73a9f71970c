import type { EventBody, LogEvent } from "../../protocol/frames.ts";
import type { StorageContext } from "../context.ts";
import { encodeBody, storedBody } from "../message-body.ts";
import type { ConversationRow } from "../schema.ts";
import type { AppendedEvent, AppendRequest, LogKind } from "../storage.ts";
import { changeEditedRow } from "./edited-row.ts";
import { previewOf } from "./preview-of.ts";
import type { WorkingSet } from "./working-set.ts";

interface NewEvent {
  readonly log: LogKind;
  readonly body: EventBody;
  readonly sender: AppendRequest["sender"];
  /** Only the event that the ack names carries the producer's ordinal and the message id. */
  readonly named: boolean;
}

/** Gives each event the next seq of its log and keeps the counters of the conversation. */
export function appendEvents(
  context: StorageContext,
  set: WorkingSet,
  row: ConversationRow,
  request: AppendRequest,
  reopens: boolean,
): { events: AppendedEvent[]; named: AppendedEvent } {
  const [first, ...rest] = request.events;
  if (!first) throw new RangeError("append: nothing to append");
  const list: NewEvent[] = [
    { ...first, sender: request.sender, named: true },
    ...rest.map((event) => ({ sender: request.sender, ...event, named: false })),
  ];
  if (reopens) {
    reopen(row);
    list.unshift({ log: "public", body: { kind: "reopened" }, sender: { side: "system", id: null }, named: false });
  }
  const events = list.map((event) => appendEvent(context, set, row, request, event));
  const named = events[reopens ? 1 : 0];
  if (!named) throw new RangeError("append: nothing to append");
  return { events, named };
}

function reopen(row: ConversationRow): void {
  row.status = "open";
  row.closed_at = null;
}

function appendEvent(
  context: StorageContext,
  set: WorkingSet,
  row: ConversationRow,
  request: AppendRequest,
  { log, body, sender, named }: NewEvent,
): AppendedEvent {
  const seq = log === "public" ? ++row.public_head : ++row.staff_head;
  if (log === "public" && body.kind === "text") countText(row, request, sender, body.text, seq);
  const event: LogEvent = {
    seq,
    id: named ? request.messageId : context.newId(),
    producer: named ? request.producer : "",
    ordinal: named ? request.ordinal : 0,
    at: request.at,
    sender: sender.id === null ? { side: sender.side } : { side: sender.side, id: sender.id },
    body,
    ...(log === "staff" ? { after: row.public_head } : {}),
    visitorCount: row.visitor_count,
    agentCount: row.agent_count,
  };
  set.newMessages.push({
    tenant: row.tenant,
    conversation: row.number,
    log: log === "staff" ? 1 : 0,
    seq,
    message_id: event.id,
    producer: event.producer,
    ordinal: event.ordinal,
    at: request.at,
    side: sender.side,
    sender: sender.id,
    kind: body.kind,
    ...encodeBody(storedBody(body)),
    body_hash: context.hash(JSON.stringify(body)),
    after_seq: log === "staff" ? row.public_head : null,
    edited_at: null,
    deleted_at: null,
    visitor_count: row.visitor_count,
    agent_count: row.agent_count,
    chain: null,
    chain_salt: null,
  });
  if (body.kind === "edit" || body.kind === "delete") changeEditedRow(set, row, log, body, request.at);
  return { log, event };
}

function countText(
  row: ConversationRow,
  { at }: AppendRequest,
  sender: AppendRequest["sender"],
  text: string,
  seq: number,
): void {
  if (sender.side === "visitor") {
    row.visitor_count += 1;
    row.waiting_since ??= at;
  } else if (sender.side === "agent") {
    row.agent_count += 1;
    row.waiting_since = null;
  }
  row.last_at = Math.max(row.last_at, at);
  row.preview = previewOf(text);
  row.preview_seq = seq;
  row.preview_side = sender.side;
  row.preview_sender = sender.id;
}
