/** What a visitor's page may know about its site; told again when it changes. */
import type { SiteState } from "../../protocol/frames.ts";
import type { AgentRecord, SiteRecord } from "../../storage/records.ts";
import { actorOf, may } from "./permissions.ts";
import type { Rooms } from "./rooms.ts";
import { encode } from "./wire.ts";

const maxFaces = 3;

export class SiteStates {
  readonly #rooms: Rooms;
  /** What was told last, by site. */
  readonly #told = new Map<number, string>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  of(site: SiteRecord): SiteState {
    const people = this.#available(site);
    const { color, side, previews, remembers } = site.settings;
    return {
      name: site.name,
      ...(color === undefined ? {} : { color }),
      side,
      previews,
      remembers,
      available: people.length > 0,
      people: people.slice(0, maxFaces).map(({ name, face }) => (face === null ? { name } : { name, face })),
    };
  }

  /** Agents came, left, changed their state or their departments; or a site was changed. */
  agentsChanged(tenant: number): void {
    for (const site of this.#rooms.directory.sites(tenant)) {
      const text = encode({ kind: "site", site: this.of(site) });
      if (this.#told.get(site.site) === text) continue;
      this.#told.set(site.site, text);
      this.#tell(site, text);
    }
  }

  #tell(site: SiteRecord, text: string): void {
    for (const session of this.#rooms.sessions.open()) {
      const { principal } = session;
      if (principal.type === "visitor" && principal.site === site.site) session.connection.offer(text);
    }
  }

  #available(site: SiteRecord): AgentRecord[] {
    const { directory, agents } = this.#rooms;
    const resource = { tenant: site.tenant, department: site.department };
    return directory
      .agents(site.tenant)
      .filter((agent) => agents.stateOf(site.tenant, agent.id) === "available")
      .filter((agent) => may(actorOf(agent), "write-message", resource));
  }
}
