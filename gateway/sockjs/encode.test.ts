import { expect, test } from "vitest";
import { closeFrame, decodeTexts, messagesFrame } from "./encode.ts";

test("frames are JSON with a letter before it", () => {
  expect(messagesFrame(["a", 'b"'])).toBe('a["a","b\\""]');
  expect(closeFrame(3000, "Go away!")).toBe('c[3000,"Go away!"]');
});

test("every UTF-16 unit survives, and the fragile ones travel as escapes", () => {
  for (let unit = 0; unit <= 0xffff; unit++) {
    const text = `<${String.fromCharCode(unit)}>`;
    const frame = messagesFrame([text]);
    expect(JSON.parse(frame.slice(1))).toEqual([text]);
    const fragile =
      unit <= 0x1f ||
      (unit >= 0xd800 && unit <= 0xdfff) ||
      (unit >= 0x200c && unit <= 0x200f) ||
      (unit >= 0x2028 && unit <= 0x202f) ||
      (unit >= 0x2060 && unit <= 0x206f) ||
      unit >= 0xfff0;
    if (fragile) expect(frame).toMatch(/^[ -~]+$/);
  }
});

test("one text or a list of texts is understood, nothing else", () => {
  expect(decodeTexts('"a"')).toEqual(["a"]);
  expect(decodeTexts('["a","b"]')).toEqual(["a", "b"]);
  expect(decodeTexts("[]")).toEqual([]);
  for (const bad of ["", "a", "1", "null", "{}", "[1]", '["a",null]', '[["a"]]', '["a"', "[".repeat(100_000)]) {
    expect(decodeTexts(bad)).toBeNull();
  }
});
