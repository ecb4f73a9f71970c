/** Which agents are connected, here and at other gateways, and whether they take conversations. */
import type { AgentRecord } from "../../storage/records.ts";
import type { Rooms } from "./rooms.ts";
import type { AgentPrincipal, Session } from "./session.ts";

type AgentState = "available" | "away" | "offline";

/** A page reload is no absence. */
const reloadMs = 5000;

/** Between two looks at the sign-ins, and the statements of one look on top: so long after its end a sign-in may still have sockets. */
const signInLookMs = 10_000;

interface Here {
  readonly sessions: Set<Session>;
  /** Monotonic; when the last page was left. */
  leftAt: number;
}

export class AgentPresence {
  readonly #rooms: Rooms;
  readonly #here = new Map<string, Here>();
  /** What other gateways said. */
  readonly #elsewhere = new Map<string, AgentState>();
  /** UTC. Tokens of sockets that were bought until then are no good. */
  readonly #signedOutAt = new Map<string, number>();
  /** Monotonic. */
  #signInsSeenAt: number;
  /** One look at a time, however long storage takes. */
  #looking = false;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#signInsSeenAt = rooms.clock.monotonic();
  }

  stateOf(tenant: number, agent: string): AgentState {
    const record = this.#rooms.directory.agent(tenant, agent);
    if (!record || record.disabled) return "offline";
    if (this.#here.has(keyOf(tenant, agent))) return record.available ? "available" : "away";
    return this.#elsewhere.get(keyOf(tenant, agent)) ?? "offline";
  }

  arrived(session: Session, agent: AgentPrincipal): void {
    const key = keyOf(agent.tenant, agent.agent);
    const here = this.#here.get(key);
    if (here) here.sessions.add(session);
    else {
      this.#here.set(key, { sessions: new Set([session]), leftAt: 0 });
      this.changed(agent.tenant, agent.agent);
    }
  }

  left(session: Session, agent: AgentPrincipal): void {
    const here = this.#here.get(keyOf(agent.tenant, agent.agent));
    here?.sessions.delete(session);
    if (here?.sessions.size === 0) this.#planGone(agent, here);
  }

  /** An agent's state may be another one now. */
  changed(tenant: number, agent: string): void {
    this.#rooms.relay.tellTenant(tenant, { kind: "agent", agent, state: this.stateOf(tenant, agent) });
    this.#show(tenant, agent);
  }

  heard(tenant: number, agent: string, state: AgentState): void {
    if (state === "offline") this.#elsewhere.delete(keyOf(tenant, agent));
    else this.#elsewhere.set(keyOf(tenant, agent), state);
    this.#show(tenant, agent);
  }

  /** All pages of the agent here have to buy another token, if they still can. */
  signOut(tenant: number, agent: string): void {
    const key = keyOf(tenant, agent);
    this.#signedOutAt.set(key, this.#rooms.clock.now());
    for (const { connection } of [...(this.#here.get(key)?.sessions ?? [])])
      connection.end("unauthenticated", "signed out");
  }

  /** About once a second. Sign-ins also end behind this gateway's back: by `beckon password`, or at another one while the bus is down. */
  look(): void {
    const now = this.#rooms.clock.monotonic();
    if (this.#looking || now - this.#signInsSeenAt < signInLookMs) return;
    this.#signInsSeenAt = now;
    this.#looking = true;
    void this.#endSignedOut().finally(() => {
      this.#looking = false;
    });
  }

  async #endSignedOut(): Promise<void> {
    const bySignIn = new Map<string, Session[]>();
    for (const { sessions } of this.#here.values()) {
      for (const session of sessions) {
        if (session.signIn !== "") bySignIn.set(session.signIn, [...(bySignIn.get(session.signIn) ?? []), session]);
      }
    }
    for (const [signIn, sessions] of bySignIn) {
      if (await this.#mayGoOn(signIn)) continue;
      for (const { connection } of sessions) connection.end("unauthenticated", "signed out");
    }
  }

  /** Nobody is signed out because storage does not answer: the next look comes. */
  async #mayGoOn(signIn: string): Promise<boolean> {
    const { storage, clock, log } = this.#rooms;
    try {
      const record = await storage.session(signIn);
      return record !== null && record.expiresAt > clock.now();
    } catch (error) {
      log.debug("sign-in-not-read", { error: String(error) });
      return true;
    }
  }

  wasSignedOutSince(boughtAt: number, tenant: number, agent: string): boolean {
    return boughtAt <= (this.#signedOutAt.get(keyOf(tenant, agent)) ?? Number.NEGATIVE_INFINITY);
  }

  /** The directory was read again: whoever may do less than at the hello, or other things, says hello again. */
  endOutdated(): void {
    for (const { sessions } of this.#here.values()) {
      for (const { principal, connection } of [...sessions]) {
        if (principal.type !== "agent") continue;
        if (isAsBefore(principal, this.#rooms.directory.agent(principal.tenant, principal.agent))) continue;
        connection.end("expired", "the account was changed");
      }
    }
  }

  #planGone(agent: AgentPrincipal, here: Here): void {
    const leftAt = this.#rooms.clock.monotonic();
    here.leftAt = leftAt;
    this.#rooms.clock.after(reloadMs, () => {
      if (here.sessions.size > 0 || here.leftAt !== leftAt) return;
      this.#here.delete(keyOf(agent.tenant, agent.agent));
      this.changed(agent.tenant, agent.agent);
    });
  }

  #show(tenant: number, agent: string): void {
    this.#rooms.views.agentChanged(tenant, agent);
    this.#rooms.sites.agentsChanged(tenant);
  }
}

/** Name, picture and availability are no reason for a new hello. */
function isAsBefore(principal: AgentPrincipal, record: AgentRecord | undefined): boolean {
  if (!record || record.disabled || record.role !== principal.role) return false;
  return [...record.departments].sort().join() === [...principal.departments].sort().join();
}

function keyOf(tenant: number, agent: string): string {
  return `${tenant} ${agent}`;
}
