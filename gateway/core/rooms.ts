/** What the rooms of the core share. Each reads what it needs of the others when it needs it. */
import type { AgentPresence } from "./agent-presence.ts";
import type { Conversations } from "./conversations.ts";
import type { CorePorts, CoreSettings } from "./core.ts";
import type { LiveDirectory } from "./directory.ts";
import type { Hub } from "./hub.ts";
import type { Presence } from "./presence.ts";
import type { Producers } from "./producers.ts";
import type { Profiles } from "./profiles.ts";
import type { Receipts } from "./receipts.ts";
import type { Relay } from "./relay.ts";
import type { Sessions } from "./sessions.ts";
import type { SiteStates } from "./site-states.ts";
import type { Threads } from "./threads.ts";
import type { Views } from "./views.ts";
import type { VisitCounts } from "./visit-counts.ts";
import type { VisitRecorder } from "./visit-recorder.ts";

export interface Rooms extends CorePorts {
  readonly settings: CoreSettings;
  readonly directory: LiveDirectory;
  readonly conversations: Conversations;
  readonly relay: Relay;
  readonly hub: Hub;
  readonly threads: Threads;
  readonly receipts: Receipts;
  readonly presence: Presence;
  readonly recorder: VisitRecorder;
  readonly visitCounts: VisitCounts;
  readonly agents: AgentPresence;
  readonly sites: SiteStates;
  readonly views: Views;
  readonly profiles: Profiles;
  readonly producers: Producers;
  readonly sessions: Sessions;
}
