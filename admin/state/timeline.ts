import type { LogView, OutboxMessage } from "../../protocol/client.ts";
import type { EventBody, LogEvent, Sender } from "../../protocol/frames.ts";

/** One thing in a conversation, as it is drawn; `key` never changes while its message goes from the outbox into the log. */
export type TimelineItem = MessageItem | SystemItem;

export interface MessageItem {
  type: "message";
  key: string;
  log: "public" | "staff";
  /** 0: only on this device yet. */
  seq: number;
  at: number;
  text: string;
  sender: Sender | null;
  /** Sent from this login. */
  own: boolean;
  editedAt?: number;
  deleted: boolean;
  /** Public messages of agents; `null` for all others. */
  state: MessageState | null;
  /** `failed`: why. */
  code?: string;
}
export type MessageState = "waiting" | "stored" | "delivered" | "read" | "failed";

export interface SystemItem {
  type: "system";
  key: string;
  at: number;
  log: "public" | "staff";
  seq: number;
  sender: Sender;
  body: Exclude<EventBody, { kind: "text" } | { kind: "note" } | { kind: "edit" } | { kind: "delete" }>;
}

/**
 * The two logs and the outbox as one thread. Order comes from the logs alone: staff events stand right after the public head that they
 * name, and those that name a head which is not held yet wait for it; what is unsent stands at the end.
 */
export function mergeTimeline(publicLog: LogView | null, staffLog: LogView | null, ownId: string): TimelineItem[] {
  const publicEvents = publicLog?.events ?? [];
  const staffEvents = staffLog?.events ?? [];
  const seen = publicLog?.seen ?? 0;
  const from = publicLog?.from ?? 0;
  // Older staff events stay with their (not loaded) neighbours, unless the public history is held from its start.
  const holdsStart = from <= 1;
  const items: TimelineItem[] = [];
  const context = { ownId, publicLog, takeovers: takeoversIn(staffEvents) };
  const publicChanges = changesIn(publicEvents);
  const staffChanges = changesIn(staffEvents);
  let next = 0;
  const drawStaffUpTo = (head: number) => {
    for (; next < staffEvents.length; next++) {
      const event = staffEvents[next] as LogEvent;
      const after = event.after ?? 0;
      if (after > head) return;
      if (after < from - 1 && !holdsStart) continue;
      const reply = takesByReply(event) ? replyAtEnd(items, event) : items.length;
      const replied = items.splice(reply);
      pushItem(items, event, "staff", staffChanges, context);
      items.push(...replied);
    }
  };
  drawStaffUpTo(from - 1);
  for (const event of publicEvents) {
    pushItem(items, event, "public", publicChanges, context);
    drawStaffUpTo(event.seq);
  }
  drawStaffUpTo(seen);
  const known = new Set(items.map((item) => item.key));
  for (const log of [publicLog, staffLog]) {
    for (const message of log?.outbox ?? [])
      if (!known.has(message.id)) pushOutbox(items, message, log === publicLog, ownId);
  }
  return items;
}

/** Who writes where nobody answers takes the conversation by that: the line follows what they wrote, and reads well only above it. */
function takesByReply({ body, sender }: LogEvent): boolean {
  return body.kind === "assigned" && body.agent === sender.id && body.previous === null;
}

/** Where the taker's public messages begin that stand at the end; `items.length`: none do. */
function replyAtEnd(items: readonly TimelineItem[], { sender }: LogEvent): number {
  let place = items.length;
  for (; place > 0; place--) {
    const item = items[place - 1];
    if (item?.type !== "message" || item.log !== "public" || item.sender?.id !== sender.id) break;
  }
  return place;
}

interface Context {
  ownId: string;
  publicLog: LogView | null;
  takeovers: Set<string>;
}
interface Changes {
  texts: Map<number, { text: string; at: number }>;
  deleted: Set<number>;
}

/** Live edits and deletions name a row that may be held in its old state. */
function changesIn(events: readonly LogEvent[]): Changes {
  const changes: Changes = { texts: new Map(), deleted: new Set() };
  for (const { body, at } of events) {
    if (body.kind === "edit") changes.texts.set(body.target, { text: body.text, at });
    if (body.kind === "delete") changes.deleted.add(body.target);
  }
  return changes;
}

