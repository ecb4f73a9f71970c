/** What all parties of a run saw, as plain data: written down while it happens, judged afterwards by `judge.ts`. */
import type { LogView } from "../../protocol/client.ts";
import { Silence } from "./silence.ts";

/** A message that a person wrote. Its text is unlike every other one. */
export interface Written {
  readonly id: string;
  /** 1, 2, 3 ... over everybody. */
  readonly number: number;
  /** Page. */
  readonly author: string;
  readonly address: string;
  readonly text: string;
  acked: boolean;
  /** Code of a final refusal. */
  refused: string;
  /** A restore took it away, and its page offered it again: it may stand behind younger ones. */
  reoffered: boolean;
  /** Its page died before it was on disk: nobody can be blamed if it is gone. */
  excused: boolean;
}

/** The first time that a load of a page drew this message at this place. */
export interface Drawn {
  readonly page: string;
  readonly load: number;
  readonly log: string;
  readonly epoch: string;
  readonly seq: number;
  readonly id: string;
}

export interface StoredEvent {
  readonly seq: number;
  readonly id: string;
  readonly text: string;
}

export interface StoredLog {
  /** `<conversation>/public` */
  readonly log: string;
  readonly head: number;
  readonly events: readonly StoredEvent[];
}

/** What somebody who should see a log sees of it in the end. */
export interface Screen {
  readonly page: string;
  readonly log: string;
  /** First seq on it. */
  readonly from: number;
  readonly ids: readonly string[];
}

const accusationKinds = ["lost", "doubled", "reordered", "leaked", "unacked"] as const;

/** What a fault saw itself while it lasted. */
export interface Accusation {
  readonly kind: (typeof accusationKinds)[number];
  readonly detail: string;
}

export interface History {
  readonly written: readonly Written[];
  readonly drawn: readonly Drawn[];
  /** Drawn in the log and as waiting at once. */
  readonly twice: readonly { readonly page: string; readonly id: string }[];
  /** A page was told something that bears this mark, and may not be. */
  readonly overheard: readonly { readonly page: string; readonly mark: string }[];
  readonly accusations: readonly Accusation[];
  /** Left over when all was well again. */
  readonly waiting: readonly { readonly page: string; readonly id: string }[];
  readonly stored: readonly StoredLog[];
  readonly screens: readonly Screen[];
}

const oddMs = 1_800_000;

/** A mark in a text names who may read it: `~v1~`, `~staff~`. */
const marks = /~(\w+)~/g;

export class HistoryRecorder {
  readonly written = new Map<string, Written>();
  readonly drawn: Drawn[] = [];
  /** Since when every screen is as it is. */
  drawnAt = 0;
  readonly twice: { page: string; id: string }[] = [];
  readonly overheard: { page: string; mark: string }[] = [];
  /** Neither acked nor refused. */
  readonly open = new Set<string>();
  acked = 0;
  /** Acks whose time is far from ours: of gateways whose clock is wrong. */
  oddTimes = 0;
  readonly accusations: Accusation[] = [];
  /** Whether a message is known to be stored, whoever has been told. */
  isStored: (id: string) => boolean = () => false;
  readonly #silences = new Set<Silence>();
  readonly #places = new Map<string, Map<number, string>>();
  readonly #shown = new Map<string, Set<string>>();

  wrote(message: Pick<Written, "id" | "author" | "address" | "text">): void {
    const number = this.written.size + 1;
    this.written.set(message.id, { ...message, number, acked: false, refused: "", reoffered: false, excused: false });
    this.open.add(message.id);
    for (const silence of this.#silences) silence.wrote(message.id, performance.now());
  }

  /** Begins here and now. */
  listen(): Silence {
    const silence = new Silence();
    this.#silences.add(silence);
    return silence;
  }

  /** `at`: in the gateway's time. */
  ackedBy(id: string, at: number): void {
    if (Math.abs(at - Date.now()) > oddMs) this.oddTimes += 1;
    for (const silence of this.#silences) silence.acked(id, performance.now());
    const message = this.written.get(id);
    if (!message || message.acked) return;
    message.acked = true;
    this.acked += 1;
    this.open.delete(id);
  }

  excuse(id: string): void {
    const message = this.written.get(id);
    if (message) message.excused = true;
    this.open.delete(id);
  }

  refused(id: string, code: string): void {
    const message = this.written.get(id);
    if (!message) return;
    message.refused = code;
    this.open.delete(id);
  }

  accuse(kind: Accusation["kind"], detail: string): void {
    this.accusations.push({ kind, detail });
  }

  /** What was found out about others. */
  charge(verdict: { readonly [kind in Accusation["kind"]]: number } & { readonly details: readonly string[] }): void {
    for (const kind of accusationKinds)
      for (let count = 0; count < verdict[kind]; count += 1) this.accuse(kind, verdict.details[count] ?? kind);
  }

  /** The store holds only these now; the rest comes again from its pages. Returns how many acked ones it has lost. */
  restored(back: ReadonlySet<string>): number {
    let gone = 0;
    for (const message of this.written.values()) {
      if (back.has(message.id)) continue;
      if (message.acked) gone += 1;
      message.reoffered = true;
    }
    return gone;
  }

  /** `mayRead` null: everything. */
  told(page: string, text: string, mayRead: ReadonlySet<string> | null): void {
    if (mayRead === null || !text.includes("~")) return;
    for (const [, mark] of text.matchAll(marks)) {
      if (mark !== undefined && !mayRead.has(mark)) this.overheard.push({ page, mark });
    }
  }

  shows(page: string, load: number, { log, epoch, events, outbox }: LogView): void {
    if (!log) return;
    const key = `${page} ${load} ${log} ${epoch}`;
    const places = entryOf(this.#places, key, () => new Map<number, string>());
    const shown = entryOf(this.#shown, key, () => new Set<string>());
    for (const { seq, id } of events) {
      if (places.get(seq) === id) continue;
      places.set(seq, id);
      shown.add(id);
      this.drawn.push({ page, load, log, epoch, seq, id });
      this.drawnAt = performance.now();
    }
    for (const { id, state } of outbox) {
      if (state === "failed") continue;
      if (shown.has(id)) this.twice.push({ page, id });
    }
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
