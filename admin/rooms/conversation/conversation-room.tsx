import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { useApp, useDesk, useFocusGiver } from "../../components/use-app.ts";
import { useKeys } from "../../components/use-keys.ts";
import { narrowQuery, useMedia } from "../../components/use-width.ts";
import type { DraftMode } from "../../state/drafts.ts";
import { Composer } from "./composer.tsx";
import { ConversationHead } from "./conversation-head.tsx";
import { MessageList } from "./message-list.tsx";
import { RefusalLine } from "./refusal-line.tsx";
import { type ConversationFacts, useConversation } from "./use-conversation.ts";
import { VisitorPanel } from "./visitor-panel.tsx";

export interface ConversationRoomProps {
  id: string;
  at: { log: "public" | "staff"; seq: number } | null;
}

/** To be made anew for each conversation. */
export function ConversationRoom({ id, at }: ConversationRoomProps) {
  const { texts, router } = useApp();
  const { connection } = useDesk();
  const lookup = useConversation(id);
  const t = texts.value.conversation;
  useEffect(() => connection.showConversation(id), [connection, id]);
  // Before it is known who this is with, a key chooses already what is written.
  const early = useRef<DraftMode | null>(null);
  useKeys(
    { r: () => (early.current = "reply"), n: () => (early.current = "note") },
    { enabled: lookup.state === "asking" },
  );
  if (lookup.state === "known")
    return <KnownConversation key={id} facts={lookup.facts} at={at} first={early.current} />;
  return (
    <main class="conversation">
      {lookup.state === "asking" ? null : (
        <EmptyState
          title={t.notFoundTitle}
          text={lookup.state === "missing" ? t.notFoundText : texts.value.error.offline}
        >
          <Button kind="main" onClick={() => router.go({ room: "inbox", group: null })}>
            {t.showInbox}
          </Button>
        </EmptyState>
      )}
    </main>
  );
}

interface KnownConversationProps {
  facts: ConversationFacts;
  at: ConversationRoomProps["at"];
  /** What is to be written at once. */
  first: DraftMode | null;
}

/** Made anew for each conversation: a note is chosen for one alone, the next one begins with a reply. */
function KnownConversation({ facts, at, first }: KnownConversationProps) {
  const app = useApp();
  const { connection, session, drafts, mayWrite } = useDesk();
  const { texts, visitorPanelOpen } = app;
  const focus = useFocusGiver();
  const narrow = useMedia(narrowQuery);
  const composer = useRef<HTMLTextAreaElement>(null);
  const thread = useRef<HTMLDivElement>(null);
  const [mode, setMode] = useState<DraftMode>(mayWrite && first ? first : "reply");
  const t = texts.value;
  const name = facts.name || t.visitors.visitorHandle(facts.handle);
  const own = facts.assignee?.id === session.agent.id;
  const publish = (kind: "take" | "close" | "reopen") => connection.publish(`${facts.id}/public`, { kind });
  const mayTake = mayWrite && facts.status === "open" && facts.assignee === null;
  const mayClose = mayWrite && facts.status === "open" && own;
  const focusWanted = useRef(first !== null);
  const write = (next: DraftMode) => {
    if (!mayWrite) return;
    if (next === mode) return composer.current?.focus();
    focusWanted.current = true;
    setMode(next);
  };
  // With the field of this mode, not a frame later: what is typed right after the key is for it.
  useLayoutEffect(() => {
    if (focusWanted.current) composer.current?.focus();
    focusWanted.current = false;
  }, [mode]);
  const focusThread = () => {
    if (thread.current) focus.give(thread.current);
  };
  // What had the focus before is gone with its room: from here on one reads on, and Tab goes on.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focusThread();
  }, []);
  useKeys({
    r: () => write("reply"),
    n: () => write("note"),
    ...(mayTake ? { t: () => void publish("take") } : {}),
    ...(mayClose ? { e: () => void publish("close") } : {}),
    Escape: () => {
      if (narrow && visitorPanelOpen.peek()) visitorPanelOpen.value = false;
    },
  });
  const showPanel = !narrow || visitorPanelOpen.value;
  return (
    <>
      <main class="conversation" aria-label={t.conversation.label(name)}>
        <ConversationHead
          facts={facts}
          name={name}
          take={mayTake ? () => void publish("take") : null}
          close={mayClose ? () => void publish("close") : null}
          reopen={mayWrite && facts.status === "closed" ? () => void publish("reopen") : null}
        />
        <RefusalLine conversation={facts.id} />
        <MessageList facts={facts} name={name} at={at} scroller={thread} />
        <Composer
          key={`${mode}${drafts.restored.value}`}
          facts={facts}
          name={name}
          mode={mode}
          setMode={write}
          field={composer}
          leave={focusThread}
        />
      </main>
      {showPanel && <VisitorPanel facts={facts} name={name} />}
    </>
  );
}
