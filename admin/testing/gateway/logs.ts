import type { Publish } from "../../../protocol/client-frames.ts";
import type { ConversationState, Cursor, EventBody, LogEvent, LogPosition, Sender } from "../../../protocol/frames.ts";
import { initialEvents } from "../../../protocol/limits.ts";
import { idOf } from "../id-of.ts";
import type { Tell } from "./sockets.ts";

/** All logs of a test gateway are of one restore. */
export const epoch = idOf("epoch");

export interface TestLog {
  events: LogEvent[];
  visitor: Cursor;
  /** How far the signed-in agent has read when the page opens it. */
  own?: Cursor;
  conversation?: ConversationState;
}

export interface Logs {
  of(address: string): TestLog;
  append(address: string, sender: Sender, body: EventBody, more?: Partial<LogEvent>): LogEvent;
  /** What a producer has used up. */
  remember(frame: Publish): void;
  open(position: LogPosition, tell: Tell): void;
  range(log: string, from: number, to: number, request: number, tell: Tell): void;
  positions(address: string, visitor: Cursor): void;
}

export function openLogs(tellAll: Tell): Logs {
  const logs = new Map<string, TestLog>();
  const ordinals = new Map<string, { address: string; producer: string; ordinal: number }>();
  const logOf = (address: string): TestLog => {
    const log = logs.get(address) ?? { events: [], visitor: { delivered: 0, read: 0 } };
    logs.set(address, log);
    return log;
  };
  return {
    of: logOf,
    append: (address, sender, body, more = {}) => {
      const log = logOf(address);
      const seq = log.events.length + 1;
      const event: LogEvent = {
        seq,
        id: idOf(`m${seq}-${address}`),
        producer: idOf("elsewhere"),
        ordinal: seq,
        at: Date.now(),
        sender,
        body,
        visitorCount: 0,
        agentCount: 0,
        ...more,
      };
      log.events.push(event);
      tellAll({ kind: "events", log: address, epoch, head: seq, events: [event] });
      return event;
    },
    remember: ({ producer, address, ordinal }) =>
      void ordinals.set(`${producer} ${address}`, { address, producer, ordinal }),
    open: ({ address, seen }, tell) => {
      const log = logOf(address);
      const head = log.events.length;
      const none = { delivered: 0, read: 0 };
      tell({
        kind: "log",
        address,
        log: address,
        epoch,
        head,
        state: seen > 0 ? "replay" : "tail",
        ordinals: [...ordinals.values()]
          .filter((used) => used.address === address)
          .map(({ producer, ordinal }) => ({ producer, ordinal })),
        own: log.own ?? none,
        visitor: log.visitor,
        agents: none,
        ...(log.conversation ? { conversation: log.conversation } : {}),
      });
      const events = seen > 0 ? log.events.slice(seen) : log.events.slice(-initialEvents);
      if (events.length > 0) tell({ kind: "events", log: address, epoch, head, events });
    },
    range: (address, from, to, request, tell) => {
      const { events } = logOf(address);
      tell({ kind: "events", log: address, epoch, head: events.length, events: events.slice(from - 1, to), request });
    },
    positions: (address, visitor) => {
      logOf(address).visitor = visitor;
      tellAll({ kind: "positions", log: address, epoch, visitor });
    },
  };
}
