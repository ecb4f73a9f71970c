/** Events in frames that stay below `maxPageBytes`, however large the events are. */
import type { LogEvent } from "../../protocol/frames.ts";
import { maxPageBytes } from "../../protocol/limits.ts";
import { encode } from "./wire.ts";

/** All of them, as dense runs that fit into one frame each. */
export function pagesOf(events: readonly LogEvent[]): LogEvent[][] {
  const pages: LogEvent[][] = [];
  for (let from = 0; from < events.length; ) {
    const page = fitting(events.slice(from));
    pages.push(page);
    from += page.length;
  }
  return pages;
}

/** The first of them that fit into one frame; at least one. */
export function fitting(events: readonly LogEvent[]): LogEvent[] {
  let bytes = 0;
  const beyond = events.findIndex((event) => {
    bytes += bytesOf(event);
    return bytes > maxPageBytes;
  });
  return beyond < 0 ? [...events] : events.slice(0, Math.max(1, beyond));
}

/** The last of them that fit. */
export function fittingLast(events: readonly LogEvent[]): LogEvent[] {
  return fitting([...events].reverse()).reverse();
}

/** Of one frame with this event alone, in UTF-8: never too small. */
function bytesOf(event: LogEvent): number {
  const text = encode({ kind: "events", log: "", epoch: "", head: 0, events: [event] });
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Half of a pair counts two, so that both are the four bytes that they are.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
