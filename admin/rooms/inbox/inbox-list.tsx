import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ConversationInfo } from "../../../protocol/api.ts";
import type { InboxRow } from "../../../protocol/rows.ts";
import { Icon } from "../../components/icon.tsx";
import { OwnStatus } from "../../components/own-status.tsx";
import { RoomHead } from "../../components/room-head.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { phoneQuery, useMedia } from "../../components/use-width.ts";
import { type InboxGroup, inboxGroups } from "../../state/inbox-groups.ts";
import { routeHash } from "../../state/router.ts";
import { ClosedLine, ConversationLine } from "./conversation-line.tsx";

export interface InboxListProps {
  /** The group that was asked for; it is scrolled to, and the closed ones are unfolded for it. */
  group: InboxGroup | null;
  /** The conversation on the screen. */
  picked: string | null;
}

/** Those who wait, mine, my colleagues', closed ones. */
export function InboxList({ group, picked }: InboxListProps) {
  const { texts, router } = useApp();
  const { connection, inbox } = useDesk();
  const phone = useMedia(phoneQuery);
  // On a phone it is all there is on the page.
  const Frame = phone ? "main" : "section";
  const list = useRef<HTMLDivElement>(null);
  const t = texts.value;
  const groups = inbox.value;
  const phase = connection.inbox.phase.value;
  const [closedOpen, setClosedOpen] = useState(group === "closed");
  useEffect(() => {
    if (group === "closed") setClosedOpen(true);
  }, [group]);
  useLayoutEffect(() => {
    if (group !== null) list.current?.querySelector(`[data-group=${group}]`)?.scrollIntoView({ block: "start" });
  }, [group, closedOpen, phase]);

  const shown: readonly InboxGroup[] = phone ? phoneGroups(group) : inboxGroups;
  return (
    <Frame class="inbox-list" aria-label={t.inbox.label}>
      <RoomHead title={t.rooms.inbox} actions={phone ? <OwnStatus place="below" /> : undefined} />
      {phone && (
        <nav class="tabs" aria-label={t.rooms.inbox}>
          <PhoneTab label={t.inbox.open} group={null} current={group !== "others" && group !== "closed"} />
          <PhoneTab label={t.sidebar.others} group="others" current={group === "others"} count={groups.others.length} />
          <PhoneTab label={t.sidebar.closed} group="closed" current={group === "closed"} />
        </nav>
      )}
      <div ref={list} class="inbox-scroll">
        {phase === "pending" && <p class="quiet-note">{t.inbox.pending}</p>}
        {phase === "ready" &&
          shown.map((name) => (
            <section key={name} data-group={name} aria-label={t.sidebar[name]}>
              {name === "closed" && !phone ? (
                <h2 class="inbox-group">
                  <button
                    type="button"
                    class="inbox-fold"
                    aria-expanded={closedOpen}
                    onClick={() => {
                      setClosedOpen(!closedOpen);
                      if (group === "closed") router.go({ room: "inbox", group: null });
                    }}
                  >
                    <Icon name={closedOpen ? "down" : "right"} size={12} />
                    <b>{t.sidebar.closed}</b>
                  </button>
                </h2>
              ) : (
                <h2 class="inbox-group">
                  <b>{t.sidebar[name]}</b>
                  {name !== "closed" && <span class="faint">{groups[name].length}</span>}
                  {name === "waiting" && groups.waiting.length > 1 && (
                    <span class="inbox-order faint">{t.inbox.longestFirst}</span>
                  )}
                </h2>
              )}
              {(name !== "closed" || closedOpen || phone) && (
                <GroupLines name={name} rows={groups[name]} picked={picked} />
              )}
            </section>
          ))}
      </div>
    </Frame>
  );
}

function phoneGroups(group: InboxGroup | null): readonly InboxGroup[] {
  if (group === "others" || group === "closed") return [group];
  return ["waiting", "mine"];
}

function PhoneTab({
  label,
  group,
  current,
  count,
}: {
  label: string;
  group: InboxGroup | null;
  current: boolean;
  count?: number;
}) {
  return (
    <a class="tab" href={routeHash({ room: "inbox", group })} aria-current={current ? "page" : undefined}>
      {label} {count !== undefined && <span class="faint">{count}</span>}
    </a>
  );
}

function GroupLines({ name, rows, picked }: { name: InboxGroup; rows: readonly InboxRow[]; picked: string | null }) {
  const { texts } = useApp();
  if (name === "closed") return <ClosedLines rows={rows} picked={picked} />;
  if (rows.length === 0) return <p class="inbox-empty">{texts.value.inbox.emptyGroup[name]}</p>;
  return (
    <ul class="inbox-lines">
      {rows.map((row) => (
        <ConversationLine key={row.key} rowKey={row.key} picked={row.key === picked} />
      ))}
    </ul>
  );
}

/** The newest come by the view; older ones are asked for page by page. */
function ClosedLines({ rows, picked }: { rows: readonly InboxRow[]; picked: string | null }) {
  const { api, texts } = useApp();
  const [older, setOlder] = useState<readonly ConversationInfo[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [state, setState] = useState<"first" | "loading" | "failed" | "idle" | "end">("first");
  const load = () => {
    setState("loading");
    void api.closedConversations(next).then((answer) => {
      if (!answer.ok) return setState("failed");
      setOlder((present) => [...present, ...answer.value.conversations]);
      setNext(answer.value.next);
      setState(answer.value.next === null ? "end" : "idle");
    });
  };
  const known = new Set(rows.map((row) => row.key));
  const rest = older.filter(
    (conversation, place) =>
      !known.has(conversation.id) && older.findIndex(({ id }) => id === conversation.id) === place,
  );
  const t = texts.value.inbox;
  return (
    <>
      <ul class="inbox-lines">
        {rows.map((row) => (
          <ConversationLine key={row.key} rowKey={row.key} picked={row.key === picked} />
        ))}
        {rest.map((conversation) => (
          <ClosedLine key={conversation.id} conversation={conversation} picked={conversation.id === picked} />
        ))}
      </ul>
      {rows.length + rest.length === 0 && state === "end" && <p class="inbox-empty">{t.emptyGroup.closed}</p>}
      {state !== "end" && (
        <button type="button" class="inbox-more" disabled={state === "loading"} onClick={load}>
          {state === "loading" ? t.loading : state === "failed" ? t.loadFailed : t.older}
        </button>
      )}
    </>
  );
}
