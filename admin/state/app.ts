import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Session } from "../../protocol/api.ts";
import type { CarrierKind, Store } from "../../protocol/ports.ts";
import type { InboxRow, TeamRow, VisitorRow } from "../../protocol/rows.ts";
import { catalogues, type Texts } from "../texts/catalogues.ts";
import { type Api, type ApiResult, createApi } from "./api.ts";
import { browserClock, browserJson, browserRandom } from "./browser-ports.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { createFormat, type Format } from "./format.ts";
import { groupInbox, type InboxGroup } from "./inbox-groups.ts";
import { type LiveConnection, openConnection, rowsOf } from "./live-connection.ts";
import type { Preferences } from "./preferences.ts";
import type { Router } from "./router.ts";
import { askAgainMs, createServerReach, type ServerReach } from "./server-reach.ts";

/** `unknown`: not asked yet. `ended`: the cookie ran out while the page was in use; what was written stays. */
export type SessionPhase = "unknown" | "signed-out" | "signed-in" | "ended";

/** Everything that belongs to one login. */
export interface Desk {
  readonly session: Session;
  readonly connection: LiveConnection;
  readonly drafts: Drafts;
  readonly visitors: ReadonlySignal<VisitorRow[]>;
  readonly inbox: ReadonlySignal<{ [group in InboxGroup]: InboxRow[] }>;
  readonly team: ReadonlySignal<TeamRow[]>;
  /** May answer, take, close: everybody but viewers. */
  readonly mayWrite: boolean;
  /** May change sites and agents. */
  readonly mayAdminister: boolean;
}

export interface App {
  readonly api: Api;
  readonly router: Router;
  readonly preferences: Preferences;
  readonly texts: ReadonlySignal<Texts>;
  readonly format: ReadonlySignal<Format>;
  readonly phase: ReadonlySignal<SessionPhase>;
  readonly desk: ReadonlySignal<Desk | null>;
  readonly reach: ServerReach;
  readonly paletteOpen: Signal<boolean>;
  readonly keysOpen: Signal<boolean>;
  readonly signOutOpen: Signal<boolean>;
  /** The visitor whose peek panel is open. */
  readonly peeked: Signal<string | null>;
  /** The row of the visitors table that keys are about. */
  readonly picked: Signal<string | null>;
  readonly visitorPanelOpen: Signal<boolean>;
  /** What the live region says next. */
  readonly announcement: Signal<string>;
  start(): void;
  signIn(email: string, password: string): Promise<ApiResult<Session>>;
  /** Somebody has changed what the session says of its agent. */
  refreshSession(): Promise<void>;
  /** Sends what is left for at most `maxMs`, then wipes everything of this login from the device. */
  signOut(maxMs: number): Promise<void>;
}

export interface AppPorts {
  readonly preferences: Preferences;
  readonly router: Router;
  readonly carriers: CarrierKind[];
  openStore(): Store;
  readonly draftStorage: Storage | null;
  readonly apiUrl: string;
}

export function createApp(ports: AppPorts): App {
  const phase = signal<SessionPhase>("unknown");
  const desk = signal<Desk | null>(null);
  let csrf = "";
  const api = createApi({
    baseUrl: ports.apiUrl,
    csrf: () => csrf,
    unauthenticated: () => {
      if (phase.peek() === "signed-in") phase.value = "ended";
    },
  });
  const language = ports.preferences.language;

  const openDesk = (session: Session): Desk => {
    const scope = `${session.tenant.id}/${session.agent.id}`;
    const connection = openConnection({
      carriers: ports.carriers,
      clock: browserClock,
      random: browserRandom,
      json: browserJson,
      store: ports.openStore(),
      scope,
      credential: (done) => {
        if (phase.peek() === "ended") return done(null);
        void api.socketToken().then((token) => done(token.ok ? { role: "agent", token: token.value.token } : null));
      },
      visible: () => document.visibilityState === "visible",
      rejected: () => {
        if (phase.peek() === "signed-in") void confirmSession();
      },
    });
    const { role, id, departments } = session.agent;
    return {
      session,
      connection,
      drafts: createDrafts(scope, ports.draftStorage),
      visitors: rowsOf(connection.visitors),
      inbox: computed(() => groupInbox(rowsOf(connection.inbox).value, id)),
      team: computed(() =>
        rowsOf(connection.team).value.sort(
          (a, b) =>
            Number(b.key === id) - Number(a.key === id) ||
            stateRank[a.state] - stateRank[b.state] ||
            a.name.localeCompare(b.name),
        ),
      ),
      mayWrite: role !== "viewer",
      mayAdminister: role === "owner" || (role === "admin" && departments.length === 0),
    };
  };

  /** Signed in: the same person goes on where they were, somebody else gets a desk of their own. */
  const enter = (session: Session) => {
    csrf = session.csrf;
    const present = desk.peek();
    if (present && present.session.agent.id === session.agent.id) {
      phase.value = "signed-in";
      present.connection.start();
      present.connection.wake();
      return;
    }
    present?.connection.stop();
    const fresh = openDesk(session);
    batch(() => {
      desk.value = fresh;
      phase.value = "signed-in";
    });
    fresh.connection.start();
  };

  /**
   * Resolves to whether an answer came; that of a server which cannot tell now (its database is away) is none.
   * `nobody`: what it means if nobody is signed in.
   */
  const askSession = async (nobody: () => void): Promise<boolean> => {
    const session = await api.session();
    if (!session.ok && session.code !== "unauthenticated") return false;
    if (session.ok && session.value) enter(session.value);
    else nobody();
    return true;
  };

  /** The gateway wants another login; the session may have ended, or only its token. */
  const confirmSession = async (): Promise<void> => {
    if (await askSession(() => (phase.value = "ended"))) return;
    browserClock.after(askAgainMs, () => {
      if (phase.peek() === "signed-in") void confirmSession();
    });
  };

  const reach = createServerReach(browserClock, () =>
    askSession(() => {
      if (phase.peek() === "unknown") phase.value = "signed-out";
    }),
  );

  const app: App = {
    api,
    router: ports.router,
    preferences: ports.preferences,
    texts: computed(() => catalogues[language.value]),
    format: computed(() => createFormat(language.value)),
    phase,
    desk,
    reach,
    paletteOpen: signal(false),
    keysOpen: signal(false),
    signOutOpen: signal(false),
    peeked: signal(null),
    picked: signal(null),
    visitorPanelOpen: signal(false),
    announcement: signal(""),
    start: () => reach.start(),
    signIn: async (email, password) => {
      const session = await api.signIn({ email, password });
      if (session.ok) enter(session.value);
      return session;
    },
    refreshSession: async () => {
      const answer = await api.session();
      const present = desk.peek();
      if (answer.ok && answer.value && present?.session.agent.id === answer.value.agent.id)
        desk.value = { ...present, session: answer.value };
    },
    signOut: async (maxMs) => {
      const present = desk.peek();
      if (!present) return;
      await new Promise<void>((done) => present.connection.shutdown(maxMs, done));
      present.drafts.wipe();
      await api.signOut();
      csrf = "";
      batch(() => {
        desk.value = null;
        phase.value = "signed-out";
        app.signOutOpen.value = false;
        app.peeked.value = app.picked.value = null;
      });
    },
  };
  effect(() => {
    // Leaving the visitors closes the peek panel; it is about a row there.
    if (ports.router.route.value.room !== "visitors") app.peeked.value = app.picked.value = null;
  });
  return app;
}

const stateRank = { available: 0, away: 1, offline: 2 } as const;
