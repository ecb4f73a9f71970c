import { Face } from "../../components/face.tsx";
import { Icon } from "../../components/icon.tsx";
import { MessageStateIcon } from "../../components/message-state.tsx";
import { MessageText } from "../../components/message-text.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import type { MessageItem, TimelineRun } from "../../state/timeline.ts";
import { FailedActions } from "./failed-actions.tsx";
import { SystemLine } from "./system-line.tsx";
import type { ConversationFacts } from "./use-conversation.ts";

export interface MessageRunProps {
  run: TimelineRun;
  facts: ConversationFacts;
  visitorName: string;
  marked: { log: string; seq: number } | null;
}

/** Bubbles of one speaker, under the line of a new day where one begins. */
export function MessageRun({ run, facts, visitorName, marked }: MessageRunProps) {
  const first = run.items[0];
  return (
    <>
      {run.day !== undefined && <DayLine at={run.day} />}
      {first.type === "system" ? (
        <SystemLine item={first} visitorName={visitorName} />
      ) : (
        <Bubbles items={run.items as MessageItem[]} facts={facts} visitorName={visitorName} marked={marked} />
      )}
    </>
  );
}

function DayLine({ at }: { at: number }) {
  const { texts, format } = useApp();
  const { clock } = useDesk().connection;
  const now = clock.now();
  const dayMs = 86_400_000;
  const t = texts.value.conversation;
  const text = format.value.sameDay(at, now)
    ? t.today
    : format.value.sameDay(at, now - dayMs)
      ? t.yesterday
      : format.value.longDay(at, now);
  return (
    <h2 class="day-line">
      <span>{text}</span>
    </h2>
  );
}

function Bubbles({
  items,
  facts,
  visitorName,
  marked,
}: {
  items: readonly MessageItem[];
  facts: ConversationFacts;
  visitorName: string;
  marked: MessageRunProps["marked"];
}) {
  const { session } = useDesk();
  const { format } = useApp();
  const first = items[0];
  if (!first) return null;
  const note = first.log === "staff";
  const side = note ? "note" : first.sender?.side === "visitor" ? "them" : "me";
  const sender = first.own
    ? { name: session.agent.name, face: session.agent.face }
    : { name: first.sender?.name, face: first.sender?.face };
  const name = side === "them" ? (first.sender?.name ?? facts.name) : sender.name;
  return (
    <div class={`run run-${side}`} role="group" aria-label={name ?? visitorName}>
      {(side !== "me" || !first.own) && (
        <span class="run-face">
          <Face name={name} picture={sender.face} size={28} />
        </span>
      )}
      <div class="run-bubbles">
        {items.map((item, place) => {
          const next = items[place + 1];
          const sameMinute =
            next !== undefined &&
            next.state === item.state &&
            format.value.time(next.at) === format.value.time(item.at);
          return (
            <Bubble
              key={item.key}
              item={item}
              facts={facts}
              author={name ?? visitorName}
              showMeta={!sameMinute}
              marked={marked !== null && marked.log === item.log && marked.seq === item.seq}
            />
          );
        })}
      </div>
    </div>
  );
}

interface BubbleProps {
  item: MessageItem;
  facts: ConversationFacts;
  author: string;
  showMeta: boolean;
  marked: boolean;
}

function Bubble({ item, facts, author, showMeta, marked }: BubbleProps) {
  const { texts, format } = useApp();
  const t = texts.value.conversation;
  const note = item.log === "staff";
  const paper = note ? "note" : item.sender?.side === "visitor" ? "them" : "me";
  const local = item.seq === 0;
  const time = format.value.time(item.at);
  return (
    <div
      class={`bubble-line${marked ? " bubble-marked" : ""}`}
      data-item={item.key}
      data-place={local ? undefined : `${item.log}:${item.seq}`}
    >
      <div class={`bubble bubble-${paper}${local ? " bubble-local" : ""}${item.deleted ? " bubble-deleted" : ""}`}>
        {note && (
          <span class="note-head">
            <Icon name="lock" size={12} />
            <b dir="auto">{t.noteBy(author)}</b>
            <time>{time}</time>
          </span>
        )}
        {item.deleted ? <span class="faint">{t.deleted}</span> : <MessageText text={item.text} />}
      </div>
      {(showMeta || item.state === "failed") && (!note || item.state !== null) && (
        <span class={`bubble-meta${item.state === "read" ? " bubble-meta-read" : ""}`}>
          {item.state === "failed" ? (
            <FailedActions item={item} conversation={facts.id} />
          ) : (
            <>
              {item.editedAt !== undefined && !item.deleted && <span>{t.edited}</span>}
              {!note && <time>{time}</time>}
              {item.state && <MessageStateIcon state={item.state} />}
            </>
          )}
        </span>
      )}
    </div>
  );
}
