/**
 * Where one connection is in one log: a position and nothing queued. Whatever it has not been sent is read from storage
 * when it can take more.
 */
import type { LogEvent } from "../../protocol/frames.ts";
import type { LogFeed } from "./log-feed.ts";
import type { Session } from "./session.ts";

export class LogCursor {
  readonly session: Session;
  readonly feed: LogFeed;
  /** The last seq that was sent. */
  at: number;
  /** What the client says it has stored; the window counts what was sent beyond. */
  delivered: number;

  constructor(session: Session, feed: LogFeed, at: number) {
    this.session = session;
    this.feed = feed;
    this.at = at;
    this.delivered = at;
  }

  get behind(): boolean {
    return this.at < this.feed.head;
  }

  /** Behind, and able to take more. */
  get hungry(): boolean {
    return this.behind && this.session.takesEvents;
  }

  /** Sends what is next of these dense, ascending events; what does not fit stays for later. `encoded`: the same text for all who are in step. */
  take(events: readonly LogEvent[], encoded: (from: number) => string): void {
    const first = events[0]?.seq ?? 0;
    const last = events[events.length - 1]?.seq ?? 0;
    if (this.at + 1 < first || this.at >= last || !this.session.takesEvents) return;
    if (!this.session.connection.offer(encoded(this.at + 1))) return;
    this.session.inFlight += last - this.at;
    this.at = last;
  }

  /** The larger wins. Returns how many events of the window became free. */
  receive(delivered: number): number {
    const upTo = Math.min(delivered, this.at);
    if (upTo <= this.delivered) return 0;
    const freed = upTo - this.delivered;
    this.delivered = upTo;
    return freed;
  }

  /** Another epoch: everything that was held counts for nothing. */
  restart(at: number): void {
    this.session.inFlight -= this.at - this.delivered;
    this.at = at;
    this.delivered = at;
  }
}
