import { expect, test } from "vitest";
import { enPanel } from "./en.ts";
import { enLauncher } from "./en-launcher.ts";
import { fill } from "./fill.ts";
import { languageOf } from "./language.ts";
import { zhCnPanel } from "./zh-CN.ts";
import { zhCnLauncher } from "./zh-CN-launcher.ts";

/** `path -> places` of every text. */
function shapeOf(texts: object, path = ""): Record<string, string> {
  const shape: Record<string, string> = {};
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value === "object") Object.assign(shape, shapeOf(value, `${path}${name}.`));
    else shape[path + name] = value === "" ? "empty" : (String(value).match(/\{\w+\}/g) ?? []).sort().join();
  }
  return shape;
}

test("both languages have the same texts with the same places", () => {
  expect(shapeOf(zhCnPanel)).toEqual(shapeOf(enPanel));
  expect(shapeOf(zhCnLauncher)).toEqual(shapeOf(enLauncher));
  expect(zhCnPanel.months.split(" ")).toHaveLength(12);
  expect(enPanel.months.split(" ")).toHaveLength(12);
});

test("every place is filled, and what is unknown stays", () => {
  expect(fill("{n} of {m} {x}", { n: 1, m: "two" })).toBe("1 of two {x}");
});

test.each([
  ["zh", "zh-CN"],
  ["zh-Hant-TW", "zh-CN"],
  ["ZH-cn", "zh-CN"],
  ["zha", "en"],
  ["de-DE", "en"],
  ["", "en"],
])("%s reads %s", (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});
