import { expect, it } from "vitest";
import { Silence } from "./silence.ts";

it("counts what waited, until the first of it was acked", () => {
  const silence = new Silence();
  expect(silence.waited(0, 5)).toBe(0);
  silence.wrote("a", 10);
  silence.acked("of before", 11);
  silence.wrote("b", 20);
  expect(silence.waited(100, 109)).toBe(0);
  expect(silence.waited(100, 110)).toBe(2);
  silence.acked("b", 120);
  silence.wrote("c", 130);
  expect(silence.waited(100, 500)).toBe(2);
  expect(silence.waited(111, 500)).toBe(0);
});
