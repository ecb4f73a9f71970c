import { expect, test } from "vitest";
import type { VisitorRow } from "../../protocol/rows.ts";
import { heldOrder } from "./held-order.ts";
import { amountIn, groupVisitors, inScope, matchesFilter } from "./visitor-groups.ts";

const now = 1_700_000_000_000;
function visitor(key: string, more: Partial<VisitorRow> = {}): VisitorRow {
  return {
    key,
    type: "visitor",
    site: "s",
    siteName: "Northslope",
    verified: false,
    handle: key.toUpperCase(),
    state: "browsing",
    startedAt: now - 60_000,
    page: { url: `https://shop.example/${key}`, title: key, enteredAt: now - 10_000 },
    pages: 1,
    trail: [{ enteredAt: now - 60_000, money: false }],
    referrer: "",
    device: { browser: "Firefox 144", os: "Linux", form: "desktop" },
    locale: "en",
    timeZone: "UTC",
    ...more,
  };
}
const page = (agoMs: number) => ({ page: { url: "u", title: "t", enteredAt: now - agoMs } });

test("those who wait stand on top, longest first; browsing ones by their newest page", () => {
  const rows = [
    visitor("old", page(9_000)),
    visitor("new", page(1_000)),
    visitor("short", { state: "waiting", waitingSince: now - 5_000 }),
    visitor("long", { state: "waiting", waitingSince: now - 250_000 }),
    visitor("talks", { state: "chatting" }),
    visitor("asked", { state: "invited" }),
  ];
  expect(groupVisitors(rows, null)).toEqual([
    { group: "waiting", keys: ["long", "short"] },
    { group: "chatting", keys: ["talks"] },
    { group: "invited", keys: ["asked"] },
    { group: "browsing", keys: ["new", "old"] },
  ]);
});

test("an idle visitor with an agent stays in conversation", () => {
  const rows = [visitor("a", { state: "idle", assignee: { id: "m", name: "Mei" } })];
  expect(groupVisitors(rows, null)).toEqual([{ group: "chatting", keys: ["a"] }]);
});

test("a sort orders within the groups, both ways", () => {
  const rows = [visitor("a", { cart: "€ 1,284" }), visitor("b", { cart: "€ 38.50" }), visitor("c")];
  const byCart = (descending: boolean) => groupVisitors(rows, { column: "cart", descending })[0]?.keys;
  expect(byCart(false)).toEqual(["c", "b", "a"]);
  expect(byCart(true)).toEqual(["a", "b", "c"]);
});

test("carts are read as amounts whatever the marks", () => {
  expect(amountIn("€ 1,284")).toBe(1284);
  expect(amountIn("1.284,50 €")).toBe(1284.5);
  expect(amountIn("¥389")).toBe(389);
  expect(amountIn(undefined)).toBe(0);
});

test("the sidebar's scopes", () => {
  const buyer = visitor("b", { trail: [{ enteredAt: now, money: true }], visits: 3 });
  expect(inScope(buyer, "checkout")).toBe(true);
  expect(inScope(buyer, "returning")).toBe(true);
  expect(inScope(buyer, "idle")).toBe(false);
  expect(inScope(visitor("n"), "returning")).toBe(false);
});

test("a filter wants each of its words somewhere", () => {
  const row = visitor("x", { name: "Henrik Solberg", city: "Tromsø" });
  expect(matchesFilter(row, "solberg tromsø")).toBe(true);
  expect(matchesFilter(row, "solberg oslo")).toBe(false);
  expect(matchesFilter(row, "  ")).toBe(true);
});

test("a held order keeps every row in place and counts the new ones", () => {
  const shown = [{ group: "browsing" as const, keys: ["a", "b", "c"] }];
  const wanted = [{ group: "browsing" as const, keys: ["new1", "c", "a", "new2"] }];
  expect(heldOrder(shown, wanted, true)).toEqual([
    { group: "browsing", keys: ["a", "b", "c"], fresh: ["new1", "new2"] },
  ]);
  expect(heldOrder(shown, wanted, false)).toEqual([{ ...wanted[0], fresh: [] }]);
});

test("a visitor who begins to wait while the order is held does not move, and a new group is counted below", () => {
  const shown = [{ group: "browsing" as const, keys: ["a", "b"] }];
  const wanted = [
    { group: "waiting" as const, keys: ["b", "w"] },
    { group: "browsing" as const, keys: ["a"] },
  ];
  expect(heldOrder(shown, wanted, true)).toEqual([{ group: "browsing", keys: ["a", "b"], fresh: ["w"] }]);
});
