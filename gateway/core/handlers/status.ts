import type { AgentStatus } from "../../../protocol/client-frames.ts";
import { may } from "../permissions.ts";
import type { FrameHandler } from "./table.ts";

/** At once for everybody who looks; storage hears of it behind. */
export const status: FrameHandler<AgentStatus> = {
  side: "agent",
  rate: "ephemeral",
  handle(rooms, session, frame) {
    const { principal, connection } = session;
    if (principal.type !== "agent") return;
    const { tenant, agent } = principal;
    if (!may(principal, "set-status", { tenant, department: null })) {
      return connection.report("forbidden", "not for this role", "status");
    }
    rooms.directory.setAvailable(tenant, agent, frame.available);
    rooms.agents.changed(tenant, agent);
    const saved = rooms.storage.updateAgent(tenant, agent, { available: frame.available });
    saved.catch((error: unknown) => rooms.log.warn("status-not-saved", { error: String(error) }));
  },
};
