/**
 * What the page counts, and how it finds a fault. A message is its side and its number; each side numbers from 1 without a gap, so the numbers
 * alone show what is missing, what is there twice and what stands in the wrong place.
 */

export const sides = ["visitor", "agent"];

/** As {@link read} finds them again, whatever stands before them on the screen. */
const words = { Visitor: "visitor", Agent: "agent", 访客: "visitor", 客服: "agent" };
const numbered = /(Visitor|Agent|访客|客服) (\d{1,9})$/;

/** {side, number} of a text that one of the two has written; null: somebody has written by hand. */
export function read(text) {
  const found = numbered.exec(text.trim());
  return found === null ? null : { side: words[found[1]], number: Number(found[2]) };
}

/** The numbers of one side, in the order in which they stand. */
export function numbersOf(texts, side) {
  return texts
    .map(read)
    .filter((message) => message?.side === side)
    .map(({ number }) => number);
}

/**
 * `first`: the number from which on all must be there; null: the smallest that stands, as a page that was loaded again begins later.
 * Lost is what is missing although a later one is there: what has not come yet is on its way.
 */
export function faultsOf(numbers, first) {
  const there = new Set(numbers);
  const lost = [];
  const from = first ?? Math.min(...numbers);
  const to = Math.max(...numbers);
  for (let number = from; number < to; number++) if (!there.has(number)) lost.push(number);
  const met = new Set();
  const doubled = [];
  const displaced = [];
  let largest = 0;
  for (const number of numbers) {
    if (met.has(number)) doubled.push(number);
    else if (number < largest) displaced.push(number);
    met.add(number);
    largest = Math.max(largest, number);
  }
  return { lost, doubled, displaced };
}

/**
 * Over the database and both screens. `written`: by side, how many. `stored`: texts in the order of the log. `shown`: by screen, texts as they
 * stand there now. `seen`: by screen and side, a set of all numbers that ever stood there.
 */
export function count({ written, stored, shown, seen }) {
  const faults = { lost: new Set(), doubled: new Set(), displaced: new Set() };
  const note = (side, found) => {
    for (const [name, numbers] of Object.entries(found))
      for (const number of numbers) faults[name].add(`${side} ${number}`);
  };
  const rows = {};
  for (const side of sides) {
    const inLog = numbersOf(stored, side);
    note(side, faultsOf(inLog, 1));
    for (const texts of Object.values(shown)) note(side, faultsOf(numbersOf(texts, side), null));
    rows[side] = {
      written: written[side],
      stored: new Set(inLog).size,
      visitor: seen.visitor[side].size,
      agent: seen.agent[side].size,
    };
  }
  const all = Object.values(rows);
  return {
    rows,
    lost: faults.lost.size,
    doubled: faults.doubled.size,
    displaced: faults.displaced.size,
    underWay: all.reduce((sum, row) => sum + row.written - Math.min(row.stored, row.visitor, row.agent), 0),
    total: all.reduce((sum, row) => sum + row.written, 0),
    complete: all.every((row) => [row.stored, row.visitor, row.agent].every((number) => number === row.written)),
  };
}
