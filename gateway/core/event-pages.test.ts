import { describe, expect, test } from "vitest";
import type { LogEvent } from "../../protocol/frames.ts";
import { maxFrameBytes, maxPageBytes, maxTextChars } from "../../protocol/limits.ts";
import { fitting, fittingLast, pagesOf } from "./event-pages.ts";
import { encode } from "./wire.ts";

const event = (seq: number, text: string): LogEvent => ({
  seq,
  id: "M".repeat(22),
  producer: "P".repeat(22),
  ordinal: seq,
  at: 1_700_000_000_000,
  sender: { side: "visitor", id: "V".repeat(22), name: "名".repeat(120) },
  body: { kind: "text", text },
  visitorCount: seq,
  agentCount: 0,
});
const head = { kind: "events", log: `${"C".repeat(22)}/public`, epoch: "e".repeat(64), head: 9_999_999 } as const;
const bytesOf = (events: LogEvent[]): number => Buffer.byteLength(encode({ ...head, request: 9_999_999, events }));

describe.each([
  ["letters", "x"],
  ["characters of three bytes", "中"],
  ["pairs", "😀"],
  ["control characters, which are escaped", "\u0001"],
  ["quotes", '"'],
])("pages of %s", (_, unit) => {
  const events = Array.from({ length: 40 }, (_event, index) =>
    event(index + 1, unit.repeat((maxTextChars / unit.length) * (index % 3 === 0 ? 1 : 0.3))),
  );

  test("are dense, hold everything, and fit into a frame", () => {
    const pages = pagesOf(events);
    expect(pages.flat()).toEqual(events);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      if (page.length > 1) expect(bytesOf(page)).toBeLessThanOrEqual(maxPageBytes + 200);
      expect(bytesOf(page)).toBeLessThan(maxFrameBytes);
    }
  });

  test("can begin where the range begins, or end where it ends", () => {
    const first = fitting(events);
    expect(first).toEqual(events.slice(0, first.length));
    const last = fittingLast(events);
    expect(last).toEqual(events.slice(-last.length));
    for (const page of [first, last]) expect(page.length).toBeLessThan(events.length);
  });
});

test("one event alone always goes", () => {
  const large = event(1, "\u0001".repeat(maxTextChars));
  expect(fitting([large, large])).toEqual([large]);
  expect(fittingLast([])).toEqual([]);
});
