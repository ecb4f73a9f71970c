import { describe, expect, test } from "vitest";
import { handleOf } from "../../protocol/handle.ts";
import { house } from "./testing/house-of-each-test.ts";
import { until } from "./testing/until.ts";
import { nextPage, rows, table, tick, watchVisitorsBeforeEach } from "./testing/visitors-table.ts";

watchVisitorsBeforeEach();

describe("a trail", () => {
  test("goes on over full page loads before first use, although each has another secret", async () => {
    const first = await house.visitor().arrives();
    first.socket.cut();
    house.clock.advance(1000);
    const second = await nextPage(first, "https://shop.example/tents");
    second.socket.cut();
    await nextPage(second, "https://shop.example/cart");
    tick();
    expect(rows()).toHaveLength(1);
    expect(rows()[0]).toMatchObject({ pages: 3, state: "browsing", page: { url: "https://shop.example/cart" } });
  });

  test("is not joined from another address, browser or site, nor with another referrer", async () => {
    const first = await house.visitor().arrives();
    const site = await house.addSite(house.tenant, "Second");
    await house.core.siteChanged(house.tenant);
    first.socket.cut();
    const url = "https://shop.example/tents";
    await nextPage(first, url, { info: { ipAddress: "192.0.2.99" } });
    await nextPage(first, url, { info: { userAgent: "Chrome 141" } });
    await nextPage(first, url, { site });
    await nextPage(first, url, { referrer: "https://shop.example/elsewhere" });
    tick();
    expect(rows().map((row) => row.pages)).toEqual([1, 1, 1, 1, 1]);
  });

  test("is not joined while its page is open, nor where two trails fit", async () => {
    const first = await house.visitor().arrives();
    const second = await nextPage(first, "https://shop.example/tents");
    tick();
    expect(rows()).toHaveLength(2);
    const twin = await house.visitor().arrives();
    for (const page of [first, second, twin]) page.socket.cut();
    await nextPage(first, "https://shop.example/cart");
    tick();
    expect(rows().filter((row) => row.page.url.endsWith("/cart"))).toMatchObject([{ pages: 1 }]);
  });

  test("goes on from the browser's own address where the site has named its pages otherwise, and when that page is reloaded", async () => {
    const from = { url: "https://shop.example/p?id=7", referrer: "https://search.example/" };
    const first = await nextPage(house.visitor(), from.url, from);
    const named = "https://shop.example/tents/seven";
    first.say({ kind: "page", page: { url: named, title: "Seven", referrer: from.url } });
    first.say({ kind: "page", page: { url: `${named}/photos`, title: "Photos", referrer: from.url } });
    first.socket.cut();
    const reloaded = await nextPage(first, from.url, from);
    reloaded.say({ kind: "page", page: { url: "https://shop.example/p?id=8", title: "", referrer: from.url } });
    reloaded.say({ kind: "page", page: { url: named, title: "", referrer: "https://shop.example/p?id=8" } });
    reloaded.socket.cut();
    await nextPage(first, "https://shop.example/cart", { referrer: "https://shop.example/p?id=8" });
    tick();
    expect(rows()).toMatchObject([{ pages: 7, page: { url: "https://shop.example/cart" } }]);
  });

  test("counts a page that is named again, as after a reconnect, once", async () => {
    const visitor = await house.visitor().arrives();
    const page = { url: "https://shop.example/tents/seven", title: "Seven", referrer: visitor.url };
    visitor.say({ kind: "page", page });
    visitor.socket.cut();
    await visitor.arrives();
    visitor.say({ kind: "page", page });
    tick();
    expect(rows()).toMatchObject([{ pages: 2, page: { url: page.url } }]);
    visitor.say({ kind: "page", page: { ...page, title: "Eight" } });
    tick();
    expect(rows()).toMatchObject([{ pages: 3, page: { title: "Eight" } }]);
  });

  test("keeps the handle that agents saw when the chat is used, in the table, the inbox and the conversation", async () => {
    const first = await house.visitor().arrives();
    tick();
    const seen = rows()[0]?.handle;
    first.socket.cut();
    const second = await nextPage(first, "https://shop.example/tents");
    await second.writes("current", "hello");
    const inboxAgent = await house.agentAt().arrives();
    inboxAgent.say({ kind: "watch", view: "inbox" });
    await until(() => table(inboxAgent, "inbox").size);
    tick();
    expect(rows()).toMatchObject([{ visitor: second.id, handle: seen }]);
    expect([...table(inboxAgent, "inbox").values()]).toMatchObject([{ visitor: second.id, handle: seen }]);
    expect(house.core.handleOf(second.id)).toBe(seen);
    expect(handleOf(first.id)).toBe(seen);
  });

  test("is joined by nobody the next day: the salt is gone", async () => {
    const first = await house.visitor().arrives();
    const left = 86_400_000 - (house.clock.now() % 86_400_000);
    house.clock.jump(left - 1000);
    const before = await nextPage(first, "https://shop.example/late", { referrer: "https://else.example/" });
    before.socket.cut();
    house.clock.jump(2000);
    await nextPage(before, "https://shop.example/cart");
    tick();
    expect(rows().find((row) => row.page.url.endsWith("/cart"))).toMatchObject({ pages: 1 });
  });

  test("of somebody who used the chat is joined by the secret only", async () => {
    const first = await house.visitor().arrives();
    await first.writes("current", "hello");
    first.socket.cut();
    const stranger = await nextPage(first, "https://shop.example/cart");
    tick();
    expect(rows()).toHaveLength(2);
    stranger.socket.cut();
    const own = house.visitor({ secret: first.secret });
    Object.assign(own, { url: "https://shop.example/tents", referrer: "" });
    await own.arrives();
    tick();
    expect(rows().find((row) => row.visitor === first.id)).toMatchObject({ pages: 2, state: "waiting" });
  });

  test("counts a reconnect of the same page load as no second page", async () => {
    const visitor = await house.visitor().arrives();
    visitor.socket.cut();
    await visitor.arrives();
    await visitor.arrives();
    tick();
    expect(rows()).toMatchObject([{ pages: 1 }]);
  });
});
