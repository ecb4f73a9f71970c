import { expect, test } from "vitest";
import { findLinks } from "./links.ts";

const urls = (text: string): (string | undefined)[] => findLinks(text).flatMap(({ url }) => (url ? [url] : []));

test.each([
  ["See https://a.example/b.", ["https://a.example/b"]],
  ["(https://a.example/b)", ["https://a.example/b"]],
  ["https://a.example/b_(c), and more", ["https://a.example/b_(c)"]],
  ["请看https://a.example/b。谢谢", ["https://a.example/b"]],
  ["http://a.example?x=1&y=2#z https://b.example", ["http://a.example?x=1&y=2#z", "https://b.example"]],
  ["javascript:alert(1) ftp://a.example data:text/html,x", []],
  ['<a href="https://a.example">x</a>', ["https://a.example"]],
])("%s", (text, expected) => {
  expect(urls(text)).toEqual(expected);
});

test("nothing of the text is lost or doubled", () => {
  const text = "a https://a.example/b). c https://d.example, e";
  expect(
    findLinks(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});