/**
 * Who takes, gives or leaves a conversation writes `assigned` into the staff log and `joined` or `left` into the public one, in one
 * append: one line is enough. Names who came or went, and when.
 */
function takeoversIn(staffEvents: readonly LogEvent[]): Set<string> {
  // Only the event that the ack names carries producer and ordinal; the moment is that of the whole append.
  return new Set(
    staffEvents.flatMap(({ body, sender, at }) =>
      body.kind === "assigned" ? [`${body.agent ?? sender.id}/${at}`] : [],
    ),
  );
}

function pushItem(
  items: TimelineItem[],
  event: LogEvent,
  log: "public" | "staff",
  changes: Changes,
  context: Context,
): void {
  const { body } = event;
  switch (body.kind) {
    case "text":
    case "note":
      items.push(messageOf(event, body.text, log, changes, context));
      return;
    case "edit":
    case "delete":
      return;
    case "joined":
    case "left":
      if (context.takeovers.has(`${event.sender.id}/${event.at}`)) return;
      break;
  }
  items.push({
    type: "system",
    key: `${log}:${event.seq}`,
    at: event.at,
    log,
    seq: event.seq,
    sender: event.sender,
    body,
  });
}

function messageOf(
  event: LogEvent,
  text: string,
  log: "public" | "staff",
  changes: Changes,
  context: Context,
): MessageItem {
  const change = changes.texts.get(event.seq);
  const editedAt = change?.at ?? event.editedAt;
  return {
    type: "message",
    key: event.id === "" ? `${log}:${event.seq}` : event.id,
    log,
    seq: event.seq,
    at: event.at,
    text: change?.text ?? text,
    sender: event.sender,
    own: event.sender.id === context.ownId,
    ...(editedAt === undefined ? {} : { editedAt }),
    deleted: event.deletedAt !== undefined || changes.deleted.has(event.seq),
    state: log === "public" && event.sender.side === "agent" ? arrivalOf(event.seq, context.publicLog) : null,
  };
}

function arrivalOf(seq: number, log: LogView | null): MessageState {
  if (log && seq <= log.visitor.read) return "read";
  if (log && seq <= log.visitor.delivered) return "delivered";
  return "stored";
}

function pushOutbox(items: TimelineItem[], message: OutboxMessage, isPublic: boolean, ownId: string): void {
  const { body } = message;
  if (body.kind !== "text" && body.kind !== "note") return;
  items.push({
    type: "message",
    key: message.id,
    log: isPublic ? "public" : "staff",
    seq: 0,
    at: message.createdAt,
    text: body.text,
    sender: { side: "agent", id: ownId },
    own: true,
    deleted: false,
    state: message.state,
    ...(message.code === undefined ? {} : { code: message.code }),
  });
}

/** A run of messages of one sender on one kind of paper, or one system line, with the day that begins above it. */
export interface TimelineRun {
  key: string;
  /** Present where another day begins. */
  day?: number;
  items: [TimelineItem, ...TimelineItem[]];
}

const sameRunMs = 5 * 60_000;

/** Bubbles of one speaker within five minutes of each other stand together. */
export function groupRuns(items: readonly TimelineItem[], sameDay: (a: number, b: number) => boolean): TimelineRun[] {
  const runs: TimelineRun[] = [];
  let previous: TimelineItem | null = null;
  for (const item of items) {
    const newDay = previous === null || !sameDay(previous.at, item.at);
    const run = runs[runs.length - 1];
    if (run && previous && !newDay && belongTogether(previous, item)) run.items.push(item);
    else runs.push({ key: item.key, items: [item], ...(newDay ? { day: item.at } : {}) });
    previous = item;
  }
  return runs;
}

function belongTogether(previous: TimelineItem, item: TimelineItem): boolean {
  return (
    previous.type === "message" &&
    item.type === "message" &&
    previous.log === item.log &&
    previous.sender?.side === item.sender?.side &&
    previous.sender?.id === item.sender?.id &&
    item.at - previous.at < sameRunMs
  );
}
