import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { maxTextChars } from "../../../protocol/limits.ts";
import type { VisitorRow, VisitRow } from "../../../protocol/rows.ts";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Ago } from "../../components/ticking.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { mayInvite, talks } from "../../state/may-invite.ts";
import { Section } from "../details/detail-sections.tsx";
import { visitorName } from "./visitor-line.tsx";

/** The agent's first message to somebody who browses, and how far it came. */
export interface InvitationSectionProps {
  row: VisitorRow;
  /** What the gateway knows of the newest one, whoever wrote it. */
  told: VisitRow["invitation"];
  writing: boolean;
  start(): void;
  /** Sent, or left with Esc: the draft stays. */
  stop(): void;
}

export function InvitationSection({ row, told, writing, start, stop }: InvitationSectionProps) {
  const { texts, router } = useApp();
  const { connection, session, mayWrite } = useDesk();
  const t = texts.value.invitation;
  const sent = connection.invitation(row.key);
  const failed = connection.invitationFailed(row.key);
  const { invitation } = row;
  const inConversation = talks(row);
  const state =
    inConversation && (invitation || told || sent)
      ? "answered"
      : row.state === "gone" && invitation?.state !== "dismissed"
        ? "missed"
        : (invitation?.state ?? told?.state);
  // One's own is on the screen before the gateway has it.
  const text = sent && (told === undefined || told.agent.id === session.agent.id) ? sent.text : told?.text;
  const colleague = told && told.agent.id !== session.agent.id ? told.agent.name : null;
  const invites = mayWrite && mayInvite(row, connection);
  const openChat = row.conversation !== undefined && (
    <Button
      kind="main"
      keyName="Enter"
      onClick={() => router.go({ room: "conversation", id: row.conversation ?? "", at: null })}
    >
      {t.openChat}
    </Button>
  );
  if (!invitation && !told && !sent && !openChat && !invites) return null;
  const side =
    invitation || told || (sent && failed === null) ? (
      <InvitationSide state={state} at={invitation?.at ?? told?.at ?? sent?.at ?? 0} />
    ) : undefined;
  return (
    <Section {...(side !== undefined || invites ? { title: t.title, side } : {})}>
      {text !== undefined && (
        <p class={`invitation-text${invitation || told || inConversation ? "" : " invitation-unsent"}`} dir="auto">
          {text}
        </p>
      )}
      {colleague !== null && <p class="invitation-by faint">{t.by(colleague)}</p>}
      {failed !== null && (
        <p class="field-error" role="alert">
          {t.failed}
        </p>
      )}
      {writing && invites ? (
        <InvitationForm row={row} stop={stop} />
      ) : (
        <div class="invitation-actions">
          {invites && (
            <Button kind={openChat ? "quiet" : "main"} icon="wave" keyName="I" onClick={start}>
              {t.write}
            </Button>
          )}
          {openChat}
        </div>
      )}
    </Section>
  );
}

function InvitationSide({
  state,
  at,
}: {
  state: "sent" | "delivered" | "seen" | "dismissed" | "answered" | "missed" | undefined;
  at: number;
}) {
  const { texts } = useApp();
  const t = texts.value.invitation;
  return (
    <span class="invitation-state">
      {state === undefined ? t.onTheWay : t.state[state]}
      {texts.value.comma}
      <Ago at={at} />
    </span>
  );
}

function InvitationForm({ row, stop }: { row: VisitorRow; stop(): void }) {
  const { texts } = useApp();
  const { connection, drafts } = useDesk();
  const [text, setText] = useState(() => drafts.read(row.key, "invitation"));
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const t = texts.value.invitation;
  const ready = text.trim() !== "" && text.length <= maxTextChars;
  const send = () => {
    if (!ready) return;
    connection.invite(row.key, text.trim());
    drafts.write(row.key, "invitation", "");
    stop();
  };
  return (
    <Form class="invitation-form" submit={send}>
      <textarea
        ref={field}
        rows={3}
        value={text}
        placeholder={t.placeholder}
        aria-label={`${t.title}: ${visitorName(row, texts.value.visitors.visitorHandle)}`}
        dir="auto"
        onInput={(event) => {
          setText(event.currentTarget.value);
          drafts.write(row.key, "invitation", event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.isComposing) stop();
          if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }}
      />
      <p class="field-hint">{t.explain}</p>
      <div class="invitation-actions">
        <Button kind="main" submit disabled={!ready} keyName="Enter">
          {t.send}
        </Button>
      </div>
    </Form>
  );
}
