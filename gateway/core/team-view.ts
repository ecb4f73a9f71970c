/** View `team`: the agents of a tenant, and what each is doing. */
import type { TeamRow } from "../../protocol/rows.ts";
import type { Rooms } from "./rooms.ts";
import type { ViewSource } from "./view.ts";

export class TeamSource implements ViewSource {
  readonly name = "team";
  readonly ready = true;
  readonly #rooms: Rooms;
  readonly #tenant: number;

  constructor(rooms: Rooms, tenant: number) {
    this.#rooms = rooms;
    this.#tenant = tenant;
  }

  *keys(): Iterable<readonly [string, number | null]> {
    for (const agent of this.#rooms.directory.agents(this.#tenant)) if (!agent.disabled) yield [agent.id, null];
  }

  row(key: string): TeamRow | null {
    const agent = this.#rooms.directory.agent(this.#tenant, key);
    if (!agent || agent.disabled) return null;
    return {
      key,
      type: "agent",
      name: agent.name,
      email: agent.email,
      role: agent.role,
      ...(agent.face === null ? {} : { face: agent.face }),
      state: this.#rooms.agents.stateOf(this.#tenant, key),
      conversations: this.#rooms.views.inbox(this.#tenant)?.openOf(key) ?? 0,
    };
  }

  audience(): string {
    return "";
  }
}
