import { expect, test } from "vitest";
import { catalogues, languageFor } from "./catalogues.ts";

/** `path: kind` of every leaf, so that two catalogues can be compared whole. */
function shapeOf(value: unknown, path = ""): string[] {
  if (typeof value === "string") return [`${path}: text`];
  if (typeof value === "function") return [`${path}: function of ${value.length}`];
  return Object.entries(value as object).flatMap(([key, inner]) => shapeOf(inner, `${path}/${key}`));
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return leaves(value(...Array.from({ length: value.length }, () => 2)));
  return Object.values(value as object).flatMap(leaves);
}

test("both catalogues have one shape", () => {
  expect(shapeOf(catalogues["zh-CN"])).toEqual(shapeOf(catalogues.en));
});

test("no sentence is empty, and none is left in English", () => {
  for (const text of [...leaves(catalogues.en), ...leaves(catalogues["zh-CN"])]) expect(text).not.toBe("");
  const sameInBoth = new Set(["2", "2 ms", "2 2", "WebSocket", "HTTP", "Beckon"]);
  const english = new Set(leaves(catalogues.en).filter((text) => !sameInBoth.has(text)));
  expect(leaves(catalogues["zh-CN"]).filter((text) => english.has(text))).toEqual([]);
});

test("no sentence shouts", () => {
  for (const text of [...leaves(catalogues.en), ...leaves(catalogues["zh-CN"])]) expect(text).not.toMatch(/[!！]/);
});

test("a browser's languages pick the catalogue", () => {
  expect(languageFor(["zh-Hans-CN", "en"])).toBe("zh-CN");
  expect(languageFor(["de", "en-GB"])).toBe("en");
  expect(languageFor([])).toBe("en");
});
