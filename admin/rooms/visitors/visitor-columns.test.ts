import { expect, test } from "vitest";
import { columnsFor } from "./visitor-columns.ts";

const names = (width: number) => columnsFor(width).map((column) => column.name);

test("all columns stand from a window of 1420 px with the sidebar open", () => {
  expect(names(1420 - 212)).toHaveLength(10);
});

test("all columns stand in a window of 1280 px too, with the sidebar and a scroll bar", () => {
  expect(names(1280 - 212 - 15)).toHaveLength(10);
});

test("narrower tables drop came from, device, visits and place, in this order", () => {
  expect(names(1040)).not.toContain("from");
  expect(names(1040)).toContain("device");
  expect(names(884)).toEqual(["visitor", "page", "trail", "time", "place", "cart", "with"]);
  expect(names(760)).not.toContain("place");
  expect(names(760)).toContain("trail");
});
