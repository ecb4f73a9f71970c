/** What somebody types reaches the other side only: never stored, never logged, lost without harm. */
import type { Sender, TypingNotice } from "../../protocol/frames.ts";
import type { LogFeed } from "./log-feed.ts";

/** A visitor's typing is for agents; an agent's for everybody in the log but itself. */
export function tellTyping(feed: LogFeed, sender: Sender, active: boolean, text: string | undefined): void {
  const shown = active && text !== undefined && sender.side === "visitor";
  const notice: TypingNotice = { kind: "typing", log: feed.address, sender, active, ...(shown ? { text } : {}) };
  feed.tell(notice, (cursor) => {
    const reader = cursor.session.principal;
    return reader.type === "agent" ? reader.agent !== sender.id : sender.side === "agent";
  });
}
