/** What a client holds of one log: a dense run of events `from`..`seen`, and how far everybody is. */
import type { ConversationState, Cursor, LogEvent, LogPosition } from "./frames.ts";
import { keptEvents } from "./limits.ts";
import { each } from "./lists.ts";
import type { Json } from "./ports.ts";

export interface HeldLog {
  /** As it is opened: the log itself, or `current`. */
  address: string;
  log: string;
  epoch: string;
  from: number;
  seen: number;
  head: number;
  events: LogEvent[];
  own: Cursor;
  visitor: Cursor;
  agents: Cursor;
  conversation?: ConversationState;
  /** Answered since the last hello. */
  live: boolean;
  /** The `seen` that a gap was last fetched for. */
  asked: number;
  /** Something is not on disk. */
  dirty: boolean;
  /** The own cursor as it was last told to the gateway. */
  reported: string;
}

export function emptyLog(address: string, log: string): HeldLog {
  return forget({ address, log, live: false, dirty: false, reported: "" } as HeldLog);
}

function cursor(): Cursor {
  return { delivered: 0, read: 0 };
}

/** The positions go, the address stays. */
export function forget(held: HeldLog): HeldLog {
  held.epoch = "";
  held.from = held.seen = held.head = 0;
  held.asked = -1;
  held.events = [];
  held.own = cursor();
  held.visitor = cursor();
  held.agents = cursor();
  return held;
}

/** Cursors never move back within an epoch. */
export function advance(to: Cursor, from: Cursor | undefined): void {
  if (!from) return;
  to.delivered = Math.max(to.delivered, from.delivered);
  to.read = Math.max(to.read, from.read);
}

/** Takes what continues the run, skips what is held. False: there is a hole before the rest, which was not taken. */
export function take(held: HeldLog, events: LogEvent[]): boolean {
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as LogEvent;
    if (!held.from) {
      held.from = event.seq;
      held.seen = event.seq - 1;
    }
    if (event.seq > held.seen + 1) return false;
    if (event.seq <= held.seen) continue;
    held.seen = event.seq;
    held.events.push(event);
    amend(held, event);
  }
  held.head = Math.max(held.head, held.seen);
  return true;
}

/** An edit or a deletion changes the row that it names, if that one is held. */
function amend(held: HeldLog, event: LogEvent): void {
  const change = event.body;
  if (change.kind !== "edit" && change.kind !== "delete") return;
  const target = held.events[change.target - held.from];
  if (!target || (target.body.kind !== "text" && target.body.kind !== "note")) return;
  if (change.kind === "edit") target.editedAt = event.at;
  else target.deletedAt = event.at;
  target.body = { kind: target.body.kind, text: change.kind === "edit" ? change.text : "" };
}

/** Puts a page of history before the run, if it ends where the run begins. */
export function prepend(held: HeldLog, events: LogEvent[]): boolean {
  const first = events[0];
  if (!first || (events[events.length - 1] as LogEvent).seq !== held.from - 1) return false;
  held.events = events.concat(held.events);
  held.from = first.seq;
  return true;
}

export function bornAt({ conversation }: HeldLog): number {
  return conversation ? conversation.createdAt : 0;
}

/** What a hello or a subscribe says of an address: where every log under it stands, and for a thread whether there are more. */
export function positionsOf(logs: HeldLog[], address: string): LogPosition[] {
  const positions: LogPosition[] = [];
  each(logs, ({ address: at, log, epoch, seen, own }) => {
    if (at === address) positions.push({ address: log, epoch, seen, delivered: own.delivered, read: own.read });
  });
  if (!positions.length || address === "current") {
    positions.push({ address, epoch: "", seen: 0, delivered: 0, read: 0 });
  }
  return positions;
}

/** For the disk: the newest `keptEvents`, so that a reload can draw at once. */
export function toText(held: HeldLog, json: Json): string {
  const events = held.events.slice(-keptEvents);
  const first = events[0];
  const { address, log, epoch, seen, head, own, visitor, agents, conversation } = held;
  const from = first ? first.seq : held.from;
  return json.stringify({ address, log, epoch, from, seen, head, events, own, visitor, agents, conversation });
}

/** What {@link toText} or anything else wrote; null if it cannot be read. */
export function recall(text: string, json: Json): unknown {
  try {
    const held = json.parse(text) as HeldLog;
    held.live = held.dirty = false;
    held.asked = -1;
    held.reported = "";
    return held;
  } catch {
    return null;
  }
}
