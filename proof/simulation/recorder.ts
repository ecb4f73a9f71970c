/** What all parties saw, written down as it happens, and the promises that can be checked at once. The rest is `checker.ts`. */
import type { LogView } from "../../protocol/client.ts";
import { maxOutboxMessages } from "../../protocol/limits.ts";
import { maxBufferedBytes } from "../../protocol/testing/wire.ts";

export type Rule = "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "defect";

export interface Violation {
  readonly rule: Rule;
  readonly detail: string;
  readonly atMs: number;
  /** The message that it is about. */
  readonly id?: string;
}

/** A message that a person wrote. */
export interface Written {
  readonly id: string;
  /** 1, 2, 3 ... over everybody. */
  readonly number: number;
  /** Name of the tab. */
  readonly author: string;
  readonly browser: string;
  readonly address: string;
  /** What its sender's device offers again is under this name on its disk. */
  readonly scope: string;
  readonly text: string;
  readonly atMs: number;
  ackedAtMs: number;
  /** Final refusal. */
  refused: string;
  /** It may have been stored, and taken away by a restore. */
  reoffered: boolean;
  /** Why nobody can be blamed if it is gone; empty: nothing excuses it. */
  excuse: string;
  /** The page that was told, with an excuse, that it is refused: there its text stays. */
  toldOn?: { readonly tab: string; readonly page: number };
}

/** As its address names it. */
function conversationOf({ address }: Written): string {
  return address.split("/")[0] as string;
}

export interface Moment {
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
  readonly id: string | undefined;
}

interface Screen {
  epoch: string;
  from: number;
  /** How many events there are; the first one stands at `from`. */
  length: number;
  ids: ReadonlySet<string>;
}

/** A secret in a text names who may read it: `~v1~`, `~staff~`. */
const marks = /~(\w+)~/g;
const maxViolations = 20;

export class Recorder {
  readonly written = new Map<string, Written>();
  readonly violations: Violation[] = [];
  readonly moments: Moment[] = [];
  /** Written and neither acked nor refused. */
  readonly open = new Set<string>();
  /** What the rows of logs were seen to be: `epoch log seq` to id. */
  readonly #rows = new Map<string, string>();
  readonly #screens = new Map<string, Screen>();
  /** Refused while a restore had taken their conversation away. */
  readonly #refusedWhileGone = new Set<string>();
  readonly #nowMs: () => number;
  readonly #tracing: boolean;
  /** What each person may read. */
  readonly #mayRead = new Map<string, ReadonlySet<string> | null>();
  isDurable: (id: string) => boolean = () => true;
  /** A restore took the conversation away. */
  isGone: (conversation: string) => boolean = () => false;

  constructor(nowMs: () => number, tracing: boolean) {
    this.#nowMs = nowMs;
    this.#tracing = tracing;
  }

  /** Rows of another history count for nothing. What it has not is offered again, by each page as far as it goes back. */
  restored(): void {
    this.#rows.clear();
    for (const message of this.written.values()) if (!this.isDurable(message.id)) message.reoffered = true;
  }

  /** Beside what it could before: links of a page that died live on for a while. Null: everything. */
  mayRead(who: string, secrets: readonly string[] | null): void {
    this.#mayRead.set(who, secrets && new Set([...(this.#mayRead.get(who) ?? []), ...secrets]));
  }

