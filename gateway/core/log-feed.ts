/** One log on this gateway: who listens, how far the log is, and one read at a time for all who are behind. */
import type { Events, LogEvent, ServerFrame } from "../../protocol/frames.ts";
import { initialEvents, maxEventsPerPage } from "../../protocol/limits.ts";
import type { LogKind } from "../../storage/storage.ts";
import { backoffMs } from "./backoff.ts";
import { pagesOf } from "./event-pages.ts";
import { logAddress } from "./log-address.ts";
import type { LogCursor } from "./log-cursor.ts";
import type { Rooms } from "./rooms.ts";
import { withNames } from "./senders.ts";
import { encode } from "./wire.ts";

export class LogFeed {
  readonly tenant: number;
  readonly conversation: string;
  readonly log: LogKind;
  readonly address: string;
  /** Empty until somebody has read it. */
  epoch = "";
  head = 0;
  readonly cursors = new Set<LogCursor>();
  /** Openings that are under way. */
  holds = 0;
  readonly #rooms: Rooms;
  #reading = false;
  #failures = 0;

  constructor(rooms: Rooms, tenant: number, conversation: string, log: LogKind) {
    this.#rooms = rooms;
    this.tenant = tenant;
    this.conversation = conversation;
    this.log = log;
    this.address = logAddress(conversation, log);
  }

  /** The log is at least so far; `events` are the newest ones, where they are at hand (with names). */
  hint(epoch: string, head: number, events: readonly LogEvent[]): void {
    if (this.epoch !== "" && epoch !== this.epoch) return;
    this.epoch = epoch;
    this.head = Math.max(this.head, head);
    this.#share(events);
    this.pull();
  }

  /** What storage says: it may have been restored. */
  verify(epoch: string, head: number): void {
    if (this.epoch === "" || (epoch === this.epoch && head >= this.head)) this.hint(epoch, head, []);
    else if (epoch !== this.epoch) this.#restart(epoch, head);
  }

  /** Everybody who listens gets the frame, unless their link is full: such frames may be lost. */
  tell(frame: ServerFrame, to: (cursor: LogCursor) => boolean): void {
    let text: string | null = null;
    for (const cursor of this.cursors) {
      if (!to(cursor)) continue;
      text ??= encode(frame);
      cursor.session.connection.offer(text);
    }
  }

  /** Starts to read for those who are behind, unless that is under way. */
  pull(): void {
    if (this.#reading || !this.#hungriest()) return;
    this.#reading = true;
    void this.#read();
  }

  #share(events: readonly LogEvent[]): void {
    if (events.length === 0) return;
    const texts = new Map<number, string>();
    const encoded = (from: number): string => {
      const known = texts.get(from);
      if (known !== undefined) return known;
      const text = encode(this.#frame(events.filter((event) => event.seq >= from)));
      texts.set(from, text);
      return text;
    };
    for (const cursor of this.cursors) cursor.take(events, encoded);
  }

  #frame(events: LogEvent[]): Events {
    return { kind: "events", log: this.address, epoch: this.epoch, head: this.head, events };
  }

  /** The one that needs the earliest events. */
  #hungriest(): LogCursor | null {
    let found: LogCursor | null = null;
    for (const cursor of this.cursors) {
      if (cursor.hungry && (found === null || cursor.at < found.at)) found = cursor;
    }
    return found;
  }

  async #read(): Promise<void> {
    try {
      for (let cursor = this.#hungriest(); cursor !== null; cursor = this.#hungriest()) {
        if (!(await this.#readPage(cursor.at + 1))) break;
        this.#failures = 0;
      }
    } catch (error) {
      this.#failures += 1;
      this.#rooms.log.warn("log-read-failed", { conversation: this.conversation, error: String(error) });
      this.#rooms.clock.after(backoffMs(this.#rooms.ids, this.#failures), () => this.pull());
    } finally {
      this.#reading = false;
    }
  }

  /** False: storage has not what the head promised (a restore, a replica behind); the sweeper will ask again, and no sooner. */
  async #readPage(from: number): Promise<boolean> {
    const { tenant, conversation, log } = this;
    const epoch = this.epoch;
    const read = await this.#rooms.storage.readLog(tenant, conversation, log, from, this.head, maxEventsPerPage);
    this.#rooms.metrics.count("log_reads");
    if (epoch !== this.epoch) return true;
    const events = read.map((event) => withNames(this.#rooms.directory, tenant, event));
    for (const page of pagesOf(events)) this.#share(page);
    return read[0]?.seq === from;
  }

  #restart(epoch: string, head: number): void {
    this.epoch = epoch;
    this.head = head;
    for (const cursor of this.cursors) {
      cursor.restart(Math.max(0, head - initialEvents));
      cursor.session.connection.send({ kind: "reset", log: this.address, epoch, head, reason: "epoch" });
    }
    this.pull();
  }
}
