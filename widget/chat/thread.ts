import type { Client } from "../../protocol/client.ts";
import type { LogEvent } from "../../protocol/frames.ts";

/** The address of the visitor's whole thread. */
export const thread = "current";

/** Texts of agents that the visitor has not read, in all of the thread. */
export function countUnread(client: Client): number {
  let unread = 0;
  for (const log of client.logs()) {
    for (const event of log.events) if (isUnread(event, log.own.read)) unread++;
  }
  return unread;
}

function isUnread(event: LogEvent, read: number): boolean {
  return event.seq > read && event.sender.side === "agent" && event.body.kind === "text" && !event.deletedAt;
}

/** Calls `tell` for each message that was stored after `since` (server time); answers the time of the newest, for the next call. */
export function tellMessages(client: Client, since: number, tell: (event: LogEvent) => void): number {
  let newest = since;
  for (const log of client.logs()) {
    for (const event of log.events) {
      if (event.at <= since || event.body.kind !== "text") continue;
      newest = Math.max(newest, event.at);
      tell(event);
    }
  }
  return newest;
}
