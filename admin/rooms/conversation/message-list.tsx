import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LogView } from "../../../protocol/client.ts";
import { Button } from "../../components/button.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { groupRuns, mergeTimeline } from "../../state/timeline.ts";
import { MessageRun } from "./message-run.tsx";
import { TypingLine } from "./typing-line.tsx";
import type { ConversationFacts } from "./use-conversation.ts";
import { useReading } from "./use-reading.ts";
import { useTimelineScroll } from "./use-timeline-scroll.ts";

/** Earlier messages are asked for when the reader comes this close to the top. */
const nearTopPixels = 400;

/** What scrolls must be reachable by the keyboard. */
const reachable = { tabIndex: 0 };

export interface MessageListProps {
  facts: ConversationFacts;
  name: string;
  at: { log: "public" | "staff"; seq: number } | null;
  scroller: RefObject<HTMLDivElement | null>;
}

export function MessageList({ facts, name, at, scroller }: MessageListProps) {
  const { texts, format } = useApp();
  const { connection, session } = useDesk();
  const publicLog = connection.log(`${facts.id}/public`);
  const staffLog = connection.log(`${facts.id}/staff`);
  const items = mergeTimeline(publicLog, staffLog, session.agent.id);
  const runs = groupRuns(items, format.value.sameDay);
  const typing = connection.typing(`${facts.id}/public`);
  const scroll = useTimelineScroll(
    scroller,
    `${items.length}/${items[0]?.key}/${items.at(-1)?.key}/${typing?.text ?? ""}`,
  );
  const [older, setOlder] = useState<"idle" | "loading" | "failed">("idle");
  const [newBelow, setNewBelow] = useState(0);
  const t = texts.value.conversation;
  const seen = publicLog?.seen ?? 0;
  const publicMore = publicLog !== null && publicLog.from > 1;
  const staffMore =
    staffLog !== null && staffLog.from > 1 && (!publicMore || (staffLog.events[0]?.after ?? 0) >= publicLog.from - 1);
  const more = publicMore || staffMore;

  const loadOlder = () => {
    if (!more || older === "loading") return;
    setOlder("loading");
    connection.older(`${facts.id}/${publicMore ? "public" : "staff"}`, (ok) => setOlder(ok ? "idle" : "failed"));
  };
  useFirstUnread(scroller, at === null ? publicLog : null, scroll.remember);
  const markRead = useReading(scroller, [publicLog, staffLog], scroll.atEnd);
  useCountBelow(seen, () => scroll.atEnd(), setNewBelow);
  const lastOwnUnsent =
    items.at(-1)?.type === "message" && (items.at(-1) as { seq: number }).seq === 0 ? items.at(-1)?.key : undefined;
  useLayoutEffect(() => {
    // What one has just written is always shown.
    if (lastOwnUnsent !== undefined) scroll.toEnd();
  }, [lastOwnUnsent]);
  useMarkedMessage(scroller, at, publicLog?.from ?? 0, more && older === "idle", loadOlder, scroll.remember);

  return (
    <div class="thread-frame">
      <div
        ref={scroller}
        class="thread"
        role="log"
        aria-label={t.messages}
        aria-live="off"
        {...reachable}
        onScroll={() => {
          scroll.remember();
          if (scroll.atEnd()) setNewBelow(0);
          markRead();
          if (older === "idle" && (scroller.current?.scrollTop ?? 0) < nearTopPixels) loadOlder();
        }}
      >
        <div class="thread-top">
          {older === "loading" && <span class="faint">{t.loadingOlder}</span>}
          {older === "failed" && (
            <Button kind="plain" onClick={loadOlder}>
              {t.olderFailed}
            </Button>
          )}
          {older === "idle" && more && (
            <Button kind="plain" onClick={loadOlder}>
              {texts.value.inbox.older}
            </Button>
          )}
        </div>
        {publicLog?.live && items.length === 0 && <p class="thread-empty">{t.emptyLog}</p>}
        {runs.map((run) => (
          <MessageRun key={run.key} run={run} facts={facts} visitorName={name} marked={at} />
        ))}
        <TypingLine facts={facts} name={name} />
      </div>
      {newBelow > 0 && (
        <button
          type="button"
          class="new-below"
          onClick={() => {
            scroll.toEnd();
            setNewBelow(0);
          }}
        >
          {t.newMessages(newBelow)}
        </button>
      )}
    </div>
  );
}

/** Counts what comes in while the reader is further up. */
function useCountBelow(seen: number, atEnd: () => boolean, set: (update: (count: number) => number) => void): void {
  const before = useRef(seen);
  useEffect(() => {
    const came = seen - before.current;
    if (before.current > 0 && came > 0 && !atEnd()) set((count) => count + came);
    before.current = seen;
  }, [seen]);
}

/** Where there is more unread than the screen holds, the thread opens at its beginning; what is below is read as one comes to it. */
function useFirstUnread(
  scroller: { readonly current: HTMLElement | null },
  log: LogView | null,
  remember: () => void,
): void {
  const placed = useRef(false);
  const first = (log?.events.length ?? 0) > 0;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (placed.current || !first || !log || !element) return;
    placed.current = true;
    const unread =
      log.own.read === 0
        ? undefined
        : log.events.find(({ seq, sender }) => seq > log.own.read && sender.side === "visitor");
    const item = unread && element.querySelector(`[data-place="public:${unread.seq}"]`);
    if (!item || item.getBoundingClientRect().top >= element.getBoundingClientRect().top) return;
    item.scrollIntoView({ block: "start" });
    remember();
  }, [first]);
}

/** Brings the message of a search into sight, loading earlier pages until it is there. */
function useMarkedMessage(
  scroller: { readonly current: HTMLElement | null },
  at: { log: "public" | "staff"; seq: number } | null,
  from: number,
  mayLoad: boolean,
  load: () => void,
  remember: () => void,
): void {
  const shown = useRef<string | null>(null);
  const wanted = at === null ? null : `${at.log}:${at.seq}`;
  useLayoutEffect(() => {
    if (wanted === null || shown.current === wanted) return;
    const item = scroller.current?.querySelector(`[data-place="${wanted}"]`);
    if (item) {
      shown.current = wanted;
      item.scrollIntoView({ block: "center" });
      remember();
    } else if (mayLoad) load();
  }, [wanted, from, mayLoad]);
}
