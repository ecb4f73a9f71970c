import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { AgentInfo, DepartmentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Button } from "../../components/button.tsx";
import { RoomHead } from "../../components/room-head.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { AgentSettings } from "./agent-settings.tsx";
import { DepartmentSettings } from "./department-settings.tsx";
import { OwnSettings } from "./own-settings.tsx";
import { SitesSettings } from "./sites-settings.tsx";

interface House {
  sites: readonly SiteInfo[];
  agents: readonly AgentInfo[];
  departments: readonly DepartmentInfo[];
}

/** Oneself; for owners and admins also sites, agents and departments. */
export function SettingsRoom() {
  const { texts } = useApp();
  const { mayAdminister } = useDesk();
  const t = texts.value.settings;
  const own = (
    <section class="settings-part">
      <h2>{t.you}</h2>
      <OwnSettings />
      {!mayAdminister && <p class="settings-about">{t.notAllowed}</p>}
    </section>
  );
  return (
    <main class="settings-room" aria-label={texts.value.rooms.settings}>
      <RoomHead title={texts.value.rooms.settings} />
      <div class="settings-scroll">{mayAdminister ? <HouseSettings own={own} /> : own}</div>
    </main>
  );
}

/** `own` stands below, and waits for what is above it: nothing moves under the pointer. */
function HouseSettings({ own }: { own: ComponentChildren }) {
  const { api, texts } = useApp();
  const [house, setHouse] = useState<House | "loading" | "failed" | "again">("loading");
  const load = async () => {
    const [sites, agents, departments] = await Promise.all([api.sites(), api.agents(), api.departments()]);
    const all = sites.ok && agents.ok && departments.ok;
    setHouse(all ? { sites: sites.value, agents: agents.value, departments: departments.value } : "failed");
  };
  useEffect(() => void load(), []);
  if (house === "loading") return null;
  return (
    <>
      {typeof house === "object" && <HouseParts house={house} setHouse={setHouse} />}
      {house === "failed" && (
        <p class="quiet-note">
          <Button
            kind="quiet"
            icon="again"
            onClick={() => {
              setHouse("again");
              void load();
            }}
          >
            {texts.value.settings.loadFailed}
          </Button>
        </p>
      )}
      {own}
    </>
  );
}

function HouseParts({ house, setHouse }: { house: House; setHouse(house: House): void }) {
  const t = useApp().texts.value.settings;
  const { sites, agents, departments } = house;
  return (
    <>
      <section class="settings-part">
        <h2>{t.sites}</h2>
        <SitesSettings
          sites={sites}
          departments={departments}
          change={(site) =>
            setHouse({ ...house, sites: sites.map((other) => (other.key === site.key ? site : other)) })
          }
          add={(site) => setHouse({ ...house, sites: [...sites, site] })}
        />
      </section>
      <section class="settings-part">
        <h2>{t.agents}</h2>
        <AgentSettings
          agents={agents}
          departments={departments}
          change={(agent) =>
            setHouse({ ...house, agents: agents.map((other) => (other.id === agent.id ? agent : other)) })
          }
          add={(agent) => setHouse({ ...house, agents: [...agents, agent] })}
        />
      </section>
      <section class="settings-part">
        <h2>{t.departments}</h2>
        <DepartmentSettings
          departments={departments}
          agents={agents}
          sites={sites}
          change={(changed) =>
            setHouse({
              ...house,
              departments: departments.map((other) => (other.department === changed.department ? changed : other)),
            })
          }
          add={(department) => setHouse({ ...house, departments: [...departments, department] })}
        />
      </section>
    </>
  );
}
