/** Everybody who is connected to this gateway: limits, silence, heartbeats, who is where. */

import type { ErrorCode } from "../../protocol/errors.ts";
import type { CarrierName, ServerHeartbeat } from "../../protocol/frames.ts";
import { hellosPerAddressPerMinute } from "../../protocol/limits.ts";
import type { Connection } from "./connection.ts";
import { stopTyping } from "./handlers/typing.ts";
import { OneOrMore } from "./one-or-more.ts";
import { perMinute, useRate } from "./rate.ts";
import type { Rooms } from "./rooms.ts";
import type { Session } from "./session.ts";

/** Between two looks at everybody; more is a machine that stood still. */
const toleratedMs = 2000;

export class Sessions {
  readonly #rooms: Rooms;
  readonly #connections = new Set<Connection>();
  readonly #perNetwork = new Map<string, number>();
  /** Networks that said hello lately, with the moment at which their bucket is full again. */
  readonly #hellos = new Map<string, number>();
  /** By public id of the visitor or agent. */
  readonly #byPrincipal = new OneOrMore<Session>();
  #draining = false;
  #lookedAt = Number.POSITIVE_INFINITY;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Why a new connection cannot be taken; null: it is. */
  admit(connection: Connection): { code: ErrorCode; detail: string } | null {
    const { maxSessions, maxSessionsPerAddress } = this.#rooms.settings;
    const before = this.#perNetwork.get(connection.network) ?? 0;
    if (this.#draining) return { code: "draining", detail: "this gateway is leaving" };
    if (this.#connections.size >= maxSessions) return { code: "busy", detail: "this gateway is full" };
    if (before >= maxSessionsPerAddress) return { code: "busy", detail: "too many connections from one address" };
    this.#connections.add(connection);
    this.#perNetwork.set(connection.network, before + 1);
    return null;
  }

  forget(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    const left = (this.#perNetwork.get(connection.network) ?? 1) - 1;
    if (left > 0) this.#perNetwork.set(connection.network, left);
    else this.#perNetwork.delete(connection.network);
  }

  /** How long this network has to wait before its next hello; 0: not at all. Each one may begin a visit, which stays for a while. */
  helloWaitMs(network: string): number {
    // All that one address may hold may come back at once.
    const perAddress = Math.max(hellosPerAddressPerMinute, this.#rooms.settings.maxSessionsPerAddress);
    const used = useRate(
      perMinute(perAddress, perAddress),
      this.#hellos.get(network) ?? 0,
      this.#rooms.clock.monotonic(),
    );
    if (!used.allowed) return used.retryAfterMs;
    this.#hellos.set(network, used.fullAt);
    return 0;
  }

  greeted(session: Session): void {
    this.#byPrincipal.add(session.principalId, session);
    this.#planHeartbeat(session.connection, this.#rooms.clock.monotonic());
  }

  /** Gives back all that the session held. */
  left(session: Session): void {
    this.#byPrincipal.remove(session.principalId, session);
    stopTyping(this.#rooms, session);
    this.#rooms.producers.release(session, session.producers);
    for (const cursor of session.cursors?.values() ?? []) this.#rooms.hub.detach(cursor);
    session.cursors = null;
    for (const watcher of session.watchers?.values() ?? []) this.#rooms.views.unwatch(watcher);
    session.watchers = null;
    if (session.principal.type === "visitor") this.#rooms.presence.leave(session, session.principal);
    else this.#rooms.agents.left(session, session.principal);
  }

  of(principalId: string): readonly Session[] {
    return this.#byPrincipal.of(principalId);
  }

  *open(): Iterable<Session> {
    for (const { state } of this.#connections) if (state.phase === "open") yield state.session;
  }

  /** About once a second: who was silent for too long, whom do we owe a sign of life? */
  look(): void {
    const now = this.#rooms.clock.monotonic();
    const stalledMs = Math.max(0, now - this.#lookedAt - toleratedMs);
    this.#lookedAt = now;
    for (const [network, fullAt] of this.#hellos) if (fullAt <= now) this.#hellos.delete(network);
    for (const connection of this.#connections) {
      // While this gateway stood still it heard nobody: that is not their silence.
      if (stalledMs > 0) connection.receivedAt += stalledMs;
      connection.look(now);
      if (connection.state.phase === "open" && now >= connection.nextHeartbeatAt) {
        this.#planHeartbeat(connection, now);
        connection.send(this.heartbeat(connection.state.session, 0));
      }
    }
  }

  /**
   * With the heads of which the client has not said that it has them, told or not: a carrier may lose what was sent (a poll's answer, when
   * the browser asks once more by itself), and so a lost tail shows within one heartbeat.
   */
  heartbeat(session: Session, nonce: number): ServerHeartbeat {
    const heads: ServerHeartbeat["heads"] = [];
    for (const cursor of session.cursors?.values() ?? []) {
      if (cursor.delivered >= cursor.feed.head) continue;
      heads.push({ log: cursor.feed.address, epoch: cursor.feed.epoch, head: cursor.feed.head });
    }
    return { kind: "heartbeat", nonce, now: this.#rooms.clock.now(), heads };
  }

  counts(): { sessions: number; visitors: number; agents: number; byCarrier: { [carrier in CarrierName]: number } } {
    const byCarrier = { websocket: 0, "sockjs-websocket": 0, "xhr-streaming": 0, "xhr-polling": 0 };
    let visitors = 0;
    let agents = 0;
    for (const session of this.open()) {
      byCarrier[session.connection.carrier] += 1;
      if (session.principal.type === "visitor") visitors += 1;
      else agents += 1;
    }
    return { sessions: visitors + agents, visitors, agents, byCarrier };
  }

  /** From now on nobody new; those who are here are told to go. */
  sendAway(withinMs: number): void {
    this.#draining = true;
    for (const session of this.open()) session.connection.send({ kind: "go", withinMs, reason: "draining" });
  }

  closeAll(): void {
    for (const connection of [...this.#connections]) connection.end("draining", "this gateway is leaving");
  }

  get size(): number {
    return this.#connections.size;
  }

  #planHeartbeat(connection: Connection, now: number): void {
    connection.nextHeartbeatAt =
      now + Math.round(this.#rooms.settings.heartbeatMs * (0.9 + 0.2 * this.#rooms.ids.fraction()));
  }
}
