import { expect, test } from "vitest";
import type { LogView, OutboxMessage } from "../../protocol/client.ts";
import type { EventBody, LogEvent, Sender } from "../../protocol/frames.ts";
import { groupRuns, mergeTimeline, type TimelineItem } from "./timeline.ts";

const mei: Sender = { side: "agent", id: "mei", name: "Mei" };
const henrik: Sender = { side: "visitor", id: "henrik", name: "Henrik" };

function event(seq: number, sender: Sender, body: EventBody, more: Partial<LogEvent> = {}): LogEvent {
  const producer = more.producer ?? "p";
  return {
    seq,
    id: `${body.kind}-${seq}`,
    producer,
    ordinal: seq,
    at: seq * 1000,
    sender,
    body,
    visitorCount: 0,
    agentCount: 0,
    ...more,
  };
}
const text = (value: string): EventBody => ({ kind: "text", text: value });
const note = (seq: number, after: number, value = "n") =>
  event(seq, mei, { kind: "note", text: value }, { after, id: `note-${seq}` });

function log(events: LogEvent[], more: Partial<LogView> = {}): LogView {
  const last = events[events.length - 1]?.seq ?? 0;
  const none = { delivered: 0, read: 0 };
  return {
    address: "c/public",
    epoch: "e",
    live: true,
    from: events[0]?.seq ?? 0,
    seen: last,
    head: last,
    events,
    outbox: [],
    own: none,
    visitor: none,
    agents: none,
    ...more,
  };
}
const unsent = (id: string, state: OutboxMessage["state"] = "waiting"): OutboxMessage => ({
  id,
  address: "c/public",
  body: { kind: "text", text: id },
  createdAt: 99_000,
  state,
});
const keys = (items: TimelineItem[]) => items.map((item) => item.key);

test("a staff event stands right after the public head that it names", () => {
  const publicLog = log([event(1, henrik, text("a")), event(2, mei, text("b")), event(3, henrik, text("c"))]);
  const items = mergeTimeline(publicLog, log([note(1, 0), note(2, 2), note(3, 2)]), "mei");
  expect(keys(items)).toEqual(["note-1", "text-1", "text-2", "note-2", "note-3", "text-3"]);
});

test("a staff event that names a head which is not held yet is held back", () => {
  const publicLog = log([event(1, henrik, text("a"))]);
  const staff = log([note(1, 1), note(2, 5)]);
  expect(keys(mergeTimeline(publicLog, staff, "mei"))).toEqual(["text-1", "note-1"]);
});

test("staff events older than the loaded public history wait until it is loaded", () => {
  const publicLog = log([event(40, henrik, text("a"))], { from: 40 });
  const staff = log([note(1, 3), note(2, 39), note(3, 40)]);
  expect(keys(mergeTimeline(publicLog, staff, "mei"))).toEqual(["note-2", "text-40", "note-3"]);
});

test("what is unsent stands at the end and is drawn once when its event has come", () => {
  const publicLog = log([event(1, henrik, text("a")), event(2, mei, text("hi"), { id: "m1" })], {
    outbox: [unsent("m1", "stored"), unsent("m2")],
  });
  const items = mergeTimeline(publicLog, null, "mei");
  expect(keys(items)).toEqual(["text-1", "m1", "m2"]);
  expect(items[2]).toMatchObject({ state: "waiting", own: true, seq: 0 });
});

test("own messages show how far they came", () => {
  const events = [1, 2, 3].map((seq) => event(seq, mei, text("x")));
  const items = mergeTimeline(log(events, { visitor: { delivered: 2, read: 1 } }), null, "mei");
  expect(items.map((item) => (item.type === "message" ? item.state : ""))).toEqual(["read", "delivered", "stored"]);
});

test("edits and deletions change the row they name and draw nothing themselves", () => {
  const publicLog = log([
    event(1, mei, text("one")),
    event(2, mei, text("two")),
    event(3, mei, { kind: "edit", target: 1, text: "ONE" }),
    event(4, mei, { kind: "delete", target: 2 }),
  ]);
  const items = mergeTimeline(publicLog, null, "mei");
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ text: "ONE", editedAt: 3000 });
  expect(items[1]).toMatchObject({ deleted: true });
});

test("taking a conversation is one line, although both logs tell it", () => {
  const at = 2000;
  const publicLog = log([
    event(1, henrik, text("a")),
    event(2, mei, { kind: "joined" }, { at, producer: "", ordinal: 0 }),
  ]);
  const assigned: EventBody = { kind: "assigned", agent: "mei", agentName: "Mei", previous: null };
  const items = mergeTimeline(
    publicLog,
    log([event(1, mei, assigned, { at, producer: "mei-tab", ordinal: 7, after: 2 })]),
    "mei",
  );
  expect(keys(items)).toEqual(["text-1", "staff:1"]);
});

test("a conversation that is given away is one line: who gave it to whom", () => {
  const at = 5000;
  const lin = { side: "agent" as const, id: "lin", name: "Lin" };
  const publicLog = log([
    event(1, henrik, text("a")),
    event(2, lin, { kind: "joined" }, { at, producer: "", ordinal: 0 }),
  ]);
  const assigned: EventBody = { kind: "assigned", agent: "lin", agentName: "Lin", previous: "mei" };
  const items = mergeTimeline(publicLog, log([event(1, mei, assigned, { at, after: 2 })]), "mei");
  expect(keys(items)).toEqual(["text-1", "staff:1"]);
});

test("one speaker's bubbles stand together until somebody else speaks, five minutes pass or the day ends", () => {
  const minute = 60_000;
  const at = (minutes: number) => ({ at: minutes * minute });
  const publicLog = log([
    event(1, henrik, text("a"), at(1)),
    event(2, henrik, text("b"), at(2)),
    event(3, mei, text("c"), at(2)),
    event(4, mei, text("d"), at(9)),
    event(5, mei, text("e"), at(24 * 60)),
  ]);
  const sameDay = (a: number, b: number) => Math.floor(a / 86_400_000) === Math.floor(b / 86_400_000);
  const runs = groupRuns(mergeTimeline(publicLog, null, "mei"), sameDay);
  expect(runs.map((run) => run.items.length)).toEqual([2, 1, 1, 1]);
  expect(runs.map((run) => run.day !== undefined)).toEqual([true, false, false, true]);
});

test("a reply that takes the conversation stands below the line that says so", () => {
  const taken: EventBody = { kind: "assigned", agent: "mei", agentName: "Mei", previous: null };
  const joined = (seq: number) => event(seq, mei, { kind: "joined" }, { at: 9000 });
  const staff = (after: number) => log([event(1, mei, taken, { at: 9000, after })]);
  const publicLog = log([event(1, henrik, text("a")), event(2, mei, text("b")), joined(3)]);
  expect(keys(mergeTimeline(publicLog, staff(2), "mei"))).toEqual(["text-1", "staff:1", "text-2"]);
  const two = log([event(1, henrik, text("a")), event(2, mei, text("b")), event(3, mei, text("c")), joined(4)]);
  expect(keys(mergeTimeline(two, staff(3), "mei"))).toEqual(["text-1", "staff:1", "text-2", "text-3"]);
});

test("who takes a conversation over from a colleague does so after what they wrote in it before", () => {
  const over: EventBody = { kind: "assigned", agent: "mei", agentName: "Mei", previous: "lin" };
  const publicLog = log([event(1, henrik, text("a")), event(2, mei, text("b"))]);
  const items = mergeTimeline(publicLog, log([event(1, mei, over, { after: 2 })]), "mei");
  expect(keys(items)).toEqual(["text-1", "text-2", "staff:1"]);
});
