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

/** Tells of each message once, that was stored since `since` (server time). */
export function createMessageWatch(tell: (event: LogEvent) => void): (client: Client, since: number) => void {
  const told: { [address: string]: number } = {};
  return (client, since) => {
    for (const log of client.logs()) {
      const address = log.log || "";
      const before = told[address] || 0;
      told[address] = Math.max(before, log.seen);
      for (const event of log.events) {
        if (event.seq > before && event.seq <= log.seen && event.at >= since && event.body.kind === "text") tell(event);
      }
    }
  };
}
