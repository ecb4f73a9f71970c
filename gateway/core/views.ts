/** All views of all tenants: who watches what, and the tick that tells them what changed. */
import { viewTickMs } from "../../protocol/limits.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import { InboxSource } from "./inbox-view.ts";
import type { Rooms } from "./rooms.ts";
import type { AgentPrincipal, Session } from "./session.ts";
import { TeamSource } from "./team-view.ts";
import { View, type ViewSource } from "./view.ts";
import type { Visit } from "./visit.ts";
import { VisitSource } from "./visit-view.ts";
import { VisitorsSource } from "./visitors-view.ts";
import { Watcher } from "./watcher.ts";

export class Views {
  readonly #rooms: Rooms;
  /** By tenant and name; only those that somebody watches. */
  readonly #views = new Map<string, View>();
  #armed = false;
  #tickedAt = Number.NEGATIVE_INFINITY;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** A fresh snapshot, then differences. */
  watch(session: Session, agent: AgentPrincipal, name: string): void {
    const before = session.watchers?.get(name);
    const watcher = before ?? this.#newWatcher(session, agent, name);
    watcher.begin(this.#rooms.ids.id());
    if (!before) watcher.view.source.watched?.(watcher);
  }

  unwatch(watcher: Watcher): void {
    const { view } = watcher;
    watcher.session.watchers?.delete(view.source.name);
    view.watchers.delete(watcher);
    view.source.unwatched?.(watcher);
    if (view.watchers.size === 0) this.#views.delete(keyOf(watcher.agent.tenant, view.source.name));
  }

  /** A source that was not ready is: everybody gets a fresh snapshot. */
  refresh(tenant: number, name: string): void {
    const view = this.#views.get(keyOf(tenant, name));
    view?.changes.clear();
    for (const watcher of view?.watchers ?? []) watcher.begin(this.#rooms.ids.id());
  }

  // ---------------------------------------------------------------- what changed

  visitChanged(visit: Visit): void {
    const department = this.#rooms.directory.site(visit.tenant, visit.site)?.department ?? null;
    this.#change(visit.tenant, "visitors", visit.id, department);
    this.#change(visit.tenant, `visit:${visit.id}`, visit.id, department);
    if (visit.conversation !== null) this.#change(visit.tenant, "inbox", visit.conversation, department);
  }

  conversationChanged(tenant: number, record: ConversationRecord): void {
    const source = this.#views.get(keyOf(tenant, "inbox"))?.source;
    if (!(source instanceof InboxSource)) return;
    const department = this.#rooms.directory.site(tenant, record.site)?.department ?? null;
    for (const key of source.learn(record)) this.#change(tenant, "inbox", key, department);
    if (record.assignee !== null) this.agentChanged(tenant, record.assignee);
  }

  inboxRowChanged(tenant: number, conversation: string, department: number | null): void {
    this.#change(tenant, "inbox", conversation, department);
  }

  agentChanged(tenant: number, agent: string): void {
    this.#change(tenant, "team", agent, null);
  }

  /** The inbox as it is held for those who watch it. */
  inbox(tenant: number): InboxSource | null {
    const source = this.#views.get(keyOf(tenant, "inbox"))?.source;
    return source instanceof InboxSource ? source : null;
  }

  /** Where notices of other gateways may have been lost. */
  async reloadInboxes(): Promise<void> {
    for (const { source } of [...this.#views.values()]) if (source instanceof InboxSource) await source.reload();
  }

  // ---------------------------------------------------------------- inside

  #newWatcher(session: Session, agent: AgentPrincipal, name: string): Watcher {
    const key = keyOf(agent.tenant, name);
    const view = this.#views.get(key) ?? new View(this.#source(agent.tenant, name));
    this.#views.set(key, view);
    const watcher = new Watcher(session, agent, view);
    view.watchers.add(watcher);
    session.watchers ??= new Map();
    session.watchers.set(name, watcher);
    return watcher;
  }

  #source(tenant: number, name: string): ViewSource {
    if (name === "visitors") return new VisitorsSource(this.#rooms, tenant);
    if (name === "inbox") return new InboxSource(this.#rooms, tenant);
    if (name === "team") return new TeamSource(this.#rooms, tenant);
    return new VisitSource(this.#rooms, tenant, name.slice("visit:".length));
  }

  #change(tenant: number, name: string, key: string, department: number | null): void {
    const view = this.#views.get(keyOf(tenant, name));
    if (!view) return;
    view.changes.set(key, department);
    this.#arm();
  }

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    const sinceMs = this.#rooms.clock.monotonic() - this.#tickedAt;
    this.#rooms.clock.after(Math.max(0, viewTickMs - sinceMs), () => this.#tick());
  }

  #tick(): void {
    this.#armed = false;
    this.#tickedAt = this.#rooms.clock.monotonic();
    for (const view of this.#views.values()) view.tick();
  }
}

function keyOf(tenant: number, name: string): string {
  return `${tenant} ${name}`;
}
