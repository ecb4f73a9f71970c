import { expect, test } from "vitest";
import { parseRoute, type Route, routeHash } from "./router.ts";

const routes: Route[] = [
  { room: "visitors", scope: "all" },
  { room: "visitors", scope: "checkout" },
  { room: "inbox", group: null },
  { room: "inbox", group: "closed" },
  { room: "conversation", id: "Yc7-_a", at: null },
  { room: "conversation", id: "Yc7-_a", at: { log: "staff", seq: 17 } },
  { room: "settings" },
  { room: "me" },
];

test.each(routes)("an address leads back to its room: %o", (route) => {
  expect(parseRoute(routeHash(route))).toEqual(route);
});

test("an address that means nothing leads to the visitors", () => {
  for (const hash of ["", "#", "#/nowhere", "#/conversation", "#/visitors/<b>"]) {
    expect(parseRoute(hash)).toEqual({ room: "visitors", scope: "all" });
  }
  expect(parseRoute("#/conversation/x/public/-1")).toEqual({ room: "conversation", id: "x", at: null });
});
