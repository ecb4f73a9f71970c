import type { ComponentChildren } from "preact";
import type { InboxRow, TeamRow } from "../../protocol/rows.ts";
import { type InboxGroup, inboxGroupOf } from "../state/inbox-groups.ts";
import { type Route, routeHash } from "../state/router.ts";
import { inScope, type VisitorScope } from "../state/visitor-groups.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Face } from "./face.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { KeyCap } from "./key-cap.tsx";
import { WaitTime } from "./ticking.tsx";
import { useApp, useDesk } from "./use-app.ts";

/** The rooms with what is going on in them, and the team. */
export function Sidebar() {
  const app = useApp();
  const { visitors, inbox } = useDesk();
  const t = app.texts.value;
  const format = app.format.value;
  const rows = visitors.value.filter((row) => row.state !== "gone");
  const groups = inbox.value;
  const current = useCurrentPlace();
  const scope = (to: VisitorScope, label: string) => (
    <Place route={{ room: "visitors", scope: to }} current={current === `visitors/${to}`} label={label} sub>
      {format.count(rows.filter((row) => inScope(row, to)).length)}
    </Place>
  );
  const worst = groups.waiting[0]?.waitingSince;
  const unread = unreadIn(groups.mine);
  return (
    <nav class="sidebar" aria-label={t.sidebar.navigation}>
      <AccountMenu />
      <button
        type="button"
        class="sidebar-search"
        aria-keyshortcuts="Control+K"
        onClick={() => (app.paletteOpen.value = true)}
      >
        <Icon name="search" size={14} />
        <span class="sidebar-word">{t.sidebar.searchOrJump}</span>
        <KeyCap name="Ctrl K" />
      </button>
      <Place
        route={{ room: "visitors", scope: "all" }}
        current={current === "visitors/all"}
        label={t.rooms.visitors}
        icon="eye"
      >
        {format.count(rows.length)}
      </Place>
      {scope("chatting", t.sidebar.inConversation)}
      {scope("checkout", t.sidebar.atCheckout)}
      {scope("returning", t.sidebar.returning)}
      {scope("idle", t.sidebar.idle)}
      <div class="sidebar-gap" />
      <Place
        route={{ room: "inbox", group: null }}
        current={current === "inbox/all"}
        label={t.rooms.inbox}
        icon="inbox"
        badge={unread}
      />
      <Place
        route={{ room: "inbox", group: "waiting" }}
        current={current === "inbox/waiting"}
        label={t.sidebar.waiting}
        sub
      >
        {worst !== undefined && <WaitTime since={worst} />}
        {format.count(groups.waiting.length)}
      </Place>
      <Place route={{ room: "inbox", group: "mine" }} current={current === "inbox/mine"} label={t.sidebar.mine} sub>
        {unread > 0 && (
          <span class="badge">
            {format.count(unread)}
            <span class="unseen"> {t.inbox.unread(unread)}</span>
          </span>
        )}
        {format.count(groups.mine.length)}
      </Place>
      <Place
        route={{ room: "inbox", group: "others" }}
        current={current === "inbox/others"}
        label={t.sidebar.others}
        sub
      >
        {format.count(groups.others.length)}
      </Place>
      <Place
        route={{ room: "inbox", group: "closed" }}
        current={current === "inbox/closed"}
        label={t.sidebar.closed}
        sub
      />
      <Team />
    </nav>
  );
}

function unreadIn(rows: readonly InboxRow[]): number {
  return rows.reduce((sum, row) => sum + row.unread, 0);
}

/** Which line of the sidebar is lit: a conversation lights its group. */
function useCurrentPlace(): string {
  const { router } = useApp();
  const { connection, session } = useDesk();
  const route: Route = router.route.value;
  if (route.room === "visitors") return `visitors/${route.scope}`;
  if (route.room === "inbox") return `inbox/${route.group ?? "all"}`;
  if (route.room !== "conversation") return route.room;
  void connection.inbox.structure.value;
  const row = connection.inbox.row(route.id)?.value;
  const group: InboxGroup = row ? inboxGroupOf(row, session.agent.id) : "closed";
  return `inbox/${group}`;
}

interface PlaceProps {
  route: Route;
  current: boolean;
  label: string;
  icon?: IconName;
  sub?: boolean;
  badge?: number;
  children?: ComponentChildren;
}

function Place({ route, current, label, icon, sub = false, badge = 0, children }: PlaceProps) {
  return (
    <a
      class={`place${sub ? " place-sub" : ""}`}
      href={routeHash(route)}
      aria-current={current ? "page" : undefined}
      title={icon ? label : undefined}
    >
      {icon && (
        <span class="place-icon">
          <Icon name={icon} />
          {badge > 0 && <span class="place-badge" aria-hidden="true" />}
        </span>
      )}
      <span class="place-label sidebar-word">{label}</span>
      <span class="place-count sidebar-word">{children}</span>
    </a>
  );
}

const maxSlots = 6;

function Team() {
  const { texts } = useApp();
  const { team } = useDesk();
  const t = texts.value;
  return (
    <section class="team" aria-label={t.sidebar.team}>
      <div class="team-head">
        <h2>{t.sidebar.team}</h2>
        <span>{t.sidebar.chats}</span>
      </div>
      <ul>
        {team.value.map((agent) => (
          <TeamLine key={agent.key} agent={agent} />
        ))}
      </ul>
    </section>
  );
}

function TeamLine({ agent }: { agent: TeamRow }) {
  const { texts, format } = useApp();
  const t = texts.value.team;
  const filled = Math.min(agent.conversations, maxSlots);
  return (
    <li class={`team-line team-line-${agent.state}`} title={`${agent.name}, ${t[agent.state]}`}>
      <Face name={agent.name} picture={agent.face} size={20} state={agent.state} />
      <span class="cut sidebar-word" dir="auto">
        {agent.name}
        <span class="unseen">, {t[agent.state]}</span>
      </span>
      <span class="team-load sidebar-word">
        {Array.from({ length: filled }, (_, place) => (
          <span key={place} class="slot" />
        ))}
        <span class="team-count">{format.value.count(agent.conversations)}</span>
      </span>
    </li>
  );
}
