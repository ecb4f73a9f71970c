import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import type { Difference, Snapshot } from "../../protocol/frames.ts";
import type { TeamRow } from "../../protocol/rows.ts";
import { createLiveView } from "./live-view.ts";

const agent = (key: string, conversations = 0): TeamRow => ({
  key,
  type: "agent",
  name: key,
  email: `${key}@shop.example`,
  role: "agent",
  state: "available",
  conversations,
});
const snapshot = (rows: TeamRow[], more: Partial<Snapshot> = {}): Snapshot => ({
  kind: "snapshot",
  view: "team",
  id: "a",
  number: 0,
  rows,
  last: true,
  ...more,
});
const difference = (number: number, upserts: TeamRow[], removes: string[] = [], id = "a"): Difference => ({
  kind: "difference",
  view: "team",
  id,
  number,
  upserts,
  removes,
});
const keys = (view: { all(): TeamRow[] }) => view.all().map((row) => row.key);

test("differences follow their snapshot", () => {
  const view = createLiveView<TeamRow>();
  expect(view.phase.value).toBe("unknown");
  view.apply(snapshot([agent("mei"), agent("jonas")]));
  expect(view.apply(difference(1, [agent("aisha")], ["jonas"]))).toBe(true);
  expect(keys(view)).toEqual(["mei", "aisha"]);
});

test("a break in number or id asks for a fresh snapshot and changes nothing", () => {
  const view = createLiveView<TeamRow>();
  view.apply(snapshot([agent("mei")]));
  expect(view.apply(difference(2, [agent("tom")]))).toBe(false);
  expect(view.apply(difference(1, [agent("tom")], [], "b"))).toBe(false);
  expect(keys(view)).toEqual(["mei"]);
});

test("a snapshot in pages keeps the old rows until its last page, then drops those that are gone", () => {
  const view = createLiveView<TeamRow>();
  view.apply(snapshot([agent("mei"), agent("tom")]));
  view.apply(snapshot([agent("jonas")], { id: "b", last: false }));
  expect(keys(view)).toContain("tom");
  expect(view.apply(difference(1, [agent("aisha")], [], "b"))).toBe(false);
  view.apply(snapshot([agent("mei")], { id: "b", last: true }));
  expect(keys(view).sort()).toEqual(["jonas", "mei"]);
});

test("a pending snapshot leaves what is known", () => {
  const view = createLiveView<TeamRow>();
  view.apply(snapshot([], { pending: true }));
  expect(view.phase.value).toBe("pending");
  view.apply(snapshot([agent("mei")]));
  view.apply(snapshot([], { id: "c", pending: true }));
  expect(view.phase.value).toBe("ready");
  expect(keys(view)).toEqual(["mei"]);
});

test("a row that changes wakes its own reader alone", () => {
  const view = createLiveView<TeamRow>();
  view.apply(snapshot([agent("mei"), agent("tom")]));
  let meiDrawn = 0;
  let tomDrawn = 0;
  effect(() => void (view.row("mei")?.value && meiDrawn++));
  effect(() => void (view.row("tom")?.value && tomDrawn++));
  view.apply(difference(1, [agent("mei", 3)]));
  expect([meiDrawn, tomDrawn]).toEqual([2, 1]);
  expect(view.row("mei")?.value.conversations).toBe(3);
});
