import { expect, test } from "vitest";
import { createFormat } from "./format.ts";

const english = createFormat("en", "Europe/Berlin");
const chinese = createFormat("zh-CN", "Asia/Shanghai");
const noon = Date.UTC(2026, 7, 14, 10, 5);

test("waits and dwell times count up without ever being negative", () => {
  expect(english.clock(21_000)).toBe("0:21");
  expect(english.clock(252_000)).toBe("4:12");
  expect(english.clock(3_849_000)).toBe("1:04:09");
  expect(english.clock(-5)).toBe("0:00");
});

test("ages are seconds, then a clock", () => {
  expect(english.age(5_400)).toBe("5 s");
  expect(chinese.age(5_400)).toBe("5 秒");
  expect(english.age(80_000)).toBe("1:20");
});

test("times stand in the reader's zone, beside the visitor's own", () => {
  expect(english.time(noon)).toBe("12:05");
  expect(english.timeIn("America/New_York", noon)).toBe("06:05");
  expect(english.timeIn("Nowhere/City", noon)).toBe("");
});

test("a stamp is a time today and a day before", () => {
  expect(english.stamp(noon, noon + 3_600_000)).toBe("12:05");
  expect(english.stamp(noon, noon + 5 * 86_400_000)).toBe("14 Aug");
  expect(english.stamp(noon, noon + 500 * 86_400_000)).toBe("14 Aug 2026");
  expect(chinese.stamp(noon, noon + 5 * 86_400_000)).toBe("8月14日");
});

test("days end at the reader's midnight", () => {
  const beforeMidnight = Date.UTC(2026, 7, 14, 21, 59);
  expect(english.sameDay(beforeMidnight, beforeMidnight + 60_000)).toBe(false);
  expect(chinese.sameDay(beforeMidnight, beforeMidnight + 60_000)).toBe(true);
});

test("unknown codes are shown as they came", () => {
  expect(english.country("NO")).toBe("Norway");
  expect(english.country("<b>")).toBe("<b>");
  expect(english.language("nb-NO")).toBe("Norwegian Bokmål (Norway)");
  expect(english.language("")).toBe("");
});
