import type { ConversationInfo } from "../../../protocol/api.ts";
import type { InboxRow } from "../../../protocol/rows.ts";
import { Face } from "../../components/face.tsx";
import { MessageStateIcon } from "../../components/message-state.tsx";
import { WaitTime } from "../../components/ticking.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { inboxGroupOf } from "../../state/inbox-groups.ts";
import { routeHash } from "../../state/router.ts";
import type { MessageState } from "../../state/timeline.ts";

/** One conversation in the list. Reads its own row. */
export function ConversationLine({ rowKey, picked }: { rowKey: string; picked: boolean }) {
  const { texts, format } = useApp();
  const { connection, session } = useDesk();
  const row = connection.inbox.row(rowKey)?.value;
  if (!row) return null;
  const group = inboxGroupOf(row, session.agent.id);
  const unread = group === "mine" && row.unread > 0;
  const t = texts.value;
  return (
    <li>
      <a
        class={`inbox-line${picked ? " inbox-line-picked" : ""}${unread ? " inbox-line-unread" : ""}`}
        href={routeHash({ room: "conversation", id: rowKey, at: null })}
        aria-current={picked ? "true" : undefined}
        data-key={rowKey}
      >
        <Face name={row.name} size={28} />
        <span class="inbox-who cut" dir="auto">
          {row.name || t.visitors.visitorHandle(row.handle)}
        </span>
        <span class="inbox-when">
          {(group === "waiting" || group === "mine") && row.waitingSince !== undefined ? (
            <WaitTime since={row.waitingSince} />
          ) : (
            <time>{format.value.stamp(row.lastAt, connection.clock.now())}</time>
          )}
        </span>
        <Preview row={row} picked={picked} />
        <span class="inbox-mark">
          {unread ? (
            <span class="badge">
              {format.value.count(row.unread)}
              <span class="unseen"> {t.inbox.unread(row.unread)}</span>
            </span>
          ) : (
            row.assignee &&
            row.assignee.id !== session.agent.id && (
              <Face name={row.assignee.name} picture={row.assignee.face} size={18} />
            )
          )}
        </span>
      </a>
    </li>
  );
}

/** Typing now, else the last word with its state, behind the mark of a draft (that of the picked one stands in its field). */
function Preview({ row, picked }: { row: InboxRow; picked: boolean }) {
  const { texts } = useApp();
  const { connection, drafts, session } = useDesk();
  const t = texts.value.inbox;
  const typing = connection.typing(`${row.key}/public`);
  if (typing && typing.sender.side === "visitor") {
    return (
      <span class="inbox-preview inbox-typing cut" dir="auto">
        {t.typing(typing.text ?? "")}
      </span>
    );
  }
  const draft = !picked && row.status === "open" && drafts.read(row.key, "reply") !== "";
  const byAgent = row.previewSide === "agent";
  const own = byAgent && (row.previewName === undefined || row.previewName === session.agent.name);
  const text = byAgent ? t.by(own ? t.you : (row.previewName ?? ""), row.preview) : row.preview;
  return (
    <span class="inbox-preview cut" dir="auto">
      {draft && <span class="inbox-draft">{t.draft}</span>} {byAgent && <MessageStateIcon state={arrivalOf(row)} />}
      {text}
    </span>
  );
}

function arrivalOf(row: InboxRow): MessageState {
  if (row.visitorRead >= row.publicHead) return "read";
  return row.visitorDelivered >= row.publicHead ? "delivered" : "stored";
}

export function ClosedLine({ conversation, picked }: { conversation: ConversationInfo; picked: boolean }) {
  const { texts, format } = useApp();
  const { connection } = useDesk();
  return (
    <li>
      <a
        class={`inbox-line${picked ? " inbox-line-picked" : ""}`}
        href={routeHash({ room: "conversation", id: conversation.id, at: null })}
        aria-current={picked ? "true" : undefined}
        data-key={conversation.id}
      >
        <Face name={conversation.name ?? undefined} size={28} />
        <span class="inbox-who cut" dir="auto">
          {conversation.name || texts.value.visitors.visitorHandle(conversation.handle)}
        </span>
        <span class="inbox-when">
          <time>{format.value.stamp(conversation.lastAt, connection.clock.now())}</time>
        </span>
        <span class="inbox-preview cut" dir="auto">
          {conversation.preview}
        </span>
        <span class="inbox-mark">
          {conversation.assignee && (
            <Face name={conversation.assignee.name} picture={conversation.assignee.face} size={18} />
          )}
        </span>
      </a>
    </li>
  );
}
