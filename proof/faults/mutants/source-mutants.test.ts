import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceMutantNames, sourceMutants } from "./source-mutants.ts";

it.each(sourceMutantNames)("the words that %s replaces stand in the source, once", (name) => {
  const { file, words } = sourceMutants[name];
  const source = readFileSync(join(import.meta.dirname, "..", "..", "..", file), "utf8");
  expect(source.split(words)).toHaveLength(2);
});