  note(who: string, what: () => string, id?: string): void {
    if (this.#tracing) this.moments.push({ atMs: this.#nowMs(), who, what: what(), id });
  }

  violated(rule: Rule, detail: string, id?: string): void {
    if (this.violations.length >= maxViolations) return;
    this.violations.push({ rule, detail, atMs: this.#nowMs(), ...(id === undefined ? {} : { id }) });
    this.note("checker", () => `${rule}: ${detail}`, id);
  }

  wrote(message: Omit<Written, "number" | "atMs" | "ackedAtMs" | "refused" | "reoffered" | "excuse">): void {
    const number = this.written.size + 1;
    const atMs = this.#nowMs();
    this.written.set(message.id, {
      ...message,
      number,
      atMs,
      ackedAtMs: -1,
      refused: "",
      reoffered: false,
      excuse: "",
    });
    this.open.add(message.id);
    this.note(message.author, () => `writes ${message.text.slice(0, 40)} to ${message.address}`, message.id);
  }

  acked(who: string, id: string): void {
    const message = this.written.get(id);
    if (!message || message.ackedAtMs >= 0) return;
    message.ackedAtMs = this.#nowMs();
    this.open.delete(id);
    this.note(who, () => "hears the ack", id);
  }

  /** `page`: which one of the tab. */
  refused(who: string, page: number, id: string, code: string): void {
    const message = this.written.get(id);
    if (!message) return;
    this.open.delete(id);
    if (code === "not-found" && this.#refusedWhileGone.has(id) && !this.#hasSeen(who, conversationOf(message))) {
      message.toldOn = { tab: who, page };
      message.excuse =
        "a restore took its conversation away, which its page had not seen: it was told, and has the text";
    } else message.refused = code;
    this.note(who, () => `hears that it is refused: ${code}`, id);
  }

  /** What a gateway tells somebody, at the moment when it leaves the gateway. */
  told(gateway: string, who: string, text: string): void {
    if (text.startsWith('{"k":"ack"')) {
      const { id } = JSON.parse(text) as { id: string };
      if (!this.isDurable(id)) this.violated("I4", `${gateway} acks to ${who} what is not committed`, id);
      this.note(gateway, () => `acks to ${who}`, id);
    } else if (text.startsWith('{"k":"refuse"')) {
      const { id } = JSON.parse(text) as { id: string };
      const message = this.written.get(id);
      if (message && this.isGone(conversationOf(message))) this.#refusedWhileGone.add(id);
    } else if (this.#tracing && text.startsWith('{"k":"events"')) {
      for (const [, id] of text.matchAll(/"id":"([\w-]{22})","p"/g)) this.note(gateway, () => `sends to ${who}`, id);
    }
    if (!text.includes("~")) return;
    const allowed = this.#mayRead.get(who);
    if (allowed === null) return;
    for (const [, secret] of text.matchAll(marks)) {
      if (!allowed?.has(secret as string)) this.violated("I7", `${gateway} tells ${who} something of ${secret}`);
    }
  }

  /** What a page would draw now. */
  shows(tab: string, page: number, view: LogView): void {
    if (!view.log) return;
    const { log, epoch, from, events } = view;
    const key = `${tab} ${page} ${log}`;
    const before = this.#screens.get(key);
    const unchanged = before && before.epoch === epoch && before.from === from && before.length === events.length;
    if (!unchanged && (events.length > 0 || before)) {
      this.#screens.set(key, this.#look(tab, log, view, before?.epoch === epoch ? before : undefined));
    }
    const drawn = this.#screens.get(key)?.ids;
    for (const { id, state } of view.outbox) {
      if (state !== "failed" && drawn?.has(id))
        this.violated("I2", `${tab} shows it twice: in the log and as ${state}`, id);
    }
  }

  /** The buffers of one page and its link. */
  bounded(what: string, value: number, limit: number): void {
    if (value > limit) this.violated("I6", `${what}: ${value}, at most ${limit}`);
  }

  linkHolds(who: string, bytes: number, lastBytes: number): void {
    this.bounded(`bytes buffered for ${who}`, bytes, maxBufferedBytes + lastBytes);
  }

  outboxHolds(who: string, unsent: number): void {
    this.bounded(`outbox of ${who}`, unsent, maxOutboxMessages);
  }

  /** Any page at this tab, anything of it. */
  #hasSeen(tab: string, conversation: string): boolean {
    for (const key of this.#screens.keys())
      if (key.startsWith(`${tab} `) && key.includes(` ${conversation}/`)) return true;
    return false;
  }

  #look(tab: string, log: string, view: LogView, before: Screen | undefined): Screen {
    const { epoch, from, events } = view;
    const { length } = events;
    const ids = new Set<string>();
    events.forEach((event, index) => {
      const { id, seq } = event;
      if (seq !== from + index) this.violated("I3", `${tab} shows ${seq} of ${log} where ${from + index} belongs`, id);
      if (ids.has(id)) this.violated("I2", `${tab} shows it twice in ${log}`, id);
      ids.add(id);
      const at = seq - (before?.from ?? from);
      if (before && at >= 0 && at < before.length) return;
      this.#row(tab, `${epoch} ${log} ${seq}`, id);
      this.note(tab, () => `shows it as ${seq} of ${log.slice(0, 4)}…${log.slice(22)}`, id);
    });
    // Notes wait for the message that they came after, which may be fetched anew.
    if (before && log.endsWith("/public") && from + length < before.from + before.length) {
      this.violated(
        "I3",
        `${tab} showed ${before.from + before.length - 1} of ${log}, and now ends at ${from + length - 1}`,
      );
    }
    return { epoch, from, length, ids };
  }

  /** The same seq of the same epoch is the same message for everybody, for ever. */
  #row(who: string, row: string, id: string): void {
    const known = this.#rows.get(row);
    if (known === undefined) this.#rows.set(row, id);
    else if (known !== id) this.violated("I3", `${who} shows another message as ${row} than somebody did before`, id);
  }
}
