import { describe, expect, test } from "vitest";

type Side = "visitor" | "agent";
interface Counts {
  count(of: {
    written: Record<Side, number>;
    stored: readonly string[];
    shown: Record<Side, readonly string[]>;
    seen: Record<Side, Record<Side, Set<number>>>;
  }): { lost: number; doubled: number; displaced: number; underWay: number; total: number; complete: boolean };
  numbersOf(texts: readonly string[], side: Side): number[];
}

/** As browsers load it: plain JavaScript. */
const { count, numbersOf } = (await import(new URL("assets/counts.js", import.meta.url).href)) as Counts;

const said = ["Visitor 1", "Agent 1", "Visitor 2", "Agent 2", "Visitor 3"];

/** What is counted where the database and both screens hold `said`, but for what is given. */
function counted(change: { stored?: string[]; visitor?: string[]; agent?: string[]; written?: Record<Side, number> }) {
  const shown = { visitor: change.visitor ?? said, agent: change.agent ?? said };
  const seenOn = (texts: readonly string[]) => ({
    visitor: new Set(numbersOf(texts, "visitor")),
    agent: new Set(numbersOf(texts, "agent")),
  });
  return count({
    written: change.written ?? { visitor: 3, agent: 2 },
    stored: change.stored ?? said,
    shown,
    seen: { visitor: seenOn(shown.visitor), agent: seenOn(shown.agent) },
  });
}

const fine = { lost: 0, doubled: 0, displaced: 0 };

test("all is there: nothing is found", () => {
  expect(counted({})).toMatchObject({ ...fine, underWay: 0, total: 5, complete: true });
});

test("what has not come yet is on its way, and not lost", () => {
  expect(counted({ stored: said.slice(0, 3), agent: said.slice(0, 3) })).toMatchObject({
    ...fine,
    underWay: 2,
    complete: false,
  });
  expect(counted({ visitor: said.slice(0, 1) })).toMatchObject({ ...fine, underWay: 4, complete: false });
  expect(counted({ stored: [], visitor: [], agent: [] })).toMatchObject({ ...fine, underWay: 5, complete: false });
});

describe.each(["stored", "visitor", "agent"] as const)("in one place only (%s)", (place) => {
  test("a message that is missing although a later one is there is lost", () => {
    expect(counted({ [place]: said.filter((text) => text !== "Visitor 2") })).toMatchObject({
      ...fine,
      lost: 1,
      complete: false,
    });
  });

  test("a message that is there twice is doubled", () => {
    expect(counted({ [place]: [...said, "Agent 2"] })).toMatchObject({ ...fine, doubled: 1 });
  });

  test("a message behind a later one of its sender is out of order", () => {
    const swapped = ["Visitor 2", "Agent 1", "Visitor 1", "Agent 2", "Visitor 3"];
    expect(counted({ [place]: swapped })).toMatchObject({ ...fine, displaced: 1 });
  });
});

test("the first message is missed in the database, and not on a page that was loaded again", () => {
  expect(counted({ stored: said.slice(1) })).toMatchObject({ ...fine, lost: 1 });
  expect(counted({ visitor: said.slice(1) })).toMatchObject(fine);
});

test("a fault in several places is one message", () => {
  const without = said.filter((text) => text !== "Visitor 2");
  expect(counted({ stored: without, visitor: without, agent: without }).lost).toBe(1);
});

test("speakers before the words, both languages, and what people write by hand", () => {
  const texts = ["You: Visitor 1", "Mei Lin: Agent 1", "访客 2", "Mei Lin: 客服 12", "Hello", "Visitor 1, thanks"];
  expect(numbersOf(texts, "visitor")).toEqual([1, 2]);
  expect(numbersOf(texts, "agent")).toEqual([1, 12]);
});
