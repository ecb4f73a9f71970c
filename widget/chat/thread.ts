import type { Client } from "../../protocol/client.ts";
import type { LogEvent } from "../../protocol/frames.ts";
import { each } from "../../protocol/lists.ts";

/** The address of the visitor's whole thread. */
export const thread = "current";

/** Texts of agents that the visitor has not read, in all of the thread. */
export function countUnread(client: Client): number {
  let unread = 0;
  each(client.logs(), ({ events, own }) =>
    each(events, (event) => {
      if (isUnread(event, own.read)) unread++;
    }),
  );
  return unread;
}

function isUnread(event: LogEvent, read: number): boolean {
  return event.seq > read && event.sender.side === "agent" && event.body.kind === "text" && !event.deletedAt;
}

/** Calls `tell` for each message that was stored after `since` (server time); answers the time of the newest, for the next call. */
export function tellMessages(client: Client, since: number, tell: (event: LogEvent) => void): number {
  let newest = since;
  each(client.logs(), ({ events }) =>
    each(events, (event) => {
      if (event.at <= since || event.body.kind !== "text") return;
      newest = Math.max(newest, event.at);
      tell(event);
    }),
  );
  return newest;
}
