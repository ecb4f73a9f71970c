import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { useKeys } from "../../components/use-keys.ts";
import { phoneQuery, useMedia } from "../../components/use-width.ts";
import type { InboxGroup } from "../../state/inbox-groups.ts";
import { inScope } from "../../state/visitor-groups.ts";
import { ConversationRoom, type ConversationRoomProps } from "../conversation/conversation-room.tsx";
import { InboxList } from "./inbox-list.tsx";

export interface InboxRoomProps {
  group: InboxGroup | null;
  conversation: ConversationRoomProps | null;
}

/** The list and the conversation beside it; on a phone one at a time. */
export function InboxRoom({ group, conversation }: InboxRoomProps) {
  const { router } = useApp();
  const { inbox } = useDesk();
  const phone = useMedia(phoneQuery);
  const step = (by: number) => {
    const { waiting, mine, others, closed } = inbox.peek();
    const open = [...waiting, ...mine, ...others, ...(group === "closed" ? closed : [])].map((row) => row.key);
    if (open.length === 0) return;
    const at = conversation === null ? -1 : open.indexOf(conversation.id);
    const next = open[at < 0 ? 0 : Math.min(open.length - 1, Math.max(0, at + by))] as string;
    router.go({ room: "conversation", id: next, at: null });
    requestAnimationFrame(() =>
      document.querySelector(`.inbox-line[data-key="${CSS.escape(next)}"]`)?.scrollIntoView({ block: "nearest" }),
    );
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <div class="inbox-room">
      {(!phone || conversation === null) && <InboxList group={group} picked={conversation?.id ?? null} />}
      {conversation !== null ? (
        <ConversationRoom key={conversation.id} {...conversation} />
      ) : (
        !phone && <NoConversation />
      )}
    </div>
  );
}

function NoConversation() {
  const { texts, router } = useApp();
  const { inbox, visitors } = useDesk();
  const t = texts.value.inbox;
  const groups = inbox.value;
  const here = visitors.value.filter((row) => row.state !== "gone");
  const any = groups.waiting.length + groups.mine.length > 0;
  return (
    <main class="conversation">
      {any ? (
        <EmptyState title={t.chooseTitle} text={t.chooseText} />
      ) : (
        <EmptyState
          title={t.emptyTitle}
          text={t.emptyText(here.length, here.filter((row) => inScope(row, "checkout")).length)}
        >
          <Button kind="main" keyName="G V" onClick={() => router.go({ room: "visitors", scope: "all" })}>
            {t.watchVisitors}
          </Button>
        </EmptyState>
      )}
    </main>
  );
}
