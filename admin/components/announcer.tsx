import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { waitLevel } from "../state/inbox-groups.ts";
import { useApp, useDesk } from "./use-app.ts";

/** One polite live region: new messages in one's own conversations, and waits at their two limits only. */
export function Announcer() {
  const { announcement, texts } = useApp();
  const { connection, inbox } = useDesk();
  const heard = useRef(new Map<string, number>());
  const levels = useRef(new Map<string, string>());
  const first = useRef(true);

  useSignalEffect(() => {
    const groups = inbox.value;
    const t = texts.peek();
    for (const row of [...groups.mine, ...groups.waiting]) {
      const before = heard.current.get(row.key) ?? (first.current ? row.visitorCount : 0);
      heard.current.set(row.key, row.visitorCount);
      if (row.visitorCount > before && row.previewSide === "visitor") {
        announcement.value = t.conversation.announce(row.name || t.visitors.visitorHandle(row.handle), row.preview);
      }
    }
    if (connection.inbox.phase.value === "ready") first.current = false;
    const present = new Set([...groups.mine, ...groups.waiting].map((row) => row.key));
    for (const key of [...heard.current.keys()]) if (!present.has(key)) heard.current.delete(key);
  });
  useSignalEffect(() => {
    const now = connection.clock.seconds.value;
    const t = texts.peek();
    for (const row of inbox.peek().waiting) {
      if (row.waitingSince === undefined) continue;
      const level = waitLevel(now - row.waitingSince);
      const before = levels.current.get(row.key);
      levels.current.set(row.key, level);
      if (before === undefined || before === level || level === "calm") continue;
      const name = row.name || t.visitors.visitorHandle(row.handle);
      announcement.value = t.conversation.announceWait(name, level === "hot" ? "3:00" : "1:00");
    }
    if (levels.current.size > inbox.peek().waiting.length * 2 + 20) levels.current.clear();
  });
  return (
    <div class="unseen" role="status" aria-live="polite">
      {announcement.value}
    </div>
  );
}
