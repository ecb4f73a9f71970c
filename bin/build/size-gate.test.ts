import { expect, test } from "vitest";
import type { BuiltFile } from "./output-folder.ts";
import { sizeFaults } from "./size-gate.ts";

function files(sizes: Readonly<Record<string, number>>): Map<string, BuiltFile> {
  return new Map(
    Object.entries(sizes).map(([name, gzip]) => [name, { url: `/${name}`, bytes: gzip * 3, gzip, sha384: "" }]),
  );
}

test("files of exactly the allowed sizes pass", () => {
  expect(sizeFaults(files({ "beckon.js": 9_216, "panel.en.js": 15_360, "admin.js": 500_000 }))).toEqual([]);
});

test("one byte more fails, on first load and in all", () => {
  expect(sizeFaults(files({ "beckon.js": 9_217 }))).toEqual([expect.stringContaining("beckon.js has 9217")]);
  expect(sizeFaults(files({ "beckon.js": 9_216, "panel.en.js": 15_361 }))).toEqual([
    expect.stringContaining("have 24577"),
  ]);
  expect(sizeFaults(files({ "beckon.js": 9_216, "panel.en.js": 1, "panel.zh-CN.js": 15_361 }))).toHaveLength(1);
});
