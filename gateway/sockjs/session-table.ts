import { setImmediate } from "node:timers";
import type { Clock, Timer } from "../../protocol/ports.ts";
import type { Admission } from "./admission.ts";
import { Session, type SessionHost, type SessionSettings } from "./session.ts";

/**
 * The sessions of one prefix. One timer looks at all of them, because a timer for each would weigh more than the
 * session: heartbeats and ends come up to one sweep late, never early.
 */
export class SessionTable implements SessionHost {
  readonly settings: SessionSettings;
  readonly #clock: Clock;
  readonly #admission: Admission;
  readonly #sessions = new Map<string, Session>();
  readonly #sweepMs: number;
  #deferred: Session[] = [];
  #timer: Timer | null = null;

  constructor(settings: SessionSettings, clock: Clock, admission: Admission) {
    this.settings = settings;
    this.#clock = clock;
    this.#admission = admission;
    this.#sweepMs = Math.min(1000, settings.heartbeatMs / 5, settings.graceMs / 5);
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** `null`: too many already. */
  create(id: string, address: string): Session | null {
    if (!this.#admission.admit(address)) return null;
    const session = new Session(this, id, address);
    this.#sessions.set(id, session);
    this.#timer ??= this.#clock.after(this.#sweepMs, () => this.#sweep());
    return session;
  }

  closeAll(code: number, reason: string): void {
    for (const session of this.#sessions.values()) session.close(code, reason);
    this.#flush();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    for (const session of this.#sessions.values()) session.terminate();
    this.#flush();
  }

  // ---------------------------------------------------------------- SessionHost

  now(): number {
    return this.#clock.monotonic();
  }

  defer(session: Session): void {
    if (this.#deferred.push(session) === 1) setImmediate(() => this.#flush());
  }

  forget(session: Session): void {
    if (this.#sessions.get(session.id) !== session) return;
    this.#sessions.delete(session.id);
    this.#admission.release(session.address);
  }

  #flush(): void {
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const session of deferred) session.flush();
  }

  #sweep(): void {
    const nowMs = this.now();
    for (const session of this.#sessions.values()) session.tick(nowMs);
    this.#timer = this.#sessions.size > 0 ? this.#clock.after(this.#sweepMs, () => this.#sweep()) : null;
  }
}
