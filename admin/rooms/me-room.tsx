import { useAccountEntries } from "../components/account-menu.tsx";
import { Face } from "../components/face.tsx";
import { Icon } from "../components/icon.tsx";
import { OwnStatus } from "../components/own-status.tsx";
import { RoomHead } from "../components/room-head.tsx";
import { useApp, useDesk } from "../components/use-app.ts";

/** What the menu at the top left holds, as a room for the phone. */
export function MeRoom() {
  const { texts } = useApp();
  const { session } = useDesk();
  const entries = useAccountEntries().slice(1);
  return (
    <main class="me-room" aria-label={texts.value.rooms.me}>
      <RoomHead title={texts.value.rooms.me} actions={<OwnStatus place="below" />} />
      <div class="me-scroll">
        <div class="me-who">
          <Face name={session.agent.name} picture={session.agent.face} size={40} />
          <div>
            <b dir="auto">{session.agent.name}</b>
            <div class="faint">{session.agent.email}</div>
          </div>
        </div>
        {entries.map((entry) =>
          entry.type === "heading" ? (
            <h2 key={entry.label} class="me-heading">
              {entry.label}
            </h2>
          ) : (
            <button
              key={entry.label}
              type="button"
              class="me-entry"
              aria-pressed={entry.type === "choice" ? entry.chosen : undefined}
              onClick={entry.run}
            >
              <span>{entry.label}</span>
              {entry.type === "choice" && entry.chosen && <Icon name="tick" />}
            </button>
          ),
        )}
      </div>
    </main>
  );
}
