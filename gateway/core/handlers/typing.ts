import type { Typing } from "../../../protocol/client-frames.ts";
import type { Sender } from "../../../protocol/frames.ts";
import { parseLogAddress } from "../log-address.ts";
import type { LogFeed } from "../log-feed.ts";
import { may } from "../permissions.ts";
import type { Rooms } from "../rooms.ts";
import { agentSender } from "../senders.ts";
import type { Session } from "../session.ts";
import { tellTyping } from "../typing-notice.ts";
import type { FrameHandler } from "./table.ts";

/** Ephemeral: relayed to those who have the log open, or dropped. Never stored, never logged. */
export const typing: FrameHandler<Typing> = {
  side: "both",
  rate: "ephemeral",
  handle(rooms, session, frame) {
    const feed = openFeed(session, frame.address);
    if (!feed || !mayType(rooms, session, feed)) return;
    if (session.typingIn !== feed.address) stopTyping(rooms, session);
    session.typingIn = frame.active ? feed.address : "";
    const text = previewOf(rooms, session, frame);
    relay(rooms, feed, senderOf(rooms, session), frame.active, text);
  },
};

/** Nobody shows for ever that somebody types who has gone. */
export function stopTyping(rooms: Rooms, session: Session): void {
  if (session.typingIn === "") return;
  const feed = session.cursors?.get(session.typingIn)?.feed;
  session.typingIn = "";
  if (feed) relay(rooms, feed, senderOf(rooms, session), false, undefined);
}

function relay(rooms: Rooms, feed: LogFeed, sender: Sender, active: boolean, text: string | undefined): void {
  tellTyping(feed, sender, active, text);
  rooms.relay.tellConversation(feed.tenant, feed.conversation, {
    kind: "typing",
    log: feed.log,
    sender,
    active,
    ...(text === undefined ? {} : { text }),
  });
}

/** Only what this connection has open; a thread that is pending has nothing open. */
function openFeed(session: Session, address: string): LogFeed | undefined {
  if (address !== "current") return session.cursors?.get(address)?.feed;
  const { principal } = session;
  if (principal.type !== "visitor" || principal.thread.phase !== "read" || principal.thread.current === null) return;
  return session.cursors?.get(`${principal.thread.current}/public`)?.feed;
}

function mayType(rooms: Rooms, session: Session, feed: LogFeed): boolean {
  const record = rooms.conversations.get(feed.tenant, feed.conversation);
  const action = parseLogAddress(feed.address)?.log === "staff" ? "write-note" : "write-message";
  return record !== undefined && may(session.principal, action, rooms.conversations.resourceOf(feed.tenant, record));
}

/** What a visitor writes is shown before it is sent only where the site says so, and told the visitor. */
function previewOf(rooms: Rooms, session: Session, frame: Typing): string | undefined {
  const { principal } = session;
  if (principal.type !== "visitor") return undefined;
  const site = rooms.directory.site(principal.tenant, principal.site);
  return site?.settings.previews && frame.active ? frame.text : undefined;
}

function senderOf(rooms: Rooms, { principal }: Session): Sender {
  if (principal.type === "agent") return agentSender(rooms.directory, principal.tenant, principal.agent);
  const name = principal.visit?.name ?? "";
  return { side: "visitor", id: principal.visitor, ...(name === "" ? {} : { name }) };
}
