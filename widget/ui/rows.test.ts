import { expect, test } from "vitest";
import type { LogView, OutboxMessage } from "../../protocol/client.ts";
import type { LogEvent, Side } from "../../protocol/frames.ts";
import { enPanel } from "../texts/en.ts";
import { type MessageRow, type Row, rowsOf } from "./rows.ts";

const noon = new Date(2026, 10, 20, 12).getTime();
const minute = 60_000;

function said(seq: number, side: Side, text: string, at: number): LogEvent {
  const sender = side === "agent" ? { side, id: "m", name: "Mei Lin" } : { side };
  const counts = { visitorCount: 0, agentCount: 0 };
  return { seq, id: `id${seq}`, producer: "p", ordinal: seq, at, sender, body: { kind: "text", text }, ...counts };
}

function view(events: LogEvent[], outbox: OutboxMessage[] = [], delivered = 0, read = 0): LogView {
  const none = { delivered: 0, read: 0 };
  const head = events.length;
  const agents = { delivered, read };
  return {
    address: "current",
    log: "c/public",
    epoch: "e",
    live: true,
    from: 1,
    seen: head,
    head,
    events,
    outbox,
    own: none,
    visitor: none,
    agents,
  };
}

const waiting = (id: string, state: OutboxMessage["state"]): OutboxMessage => ({
  id,
  address: "current",
  body: { kind: "text", text: id },
  createdAt: noon,
  state,
});

function rows(log: LogView): Row[] {
  return rowsOf({ logs: [log], invitation: null, texts: enPanel, now: noon });
}
const messages = (log: LogView): MessageRow[] => rows(log).filter((row) => row.kind === "message");

test("words of state stand below the last message of each state", () => {
  const events = [1, 2, 3, 4, 5].map((seq) => said(seq, "visitor", "x", noon));
  const drawn = messages(view(events, [waiting("w1", "waiting"), waiting("w2", "waiting")], 4, 2));
  expect(drawn.map(({ state, tells }) => `${state}${tells ? "!" : ""}`)).toEqual([
    "read",
    "read!",
    "delivered",
    "delivered!",
    "stored!",
    "waiting",
    "waiting!",
  ]);
});

test("every refused message tells, and a message that stands in the log is not drawn from the outbox", () => {
  const drawn = messages(
    view([said(1, "visitor", "x", noon)], [waiting("id1", "stored"), waiting("f1", "failed"), waiting("f2", "failed")]),
  );
  expect(drawn.map(({ key, tells }) => [key, tells])).toEqual([
    ["id1", true],
    ["f1", true],
    ["f2", true],
  ]);
});

test("a message of somebody else with the same id hides nothing", () => {
  const drawn = messages(view([said(1, "agent", "theirs", noon)], [waiting("id1", "waiting")]));
  expect(drawn.map(({ text }) => text)).toEqual(["theirs", "id1"]);
  expect(new Set(drawn.map(({ key }) => key)).size).toBe(2);
});

test("messages of one speaker stand together until somebody else speaks or time passes", () => {
  const events = [
    said(1, "agent", "a", noon),
    said(2, "agent", "b", noon + minute),
    said(3, "visitor", "c", noon + minute),
    said(4, "agent", "d", noon + 2 * minute),
    said(5, "agent", "e", noon + 10 * minute),
  ];
  expect(messages(view(events)).map(({ follows }) => follows)).toEqual([false, true, false, false, false]);
});

test("days have their lines", () => {
  const day = 86_400_000;
  const events = [
    said(1, "agent", "a", new Date(2025, 1, 3, 9, 5).getTime()),
    said(2, "agent", "b", new Date(2026, 1, 3, 9, 5).getTime()),
    said(3, "agent", "c", noon - day),
    said(4, "agent", "d", noon),
    said(5, "agent", "e", noon + 20 * minute),
  ];
  const lines = rows(view(events)).flatMap((row) => (row.kind === "line" ? [row.text] : []));
  expect(lines).toEqual(["3 February 2025", "3 February", "Yesterday", "Today"]);
});

test("what happened is told, what is for machines is not", () => {
  const joined: LogEvent = { ...said(1, "agent", "", noon), body: { kind: "joined" } };
  const edit: LogEvent = { ...said(2, "agent", "", noon), body: { kind: "edit", target: 1, text: "x" } };
  expect(rows(view([joined, edit])).map((row) => row.kind === "line" && row.text)).toEqual([
    "Today",
    "Mei Lin joined the chat",
  ]);
});
