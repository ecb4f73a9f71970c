import { expect, test } from "vitest";
import { hostOf, pageHeight, pathOf, standingPages, trailPieces } from "./trail.ts";

const minute = 60_000;
const lengthOf = (pieces: { length: number }[]) => pieces.reduce((sum, piece) => sum + piece.length + 1, 0);

test("the bar grows with the square root of the time and never beyond 96", () => {
  const bar = (minutes: number) => lengthOf(trailPieces([{ enteredAt: 0, money: false }], minutes * minute));
  expect(bar(4)).toBeCloseTo(48, 0);
  expect(bar(16)).toBeCloseTo(96, 0);
  expect(bar(600)).toBeLessThanOrEqual(96);
});

test("each page keeps at least 3 pixels, however many there are", () => {
  const many = Array.from({ length: 60 }, (_, place) => ({ enteredAt: place * 10, money: false }));
  const pieces = trailPieces(many, 30 * minute);
  expect(lengthOf(pieces)).toBeLessThanOrEqual(96.5);
  for (const piece of pieces) expect(piece.length).toBeGreaterThanOrEqual(3);
});

test("cart and checkout are marked, the last page is now", () => {
  const trail = [
    { enteredAt: 0, money: false },
    { enteredAt: minute, money: true },
    { enteredAt: 2 * minute, money: false },
  ];
  expect(trailPieces(trail, 3 * minute).map((piece) => piece.kind)).toEqual(["past", "money", "now"]);
});

test("standing pages end where the next one begins; the last one is still open", () => {
  const pages = [
    { url: "https://s.example/", title: "Home", enteredAt: 1 },
    { url: "https://s.example/a", title: "A", enteredAt: 5 },
  ];
  expect(standingPages(pages, null).map((page) => page.leftAt)).toEqual([5, null]);
  expect(pageHeight(0)).toBe(29);
  expect(pageHeight(3_600_000)).toBe(76);
});

test("addresses are cut for reading, and left alone where they are none", () => {
  expect(pathOf("https://s.example/a/b?c=1#d")).toBe("/a/b?c=1");
  expect(pathOf("app:home")).toBe("home");
  expect(pathOf("<b>")).toBe("<b>");
  expect(hostOf("https://www.google.com/search?q=tent")).toBe("google.com");
  expect(hostOf("")).toBe("");
});
