import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { maxTextChars } from "../../../protocol/limits.ts";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Icon } from "../../components/icon.tsx";
import { KeyCap } from "../../components/key-cap.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { phoneQuery, useMedia } from "../../components/use-width.ts";
import type { DraftMode } from "../../state/drafts.ts";
import type { ConversationFacts } from "./use-conversation.ts";

/** A typing notice holds for 5 s at the other side; it is told again this often while one types. */
const typingAgainMs = 3000;

export interface ComposerProps {
  facts: ConversationFacts;
  name: string;
  mode: DraftMode;
  setMode(mode: DraftMode): void;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Esc: the focus goes on to what is read. */
  leave(): void;
}

/** One field for one kind of paper. It is made anew for each conversation and mode, so that a text can never change its reader. */
export function Composer({ facts, name, mode, setMode, field, leave }: ComposerProps) {
  const { texts } = useApp();
  const { connection, session, drafts, mayWrite } = useDesk();
  const [text, setText] = useState(() => drafts.read(facts.id, mode));
  const note = mode === "note";
  const t = texts.value.conversation;
  const tell = useTypingNotice(`${facts.id}/public`, !note);
  const phone = useMedia(phoneQuery);
  const change = (next: string) => {
    setText(next);
    drafts.write(facts.id, mode, next);
    tell(next !== "");
  };
  useGrowing(field, text);

  const over = text.length - maxTextChars;
  const ready = text.trim() !== "" && over <= 0;
  const send = () => {
    if (!ready) return;
    const body = text.trim();
    // The mode alone decides which log it goes to; a note's log is closed to visitors by the server.
    if (note) connection.publish(`${facts.id}/staff`, { kind: "note", text: body });
    else connection.publish(`${facts.id}/public`, { kind: "text", text: body });
    change("");
    tell(false);
    field.current?.focus();
  };
  if (!mayWrite) return <p class="composer-closed">{t.viewerComposer}</p>;
  const offline = connection.status.value.phase !== "online" && connection.status.value.troubleSince >= 0;
  const taken =
    facts.assignee && facts.assignee.id !== session.agent.id && facts.status === "open" ? facts.assignee.name : null;
  return (
    <Form class={`composer${note ? " composer-note" : ""}`} submit={send}>
      <div class="composer-modes" role="group" aria-label={t.label(name)}>
        <button type="button" class="composer-mode" aria-pressed={!note} onClick={() => setMode("reply")}>
          <Icon name="reply" size={14} />
          {t.reply}
          <KeyCap name="R" />
        </button>
        <button type="button" class="composer-mode" aria-pressed={note} onClick={() => setMode("note")}>
          <Icon name="lock" size={14} />
          {t.privateNote}
          <KeyCap name="N" />
        </button>
        <span class="composer-says" id="composer-says">
          {note
            ? t.neverSees
            : facts.status === "closed"
              ? t.closedComposer
              : taken !== null
                ? t.othersConversation(taken)
                : ""}
        </span>
      </div>
      <textarea
        ref={field}
        rows={1}
        value={text}
        dir="auto"
        placeholder={note ? t.writeNote : t.writeTo(name)}
        aria-label={note ? `${t.privateNote}: ${t.writeNote}` : t.writeTo(name)}
        aria-describedby="composer-says"
        aria-invalid={over > 0}
        enterkeyhint={phone ? "enter" : "send"}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.isComposing) {
            event.preventDefault();
            if (note) setMode("reply");
            else leave();
          }
          // While an input method composes (also 229 in Safari), Enter is its own.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="composer-foot">
        <span class={`composer-hint${over > 0 ? " composer-wrong" : ""}`} role={over > 0 ? "alert" : undefined}>
          {over > 0 ? t.tooLong(over) : offline ? t.offlineComposer : ""}
        </span>
        <span class="composer-keys" aria-hidden="true">
          {note ? (
            <>
              <KeyCap name="Esc" /> {t.backToReply}
            </>
          ) : (
            <>
              <KeyCap name="Enter" /> {t.sends} <KeyCap name="Shift Enter" /> {t.newLine}
            </>
          )}
        </span>
        {note ? (
          <Button kind="note" icon="lock" submit disabled={!ready}>
            {t.saveNote}
          </Button>
        ) : (
          <Button kind="main" submit disabled={!ready}>
            {t.send}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** Tells the visitor's page that somebody writes; a private note tells nothing. */
function useTypingNotice(log: string, tells: boolean): (active: boolean) => void {
  const { connection } = useDesk();
  const toldAt = useRef(0);
  const tell = (active: boolean) => {
    if (!tells) return;
    const now = performance.now();
    if (active && toldAt.current > 0 && now - toldAt.current < typingAgainMs) return;
    if (!active && toldAt.current === 0) return;
    toldAt.current = active ? now : 0;
    connection.tellTyping(log, active);
  };
  useEffect(() => () => tell(false), [log, tells]);
  return tell;
}

/** The field is as high as its text, up to what the style sheet allows. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [field, text]);
}
