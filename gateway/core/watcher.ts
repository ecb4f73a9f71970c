/** One connection that looks at one view: which snapshot it has, which difference comes next, and what it missed. */
import type { Difference, Snapshot } from "../../protocol/frames.ts";
import { maxPageBytes, maxRowsPerSnapshotPage } from "../../protocol/limits.ts";
import type { Row } from "../../protocol/rows.ts";
import { seesDepartment } from "./permissions.ts";
import type { AgentPrincipal, Session } from "./session.ts";
import type { View } from "./view.ts";
import { encode } from "./wire.ts";

/** Names of fields have one byte for each, Chinese titles three. */
const bytesPerCharacter = 2;
/** Stands in a shared text where each watcher's own snapshot id belongs. */
const idMark = "----------------------";

type Phase =
  /** The rest of the snapshot, in order. */
  { readonly phase: "snapshot"; readonly keys: string[]; sent: number } | { readonly phase: "following" };

/** One difference for all who are in step, from the key at `from` on. */
interface Part {
  readonly from: number;
  readonly text: string;
}
/** By number and audience. */
export type SharedTexts = Map<string, readonly Part[]>;

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

  change(changes: ReadonlyMap<string, number | null>, texts: SharedTexts): void {
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
    const { keys, sent } = snapshot;
    const { upserts, upTo } = this.#rowsFrom(keys, sent);
    return { rows: upserts, upTo };
  }

  /** Returns the rows that the link did not take. */
  #sendDifferences(keys: readonly string[], texts: SharedTexts): readonly string[] {
    const shared = `${this.#number} ${this.view.source.audience(this)} ${this.agent.departments.join()}`;
    const parts = texts.get(shared) ?? this.#differences(keys);
    texts.set(shared, parts);
    for (const { from, text } of parts) if (!this.#sendShared(text)) return keys.slice(from);
    return [];
  }

  #sendShared(text: string): boolean {
    const mark = text.indexOf(idMark);
    if (!this.session.connection.offer(text.slice(0, mark) + this.#id + text.slice(mark + idMark.length))) return false;
    this.#number += 1;
    return true;
  }

  #differences(keys: readonly string[]): Part[] {
    const parts: Part[] = [];
    for (let from = 0; from < keys.length; ) {
      const { upserts, removes, upTo } = this.#rowsFrom(keys, from);
      const number = this.#number + parts.length + 1;
      const frame: Difference = {
        kind: "difference",
        view: this.view.source.name,
        id: idMark,
        number,
        upserts,
        removes,
      };
      parts.push({ from, text: encode(frame) });
      from = upTo;
    }
    return parts;
  }

  /** As many as fit into one frame. */
  #rowsFrom(keys: readonly string[], from: number): { upserts: Row[]; removes: string[]; upTo: number } {
    const upserts: Row[] = [];
    const removes: string[] = [];
    let bytes = 0;
    let upTo = from;
    for (; upTo < keys.length && upserts.length + removes.length < maxRowsPerSnapshotPage; upTo += 1) {
      const key = keys[upTo] as string;
      const row = this.view.source.row(key, this);
      bytes += row === null ? key.length : JSON.stringify(row).length * bytesPerCharacter;
      if (bytes > maxPageBytes && upTo > from) break;
      if (row === null) removes.push(key);
      else upserts.push(row);
    }
    return { upserts, removes, upTo };
  }
}
