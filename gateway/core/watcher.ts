/** One connection that looks at one view: which snapshot it has, which difference comes next, and what it missed. */
import type { Difference, Row, Snapshot } from "../../protocol/frames.ts";
import { maxPageBytes, maxRowsPerSnapshotPage } from "../../protocol/limits.ts";
import { seesDepartment } from "./permissions.ts";
import type { AgentPrincipal, Session } from "./session.ts";
import type { View } from "./view.ts";
import { encode } from "./wire.ts";

/** So that a difference fits into a frame, whatever its rows hold. */
const maxRowsPerDifference = 40;
/** Stands in a shared text where each watcher's own snapshot id belongs. */
const idMark = "----------------------";

type Phase =
  /** The rest of the snapshot, in order. */
  { readonly phase: "snapshot"; readonly keys: string[]; sent: number } | { readonly phase: "following" };

export class Watcher {
  readonly session: Session;
  readonly agent: AgentPrincipal;
  readonly view: View;
  #id = "";
  #number = 0;
  #phase: Phase = { phase: "following" };
  /** Rows that changed while the link was full. */
  #missed = new Set<string>();

  constructor(session: Session, agent: AgentPrincipal, view: View) {
    this.session = session;
    this.agent = agent;
    this.view = view;
  }

  /** A fresh snapshot under this id. */
  begin(id: string): void {
    this.#id = id;
    this.#number = 0;
    this.#missed.clear();
    if (!this.view.source.ready) return this.#pending();
    const keys: string[] = [];
    for (const [key, department] of this.view.source.keys()) if (this.#sees(department)) keys.push(key);
    this.#phase = { phase: "snapshot", keys, sent: 0 };
    this.resume();
  }

  change(changes: ReadonlyMap<string, number | null>, texts: Map<string, string>): void {
    if (!this.view.source.ready) return;
    const keys: string[] = [];
    for (const [key, department] of changes) if (this.#sees(department)) keys.push(key);
    if (keys.length === 0) return;
    const inStep = this.#phase.phase === "following" && this.#missed.size === 0;
    for (const key of inStep ? this.#sendDifferences(keys, texts) : keys) this.#missed.add(key);
    if (!inStep) this.resume();
  }

  /** The link has room again. */
  resume(): void {
    if (this.#phase.phase === "snapshot" && !this.#sendPages(this.#phase)) return;
    if (this.#missed.size > 0) this.#missed = new Set(this.#sendDifferences([...this.#missed], new Map()));
  }

  #sees(department: number | null): boolean {
    return seesDepartment(this.agent.departments, department);
  }

  #pending(): void {
    this.session.connection.send({ ...this.#page([], true), pending: true });
  }

  #page(rows: Row[], last: boolean): Snapshot {
    return { kind: "snapshot", view: this.view.source.name, id: this.#id, number: this.#number, rows, last };
  }

  /** True: the whole snapshot is sent. */
  #sendPages(snapshot: Extract<Phase, { phase: "snapshot" }>): boolean {
    do {
      const { rows, upTo } = this.#nextRows(snapshot);
      if (!this.session.connection.offer(encode(this.#page(rows, upTo >= snapshot.keys.length)))) return false;
      snapshot.sent = upTo;
    } while (snapshot.sent < snapshot.keys.length);
    this.#phase = { phase: "following" };
    return true;
  }

  #nextRows(snapshot: Extract<Phase, { phase: "snapshot" }>): { rows: Row[]; upTo: number } {
    const rows: Row[] = [];
    let bytes = 0;
    let upTo = snapshot.sent;
    for (; upTo < snapshot.keys.length && rows.length < maxRowsPerSnapshotPage; upTo += 1) {
      const row = this.view.source.row(snapshot.keys[upTo] as string, this);
      if (row === null) continue;
      bytes += JSON.stringify(row).length * 2;
      if (bytes > maxPageBytes && rows.length > 0) break;
      rows.push(row);
    }
    return { rows, upTo };
  }

  /** Returns the rows that the link did not take. */
  #sendDifferences(keys: readonly string[], texts: Map<string, string>): readonly string[] {
    for (let from = 0; from < keys.length; from += maxRowsPerDifference) {
      if (!this.#sendDifference(keys.slice(from, from + maxRowsPerDifference), texts)) return keys.slice(from);
    }
    return [];
  }

  #sendDifference(keys: readonly string[], texts: Map<string, string>): boolean {
    const number = this.#number + 1;
    const shared = `${number} ${this.view.source.audience(this)} ${this.agent.departments.join()}`;
    const text = texts.get(shared) ?? encode(this.#difference(keys, number));
    texts.set(shared, text);
    const mark = text.indexOf(idMark);
    if (!this.session.connection.offer(text.slice(0, mark) + this.#id + text.slice(mark + idMark.length))) return false;
    this.#number = number;
    return true;
  }

  #difference(keys: readonly string[], number: number): Difference {
    const upserts: Row[] = [];
    const removes: string[] = [];
    for (const key of keys) {
      const row = this.view.source.row(key, this);
      if (row === null) removes.push(key);
      else upserts.push(row);
    }
    return { kind: "difference", view: this.view.source.name, id: idMark, number, upserts, removes };
  }
}
