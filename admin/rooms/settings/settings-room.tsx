import { useEffect, useState } from "preact/hooks";
import type { AgentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Button } from "../../components/button.tsx";
import { RoomHead } from "../../components/room-head.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { AgentSettings } from "./agent-settings.tsx";
import { SiteSettings } from "./site-settings.tsx";

/** Sites and agents; owners and admins only. */
export function SettingsRoom() {
  const { api, texts } = useApp();
  const { mayAdminister } = useDesk();
  const [sites, setSites] = useState<readonly SiteInfo[] | null>(null);
  const [agents, setAgents] = useState<readonly AgentInfo[] | null>(null);
  const [failed, setFailed] = useState(false);
  const t = texts.value.settings;
  const load = () => {
    setFailed(false);
    void Promise.all([api.sites(), api.agents()]).then(([siteAnswer, agentAnswer]) => {
      if (siteAnswer.ok) setSites(siteAnswer.value);
      if (agentAnswer.ok) setAgents(agentAnswer.value);
      setFailed(!siteAnswer.ok || !agentAnswer.ok);
    });
  };
  useEffect(() => {
    if (mayAdminister) load();
  }, [mayAdminister]);
  return (
    <main class="settings-room" aria-label={texts.value.rooms.settings}>
      <RoomHead title={texts.value.rooms.settings} />
      <div class="settings-scroll">
        {!mayAdminister && <p class="quiet-note">{t.notAllowed}</p>}
        {failed && (
          <p class="quiet-note">
            <Button kind="quiet" icon="again" onClick={load}>
              {t.loadFailed}
            </Button>
          </p>
        )}
        {sites && (
          <section class="settings-part">
            <h2>{t.sites}</h2>
            {sites.map((site) => (
              <SiteSettings key={site.key} site={site} />
            ))}
          </section>
        )}
        {agents && (
          <section class="settings-part">
            <h2>{t.agents}</h2>
            <AgentSettings
              agents={agents}
              change={(agent) =>
                setAgents((present) => (present ?? []).map((other) => (other.id === agent.id ? agent : other)))
              }
              add={(agent) => setAgents((present) => [...(present ?? []), agent])}
            />
          </section>
        )}
      </div>
    </main>
  );
}
