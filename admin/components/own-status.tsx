import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { useApp, useDesk } from "./use-app.ts";

/** Available or away: what visitors are told, and whether colleagues count on one. */
export function OwnStatus({ place }: { place: "above" | "below" }) {
  const { texts } = useApp();
  const { connection, session } = useDesk();
  void connection.team.structure.value;
  const told = connection.ok.value?.agent?.available;
  const state =
    connection.team.row(session.agent.id)?.value.state ??
    (told === undefined ? "offline" : told ? "available" : "away");
  const t = texts.value.team;
  const choice = (available: boolean) => ({
    type: "choice" as const,
    label: available ? t.available : t.away,
    dot: available ? ("available" as const) : ("away" as const),
    chosen: (state === "available") === available && state !== "offline",
    run: () => connection.setAvailable(available),
  });
  return (
    <Menu
      label={t.ownStatus(t[state])}
      place={place}
      align="end"
      class="own-status"
      entries={[choice(true), choice(false)]}
    >
      <span class={`dot dot-${state}`} />
      <span class="own-status-text">{t[state]}</span>
      <Icon name={place === "above" ? "up" : "down"} size={12} />
    </Menu>
  );
}
