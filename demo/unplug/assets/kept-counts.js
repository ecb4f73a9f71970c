/**
 * What this page has counted, over its reloads: how many each side has written, and which numbers have stood on which screen. A stage has an
 * origin of its own, so that what is kept here is of this stage.
 */
import { numbersOf, sides } from "./counts.js";

const key = "unplug/counts";

export function openKeptCounts() {
  const { written, seen } = JSON.parse(localStorage.getItem(key) ?? "{}");
  const counts = {
    written: { visitor: 0, agent: 0, ...written },
    seen: Object.fromEntries(
      sides.map((screen) => [screen, Object.fromEntries(sides.map((side) => [side, new Set(seen?.[screen]?.[side])]))]),
    ),
  };
  const save = () => {
    const lists = sides.map((screen) => [
      screen,
      Object.fromEntries(sides.map((side) => [side, [...counts.seen[screen][side]]])),
    ]);
    localStorage.setItem(key, JSON.stringify({ written: counts.written, seen: Object.fromEntries(lists) }));
  };
  return {
    written: counts.written,
    seen: counts.seen,
    wrote(side) {
      counts.written[side] += 1;
      save();
    },
    saw(screen, texts) {
      for (const side of sides) for (const number of numbersOf(texts, side)) counts.seen[screen][side].add(number);
      save();
    },
  };
}
