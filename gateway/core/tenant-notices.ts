/** What other gateways tell about the tenants that this one knows. */
import type { TenantNotice } from "./relay.ts";
import type { Rooms } from "./rooms.ts";

/** Returns the way to stop. */
export function hearTenants(rooms: Rooms, reload: () => Promise<void>): () => void {
  const stops = rooms.directory
    .tenants()
    .map(({ tenant }) => rooms.relay.hearTenant(tenant, (notice) => hear(rooms, tenant, notice, reload)));
  return () => {
    for (const stop of stops) stop();
  };
}

function hear(rooms: Rooms, tenant: number, notice: TenantNotice, reload: () => Promise<void>): void {
  switch (notice.kind) {
    case "conversation":
      rooms.conversations.learn(tenant, notice.record);
      return;
    case "thread":
      rooms.threads.heard(tenant, notice.visitor, notice.contact);
      return;
    case "agent":
      rooms.agents.heard(tenant, notice.agent, notice.state);
      return;
    case "signed-out":
      rooms.agents.signOut(tenant, notice.agent);
      return;
    case "directory":
      reload().catch((error: unknown) => rooms.log.warn("directory-not-read", { error: String(error) }));
  }
}
