import { type Route, routeHash } from "../state/router.ts";
import { Icon, type IconName } from "./icon.tsx";
import { useApp, useDesk } from "./use-app.ts";

/** The rooms on a phone. */
export function BottomBar() {
  const app = useApp();
  const { visitors, inbox } = useDesk();
  const t = app.texts.value;
  const { room } = app.router.route.value;
  const here = visitors.value.filter((row) => row.state !== "gone").length;
  const waits = inbox.value.waiting.length;
  const unread = inbox.value.mine.reduce((sum, row) => sum + row.unread, 0);
  const onSite = t.visitors.onSite(app.format.value.count(here));
  return (
    <nav class="bottom-bar" aria-label={t.sidebar.navigation}>
      <Tab
        route={{ room: "visitors", scope: "all" }}
        icon="eye"
        label={`${onSite.count} ${onSite.text}`}
        current={room === "visitors"}
      />
      <Tab
        route={{ room: "inbox", group: null }}
        icon="inbox"
        label={t.rooms.inbox}
        current={room === "inbox"}
        badge={waits + unread}
      />
      <button type="button" class="bottom-tab" onClick={() => (app.paletteOpen.value = true)}>
        <Icon name="search" size={18} />
        <span>{t.rooms.search}</span>
      </button>
      <Tab route={{ room: "me" }} icon="person" label={t.rooms.me} current={room === "me" || room === "settings"} />
    </nav>
  );
}

function Tab({
  route,
  icon,
  label,
  current,
  badge = 0,
}: {
  route: Route;
  icon: IconName;
  label: string;
  current: boolean;
  badge?: number;
}) {
  return (
    <a class="bottom-tab" href={routeHash(route)} aria-current={current ? "page" : undefined}>
      <span class="bottom-icon">
        <Icon name={icon} size={18} />
        {badge > 0 && <span class="badge">{badge}</span>}
      </span>
      <span>{label}</span>
    </a>
  );
}
