import { expect, test } from "vitest";
import { highlight, markPieces, matchingEntries, type PaletteEntry } from "./palette-entries.ts";

const entry = (group: PaletteEntry["group"], label: string, detail = ""): PaletteEntry => ({
  key: label,
  group,
  label,
  detail,
  route: { room: "settings" },
});

test("without a word the rooms alone, with one whatever holds it", () => {
  const entries = [entry("goTo", "Visitors"), entry("onSite", "Priya", "Returns"), entry("conversations", "Camille")];
  expect(matchingEntries(entries, "").map(({ label }) => label)).toEqual(["Visitors"]);
  expect(matchingEntries(entries, "RETURN").map(({ label }) => label)).toEqual(["Priya"]);
});

test("no group crowds out the others", () => {
  const entries = Array.from({ length: 50 }, (_, place) => entry("onSite", `Visitor ${place}`));
  expect(matchingEntries(entries, "visitor")).toHaveLength(6);
});

test("the typed word is marked where it stands", () => {
  expect(highlight("Go to Returns", "re")).toEqual([
    { text: "Go to ", hit: false },
    { text: "Re", hit: true },
    { text: "turns", hit: false },
  ]);
  expect(highlight("x", "<b>")).toEqual([{ text: "x", hit: false }]);
});

test("a snippet is cut at its marks and broken marks are left out", () => {
  const pieces = markPieces("tarn 2 tent", [
    [7, 11],
    [0, 4],
    [2, 6],
    [9, 99],
  ]);
  expect(pieces.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(["tarn", "tent"]);
  expect(pieces.map((piece) => piece.text).join("")).toBe("tarn 2 tent");
});
