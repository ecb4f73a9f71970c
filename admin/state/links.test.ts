import { expect, test } from "vitest";
import { isWebAddress, splitLinks } from "./links.ts";

const links = (text: string) => splitLinks(text).flatMap((piece) => (piece.type === "link" ? [piece.url] : []));

test("addresses become links without the sentence around them", () => {
  expect(links("See https://shop.example/tents/tarn-2. Or (http://a.example)?")).toEqual([
    "https://shop.example/tents/tarn-2",
    "http://a.example",
  ]);
  expect(links("请看https://shop.example/帐篷，谢谢")).toEqual(["https://shop.example/帐篷"]);
  expect(links("https://en.example/wiki/Kestrel_(bird)")).toEqual(["https://en.example/wiki/Kestrel_(bird)"]);
});

test("nothing else does", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "www.shop.example",
    "mailto:a@b.example",
    "<a href=x>",
  ]) {
    expect(links(text)).toEqual([]);
  }
  expect(isWebAddress("javascript:alert(1)")).toBe(false);
  expect(isWebAddress("https://shop.example/x")).toBe(true);
});

test("no character is lost", () => {
  for (const text of ["", "plain", "a https://b.example/c?d=e#f, g", "https://x.example"]) {
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  }
});
