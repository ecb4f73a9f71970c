import { Button, IconButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Menu, type MenuEntry } from "../../components/menu.tsx";
import { Since, WaitTime } from "../../components/ticking.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { narrowQuery, phoneQuery, useMedia } from "../../components/use-width.ts";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import type { ConversationFacts } from "./use-conversation.ts";

export interface ConversationHeadProps {
  facts: ConversationFacts;
  name: string;
  take: (() => void) | null;
  close: (() => void) | null;
  reopen: (() => void) | null;
}

export function ConversationHead({ facts, name, take, close, reopen }: ConversationHeadProps) {
  const { texts, router, visitorPanelOpen } = useApp();
  const narrow = useMedia(narrowQuery);
  const phone = useMedia(phoneQuery);
  const t = texts.value.conversation;
  const entries: MenuEntry[] = [
    ...(phone && close ? [{ type: "action", label: t.close, icon: "closed", run: close } satisfies MenuEntry] : []),
    ...(phone && reopen ? [{ type: "action", label: t.reopen, icon: "again", run: reopen } satisfies MenuEntry] : []),
    ...useMoreEntries(facts),
  ];
  return (
    <header class="room-head conversation-head">
      {phone && <IconButton icon="left" label={t.back} onClick={() => router.go({ room: "inbox", group: null })} />}
      <div class="conversation-title">
        <h1 class="cut" dir="auto">
          {name}
        </h1>
        {facts.verified && <VerifiedMark />}
        <Whereabouts facts={facts} />
      </div>
      <div class="room-actions">
        {facts.waitingSince !== undefined && facts.assignee === null && <WaitTime since={facts.waitingSince} />}
        {take && (
          <Button kind="main" keyName="T" onClick={take}>
            {t.take}
          </Button>
        )}
        {close && !phone && (
          <Button icon="closed" keyName="E" onClick={close}>
            {t.close}
          </Button>
        )}
        {reopen && !phone && (
          <Button icon="again" onClick={reopen}>
            {t.reopen}
          </Button>
        )}
        {narrow && (
          <IconButton
            icon="person"
            label={visitorPanelOpen.value ? t.hideDetails : t.details}
            expanded={visitorPanelOpen.value}
            onClick={() => (visitorPanelOpen.value = !visitorPanelOpen.peek())}
          />
        )}
        {entries.length > 0 && (
          <Menu label={t.more} class="icon-button" align="end" entries={entries}>
            <Icon name="more" />
          </Menu>
        )}
      </div>
    </header>
  );
}

function Whereabouts({ facts }: { facts: ConversationFacts }) {
  const { texts } = useApp();
  const { session } = useDesk();
  const { conversation: t, comma } = texts.value;
  const row = facts.visitorRow;
  const here = row && row.state !== "gone";
  const other = facts.assignee && facts.assignee.id !== session.agent.id ? facts.assignee.name : null;
  return (
    <span class="whereabouts cut">
      {here ? (
        <>
          <span class="dot dot-live" />
          <bdi>{t.onPage(row.page.title || row.page.url)}</bdi>
          {comma}
          <Since at={row.page.enteredAt} />
        </>
      ) : (
        <>
          <span class="dot dot-offline" />
          {t.notHere}
        </>
      )}
      {facts.status === "closed" && comma + t.closedState}
      {other !== null && facts.status === "open" && comma + t.with(other)}
    </span>
  );
}

/** Giving the conversation to a colleague who is here, or back to those who wait. */
function useMoreEntries(facts: ConversationFacts): MenuEntry[] {
  const { texts } = useApp();
  const { connection, team, session, mayWrite } = useDesk();
  const t = texts.value;
  if (!mayWrite || facts.status !== "open") return [];
  const assign = (agent: string | null) => () =>
    void connection.publish(`${facts.id}/public`, { kind: "assign", agent });
  const colleagues = team.value.filter(
    (agent) =>
      agent.key !== session.agent.id &&
      agent.key !== facts.assignee?.id &&
      agent.state !== "offline" &&
      agent.role !== "viewer",
  );
  return [
    ...(colleagues.length > 0 ? [{ type: "heading", label: t.conversation.transfer } satisfies MenuEntry] : []),
    ...colleagues.map(
      (agent): MenuEntry => ({
        type: "action",
        label: agent.name,
        icon: "give",
        detail: t.team.chatCount(agent.conversations),
        run: assign(agent.key),
      }),
    ),
    ...(facts.assignee
      ? [{ type: "action", label: t.conversation.giveBack, icon: "inbox", run: assign(null) } satisfies MenuEntry]
      : []),
  ];
}
