import { expect, test } from "vitest";
import { accentFor, ownAccent } from "./color.ts";

test("the product's own colours stay as they were drawn", () => {
  expect(accentFor(undefined, false)).toEqual({ fill: ownAccent.light, text: "#ffffff" });
  expect(accentFor(undefined, true)).toEqual({ fill: ownAccent.dark, text: "#04202a" });
  expect(accentFor("red; background: url(x)", false).fill).toBe(ownAccent.light);
});

test.each([
  ["#ffee00", false],
  ["#ffffff", false],
  ["#000000", true],
  ["#202020", true],
])("%s (dark: %s) is told apart from its ground", (color, dark) => {
  expect(accentFor(color, dark).fill).not.toBe(color);
});

test("text on a colour is the one that reads better", () => {
  expect(accentFor("#c0392b", false).text).toBe("#ffffff");
  expect(accentFor("#f5a623", true).text).toBe("#04202a");
});
