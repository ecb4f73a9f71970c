/** The judge bites: each way to break the promise, made by hand in a history that is fine. */
import { expect, it } from "vitest";
import type { History, StoredLog, Written } from "./history.ts";
import { judge } from "./judge.ts";

const fine = { lost: 0, doubled: 0, reordered: 0, leaked: 0, unacked: 0 };

function wrote(number: number): Written {
  const text = `v1:${number} ~v1~`;
  return {
    id: `m${number}`,
    number,
    author: "v1",
    address: "current",
    text,
    acked: true,
    refused: "",
    reoffered: false,
    excused: false,
  };
}

const rows = [1, 2, 3].map((number) => ({ seq: number, id: `m${number}`, text: `v1:${number} ~v1~` }));
const publicLog: StoredLog = { log: "c/public", head: 3, events: rows };

function history(change: Partial<History> = {}): History {
  return {
    written: [1, 2, 3].map(wrote),
    drawn: rows.map(({ seq, id }) => ({ page: "v1", load: 1, log: "c/public", epoch: "e", seq, id })),
    twice: [],
    overheard: [],
    accusations: [],
    waiting: [],
    stored: [publicLog],
    screens: [{ page: "x1", log: "c/public", from: 1, ids: ["m1", "m2", "m3"] }],
    ...change,
  };
}

function counts(change: Partial<History>): object {
  const { details, ...verdict } = judge(history(change));
  expect(details.length > 0).toBe(Object.values(verdict).some((count) => count > 0));
  return verdict;
}

const log = (events: StoredLog["events"], head = events.length): StoredLog[] => [{ log: "c/public", head, events }];
const [first, second, third] = rows as [StoredLog["events"][0], StoredLog["events"][0], StoredLog["events"][0]];

it("R1.1 what is as it should be is fine", () => {
  expect(counts({})).toEqual(fine);
});

it("R1.1 lost: acked and not stored", () => {
  const screens: History["screens"] = [];
  expect(counts({ stored: log([first, second]), screens })).toEqual({ ...fine, lost: 1 });
});

it("R1.1 what a fault saw itself counts", () => {
  expect(counts({ accusations: [{ kind: "lost", detail: "m1 went with the power" }] })).toEqual({ ...fine, lost: 1 });
});

it("R1.1 lost: neither acked nor stored, and held by nobody", () => {
  const written = [wrote(1), wrote(2), wrote(3), { ...wrote(4), acked: false }];
  expect(counts({ written })).toEqual({ ...fine, lost: 1 });
  expect(counts({ written, waiting: [{ page: "v1", id: "m4" }] })).toEqual({ ...fine, unacked: 1 });
});

it("R1.1 lost: refused for good", () => {
  expect(
    counts({ written: [wrote(1), wrote(2), wrote(3), { ...wrote(4), acked: false, refused: "forbidden" }] }),
  ).toEqual({
    ...fine,
    lost: 1,
  });
});

it("R1.1 lost: the log has fewer rows than its head says", () => {
  expect(counts({ stored: log(rows, 4) })).toEqual({ ...fine, lost: 1 });
});

it("R1.1 lost: stored, and not on a screen", () => {
  expect(counts({ screens: [{ page: "x1", log: "c/public", from: 1, ids: ["m1", "m3"] }] })).toEqual({
    ...fine,
    lost: 1,
  });
  expect(counts({ screens: [{ page: "x1", log: "c/public", from: 2, ids: ["m2", "m3"] }] })).toEqual(fine);
});

it("R1.1 doubled: stored twice, also under another id", () => {
  const screens: History["screens"] = [];
  expect(counts({ stored: log([...rows, { ...third, seq: 4, id: "other" }]), screens })).toEqual({
    ...fine,
    doubled: 1,
  });
});

it("R1.1 doubled: drawn at two places, on a screen twice, or in the log and as waiting", () => {
  const drawn = [...history().drawn, { page: "v1", load: 1, log: "c/public", epoch: "e", seq: 4, id: "m3" }];
  expect(counts({ drawn })).toEqual({ ...fine, doubled: 1 });
  expect(counts({ twice: [{ page: "v1", id: "m1" }] })).toEqual({ ...fine, doubled: 1 });
  const screens = [{ page: "x1", log: "c/public", from: 1, ids: ["m1", "m2", "m3", "m3"] }];
  expect(counts({ screens })).toEqual({ ...fine, doubled: 1 });
});

it("R1.1 reordered: a sender's younger message stands first", () => {
  const screens: History["screens"] = [];
  const swapped = [first, { ...third, seq: 2 }, { ...second, seq: 3 }];
  expect(counts({ stored: log(swapped), screens })).toEqual({ ...fine, reordered: 1 });
  const written = [wrote(1), { ...wrote(2), reoffered: true }, wrote(3)];
  expect(counts({ written, stored: log(swapped), screens })).toEqual(fine);
});

it("R1.1 reordered: a log with a hole", () => {
  const screens: History["screens"] = [];
  expect(counts({ stored: log([first, second, { ...third, seq: 4 }]), screens })).toEqual({ ...fine, reordered: 1 });
});

it("R1.1 reordered: two people saw different messages at one place, unless a restore was between", () => {
  const other = { page: "x1", load: 1, log: "c/public", epoch: "e", seq: 3, id: "m9" };
  expect(counts({ drawn: [...history().drawn, other] })).toEqual({ ...fine, reordered: 1 });
  expect(counts({ drawn: [...history().drawn, { ...other, epoch: "f" }] })).toEqual(fine);
});

it("R1.1 reordered: a screen in another order, or with what is not stored", () => {
  const screens = [{ page: "x1", log: "c/public", from: 1, ids: ["m2", "m1", "m3"] }];
  expect(counts({ screens })).toEqual({ ...fine, reordered: 1 });
  const more = [{ page: "x1", log: "c/public", from: 1, ids: ["m1", "m2", "m3", "ghost"] }];
  expect(counts({ screens: more })).toEqual({ ...fine, reordered: 1 });
});

it("R1.1 leaked: somebody was told what is not theirs", () => {
  expect(counts({ overheard: [{ page: "v1", mark: "staff" }] })).toEqual({ ...fine, leaked: 1 });
});
