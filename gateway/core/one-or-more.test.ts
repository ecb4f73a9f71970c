import { expect, test } from "vitest";
import { OneOrMore } from "./one-or-more.ts";

test("one, two and none of a key, in the order in which they came", () => {
  const lists = new OneOrMore<{ name: string }>();
  const [one, two, three] = [{ name: "one" }, { name: "two" }, { name: "three" }];
  expect(lists.of("key")).toEqual([]);
  lists.add("key", one);
  expect(lists.of("key")).toEqual([one]);
  lists.add("key", two);
  lists.add("key", three);
  expect(lists.of("key")).toEqual([one, two, three]);
  lists.remove("key", one);
  expect(lists.of("key")).toEqual([two, three]);
  lists.remove("key", one);
  lists.remove("key", three);
  expect(lists.of("key")).toEqual([two]);
  lists.remove("key", two);
  expect(lists.of("key")).toEqual([]);
  lists.remove("key", two);
  expect(lists.of("another")).toEqual([]);
});
