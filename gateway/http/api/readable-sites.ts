/** The sites whose visitors and conversations an agent may read: those of their departments, or all. */
import type { AgentRecord } from "../../../storage/records.ts";
import type { Directory } from "../../core/core.ts";
import { actorOf, may } from "../../core/permissions.ts";

export function readableSites(directory: Directory, agent: AgentRecord): ReadonlySet<number> {
  const actor = actorOf(agent);
  const readable = directory
    .sites(agent.tenant)
    .filter((site) => may(actor, "read-conversations", { tenant: site.tenant, department: site.department }));
  return new Set(readable.map((site) => site.site));
}
