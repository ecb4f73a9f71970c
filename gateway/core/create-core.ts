/** Puts the rooms together. */

import type { AgentRecord } from "../../storage/records.ts";
import { AgentPresence } from "./agent-presence.ts";
import { Connection } from "./connection.ts";
import { Conversations } from "./conversations.ts";
import type { CarrierEvents, CarrierInfo, CarrierSocket, Core, CorePorts, CoreSettings } from "./core.ts";
import { LiveDirectory } from "./directory.ts";
import { drain } from "./drain.ts";
import { Hub } from "./hub.ts";
import { Presence } from "./presence.ts";
import { Producers } from "./producers.ts";
import { Profiles } from "./profiles.ts";
import { Receipts } from "./receipts.ts";
import { Relay } from "./relay.ts";
import type { Rooms } from "./rooms.ts";
import { Sessions } from "./sessions.ts";
import { SiteStates } from "./site-states.ts";
import { hearTenants } from "./tenant-notices.ts";
import { Threads } from "./threads.ts";
import { Views } from "./views.ts";
import { VisitCounts } from "./visit-counts.ts";
import { VisitRecorder } from "./visit-recorder.ts";
import { agentTokenMs, makeAgentToken } from "./visitor-token.ts";

const lookMs = 1000;

export function createCore(ports: CorePorts, settings: CoreSettings): Core {
  const rooms = furnish(ports, settings);
  let listening: () => void = () => {};
  let running = false;

  const look = (): void => {
    if (!running) return;
    rooms.sessions.look();
    rooms.presence.look();
    rooms.agents.look();
    ports.clock.after(lookMs, look);
  };
  const reload = async (): Promise<void> => {
    await rooms.directory.reload();
    listening();
    listening = hearTenants(rooms, reload);
    rooms.agents.endOutdated();
    for (const tenant of rooms.directory.tenants()) rooms.sites.agentsChanged(tenant.tenant);
  };
  const changed = async (tenant: number): Promise<void> => {
    await reload();
    rooms.relay.tellTenant(tenant, { kind: "directory" });
  };

  return {
    directory: rooms.directory,
    handleOf: (visitor) => rooms.presence.handleOf(visitor),
    async start() {
      await reload();
      running = true;
      rooms.hub.start();
      look();
    },
    connect: (socket, info) => connect(rooms, socket, info),
    agentToken: (agent, signIn = "") => agentToken(rooms, agent, signIn),
    agentState: (tenant, agent) => rooms.agents.stateOf(tenant, agent),
    async agentChanged(tenant, agent) {
      await changed(tenant);
      rooms.agents.changed(tenant, agent);
    },
    siteChanged: changed,
    signedOut(tenant, agent) {
      rooms.agents.signOut(tenant, agent);
      rooms.relay.tellTenant(tenant, { kind: "signed-out", agent });
    },
    counts: () => ({ ...rooms.sessions.counts(), visits: rooms.presence.size }),
    async drain(withinMs) {
      await drain(rooms, withinMs);
      running = false;
      listening();
    },
  };
}

function furnish(ports: CorePorts, settings: CoreSettings): Rooms {
  const rooms = { ...ports, settings } as { -readonly [room in keyof Rooms]: Rooms[room] };
  rooms.directory = new LiveDirectory(ports.storage);
  rooms.relay = new Relay(ports.bus, ports.ids, ports.log);
  rooms.conversations = new Conversations(rooms);
  rooms.hub = new Hub(rooms);
  rooms.threads = new Threads(rooms);
  rooms.receipts = new Receipts(rooms);
  rooms.presence = new Presence(rooms);
  rooms.recorder = new VisitRecorder(rooms);
  rooms.visitCounts = new VisitCounts(rooms);
  rooms.profiles = new Profiles(rooms);
  rooms.agents = new AgentPresence(rooms);
  rooms.sites = new SiteStates(rooms);
  rooms.views = new Views(rooms);
  rooms.producers = new Producers();
  rooms.sessions = new Sessions(rooms);
  return rooms;
}

function connect(rooms: Rooms, socket: CarrierSocket, info: CarrierInfo): CarrierEvents {
  const connection = new Connection(rooms, socket, info);
  const refused = rooms.sessions.admit(connection);
  if (refused) connection.end(refused.code, refused.detail);
  return connection;
}

function agentToken(rooms: Rooms, { tenant, id }: AgentRecord, signIn: string): { token: string; expiresAt: number } {
  const expires = rooms.clock.now() + agentTokenMs;
  return { token: makeAgentToken(rooms.signer, { tenant, agent: id, expires, signIn }), expiresAt: expires };
}
