import { describe, expect, test } from "vitest";
import { snippetOf } from "./snippet.ts";

const marked = (text: string, query: string): string[] => {
  const { snippet, marks } = snippetOf(text, query);
  return marks.map(([from, to]) => snippet.slice(from, to));
};

describe("snippets", () => {
  test("mark every word in any case", () => {
    expect(marked("The Tarn 3 and the tarn 2", "TARN")).toEqual(["Tarn", "tarn"]);
    expect(marked("付款页一直转圈，是不是没付成功", "付款")).toEqual(["付款"]);
  });

  test("show the surroundings of the first match in a long text", () => {
    const { snippet, marks } = snippetOf(`${"a ".repeat(300)}needle${" b".repeat(300)}`, "needle");
    expect(snippet.length).toBeLessThanOrEqual(202);
    expect(snippet.startsWith("…")).toBe(true);
    expect(marks).toHaveLength(1);
  });

  test("never cut a character in two, never overlap", () => {
    const { snippet } = snippetOf(`${"😀".repeat(120)}x`, "x");
    expect(() => encodeURIComponent(snippet)).not.toThrow();
    expect(marked("banana", "ana an")).toEqual(["ana"]);
  });

  test("letters whose lower case is longer move no marks", () => {
    expect(marked("İstanbul and more", "more")).toEqual(["more"]);
  });
});
