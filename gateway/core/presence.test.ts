import { describe, expect, test } from "vitest";
import {
  maxAttributes,
  maxInteger,
  maxPageAgeMs,
  maxRowsPerSnapshotPage,
  maxVisitEvents,
  viewTickMs,
} from "../../protocol/limits.ts";
import type { VisitRow } from "../../protocol/rows.ts";
import { settings, type TestVisitor } from "./testing/house.ts";
import { house, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";
import { agent, nextPage, rows, table, tick, watchVisitorsBeforeEach } from "./testing/visitors-table.ts";

watchVisitorsBeforeEach();

describe("the visitors table", () => {
  test("shows who is on the site, where from, with what, and each page change", async () => {
    const visitor = house.visitor();
    visitor.referrer = "https://search.example/?q=tents";
    visitor.attributes = { cart: "€ 129" };
    await visitor.arrives({ identity: { id: "7", name: "Henrik" } });
    tick();
    const [row] = rows();
    expect(row).toMatchObject({
      type: "visitor",
      site: house.site.key,
      state: "browsing",
      name: "Henrik",
      verified: false,
      page: { url: "https://shop.example/", title: "Home" },
      pages: 1,
      referrer: "https://search.example/?q=tents",
      country: "NL",
      city: "Utrecht",
      device: { browser: "Firefox 144", os: "Linux", form: "desktop" },
      cart: "€ 129",
    });
    expect(row?.handle).toMatch(/^[0-9A-Z]{3}$/);
    house.clock.advance(10_000);
    visitor.say({ kind: "page", page: { url: "https://shop.example/cart", title: "Cart", referrer: "" } });
    tick();
    expect(rows()[0]).toMatchObject({ pages: 2, page: { url: "https://shop.example/cart" } });
    expect(rows()[0]?.trail.map((segment) => segment.money)).toEqual([false, true]);
  });

  test("shows a page that claims to be older than anything as old as is believed", async () => {
    const visit = house.visitor().hello().visit;
    if (!visit) throw new Error("a visitor says what page it is on");
    await house.visitor().arrives({ visit: { ...visit, pageAgeMs: maxInteger } });
    tick();
    const oldest = house.clock.now() - viewTickMs - maxPageAgeMs;
    expect(rows()[0]).toMatchObject({ startedAt: oldest, page: { enteredAt: oldest } });
  });

  test("comes from memory: no statement stands on the path", async () => {
    const visitor = await house.visitor().arrives();
    await settle();
    storage.calls.length = 0;
    visitor.say({ kind: "page", page: { url: "https://shop.example/tents", title: "Tents", referrer: "" } });
    tick();
    await settle();
    expect(rows()[0]?.page.title).toBe("Tents");
    expect(storage.calls).toEqual([]);
  });

  test("changes at most once in a tick, encoded once for all who are in step", async () => {
    const others = await Promise.all([1, 2, 3].map(() => house.agentAt().arrives()));
    for (const other of others) other.say({ kind: "watch", view: "visitors" });
    const visitor = await house.visitor().arrives();
    tick();
    const before = agent.socket.of("difference").length;
    for (let index = 0; index < 10; index += 1) {
      visitor.say({ kind: "page", page: { url: `https://shop.example/${index}`, title: "", referrer: "" } });
    }
    tick();
    expect(agent.socket.of("difference").length - before).toBe(1);
    const ids = new Set([agent, ...others].map((one) => one.socket.last("difference")?.id));
    expect(ids.size).toBe(4);
    for (const one of [agent, ...others]) {
      expect(one.socket.last("difference")?.upserts[0]).toMatchObject({ page: { url: "https://shop.example/9" } });
    }
  });

  test("behind a slow link is merged by row, and its numbers have no hole", async () => {
    const visitor = await house.visitor().arrives();
    tick();
    agent.socket.full = true;
    for (let index = 0; index < 5; index += 1) {
      visitor.say({ kind: "page", page: { url: `https://shop.example/${index}`, title: "", referrer: "" } });
      tick();
    }
    const before = agent.socket.of("difference").length;
    agent.socket.drain();
    expect(agent.socket.of("difference").length - before).toBe(1);
    expect(rows()[0]).toMatchObject({ pages: 6, page: { url: "https://shop.example/4" } });
    visitor.say({ kind: "page", page: { url: "https://shop.example/last", title: "", referrer: "" } });
    tick();
    expect(rows()[0]?.page.url).toBe("https://shop.example/last");
  });

  test(`comes in pages of at most ${maxRowsPerSnapshotPage} rows, also over a link that fills up`, async () => {
    for (let index = 0; index < 450; index += 1) {
      await house.visitor({ info: { ipAddress: `198.51.${index % 250}.${index >> 8}` } }).arrives();
    }
    const late = await house.agentAt().arrives();
    late.socket.full = true;
    late.say({ kind: "watch", view: "visitors" });
    const moved = await house.visitor({ info: { ipAddress: "203.0.113.7" } }).arrives();
    moved.say({ kind: "page", page: { url: "https://shop.example/moved", title: "", referrer: "" } });
    tick();
    late.socket.drain();
    tick();
    expect(table(late).size).toBe(451);
    for (const page of late.socket.of("snapshot")) expect(page.rows.length).toBeLessThanOrEqual(maxRowsPerSnapshotPage);
    expect(late.socket.of("snapshot").map((page) => page.last)).toEqual([
      ...late.socket
        .of("snapshot")
        .slice(1)
        .map(() => false),
      true,
    ]);
    for (const text of late.socket.texts) expect(text.length).toBeLessThan(65_536);
  });

  test("is fresh after watching again", async () => {
    await house.visitor().arrives();
    tick();
    const before = agent.socket.last("snapshot")?.id;
    agent.say({ kind: "watch", view: "visitors" });
    expect(agent.socket.last("snapshot")).toMatchObject({ number: 0, last: true });
    expect(agent.socket.last("snapshot")?.id).not.toBe(before);
    expect(rows()).toHaveLength(1);
    agent.say({ kind: "unwatch", view: "visitors" });
    const frames = agent.socket.frames.length;
    await house.visitor().arrives();
    tick();
    expect(agent.socket.frames.slice(frames).filter((frame) => frame.kind === "difference")).toEqual([]);
  });

  test("has no bots", async () => {
    await house.visitor({ info: { userAgent: "search bot" } }).arrives();
    tick();
    expect(rows()).toEqual([]);
    expect(house.core.counts()).toMatchObject({ visitors: 1, visits: 0 });
  });
});

describe("time", () => {
  test("idle after a while, and browsing again with the next page", async () => {
    const visitor = await house.visitor().arrives();
    for (let at = 0; at <= settings.idleMs; at += 10_000) {
      visitor.say({ kind: "heartbeat", nonce: 1, visible: true });
      agent.say({ kind: "heartbeat", nonce: 1, visible: true });
      house.clock.advance(10_000);
    }
    expect(rows()[0]?.state).toBe("idle");
    visitor.say({ kind: "page", page: { url: "https://shop.example/x", title: "", referrer: "" } });
    tick();
    expect(rows()[0]?.state).toBe("browsing");
  });

  test("gone when the last page is left, out of the table after the grace, and the trail can still be joined", async () => {
    const visitor = await house.visitor().arrives();
    visitor.say({ kind: "bye" });
    const leftAt = house.clock.now();
    house.clock.advance(1000);
    tick();
    expect(rows()[0]?.state).toBe("browsing");
    expect(rows()[0]).not.toHaveProperty("leftAt");
    house.clock.advance(4000);
    tick();
    expect(rows()[0]).toMatchObject({ state: "gone", leftAt });
    agent.say({ kind: "heartbeat", nonce: 1, visible: true });
    house.clock.advance(settings.visitGraceMs);
    tick();
    expect(rows()).toEqual([]);
    await nextPage(visitor, "https://shop.example/back");
    tick();
    expect(rows()).toMatchObject([{ pages: 2, state: "browsing" }]);
    expect(rows()[0]).not.toHaveProperty("leftAt");
  });

  test("forgotten after half an hour", async () => {
    const visitor = await house.visitor().arrives();
    visitor.socket.cut();
    house.clock.advance(31 * 60_000);
    expect(house.core.counts().visits).toBe(0);
  });
});

describe("more visits than there is room for", () => {
  test("let those go who are gone the longest, and are written down", async () => {
    const core = await house.addGateway({ maxVisits: 3 });
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((n) => house.visitor({ core, info: { ipAddress: `192.0.2.${n}` } }).arrives()),
    );
    const watcher = await house.agentAt(house.agent, core).arrives();
    watcher.say({ kind: "watch", view: "visitors" });
    for (const left of [second, first] as TestVisitor[]) {
      left.socket.cut();
      house.clock.advance(100);
    }
    const keys = [...table(watcher).keys()];
    const late = house.visitor({ core, info: { ipAddress: "192.0.2.9" } });
    late.title = "Late";
    await late.arrives();
    tick();
    expect(core.counts().visits).toBe(3);
    expect([...table(watcher).keys()].filter((key) => !keys.includes(key))).toHaveLength(1);
    expect([...table(watcher).keys()].filter((key) => keys.includes(key))).toEqual([keys[0], keys[2]]);
    expect(house.counters.get("visits_forgotten_early")).toBe(1);
    house.clock.advance(3000);
    await until(() => house.counters.get("visit_records_saved"));
    await settle();
    const [page] = await house.storage.pageViews(house.tenant, keys[1] ?? "", 9);
    expect(page?.leftAt).not.toBeNull();
    expect(third?.socket.closedWith).toBeNull();
  });

  test("where nobody is gone, whoever comes chats without a visit, and is in the table when there is room", async () => {
    const core = await house.addGateway({ maxVisits: 2 });
    const here = await Promise.all(
      [1, 2].map((n) => house.visitor({ core, info: { ipAddress: `192.0.2.${n}` } }).arrives()),
    );
    const late = await house
      .visitor({ core, info: { ipAddress: "192.0.2.9" } })
      .arrives({ identity: { id: "7", name: "Ada" } });
    late.say({ kind: "page", page: { url: "https://shop.example/x", title: "", referrer: "" } });
    late.say({ kind: "set", attributes: { cart: "1" } }, { kind: "event", name: "order", properties: {} });
    expect(await late.writes("current", "hello")).toMatchObject({ kind: "ack" });
    expect(late.socket.of("error")).toEqual([]);
    expect(core.counts()).toMatchObject({ visitors: 3, visits: 2 });
    expect(house.counters.get("visits_refused")).toBe(1);
    here[0]?.socket.cut();
    late.socket.cut();
    await late.arrives();
    expect(core.counts()).toMatchObject({ visitors: 2, visits: 2 });
    expect(house.counters.get("visits_refused")).toBe(1);
  });
});

describe("what is kept", () => {
  test("page views and visits reach storage in batches behind", async () => {
    const visitor = await house.visitor().arrives();
    house.clock.advance(5000);
    visitor.say({ kind: "page", page: { url: "https://shop.example/two", title: "Two", referrer: "" } });
    visitor.say({ kind: "event", name: "order", properties: { total: 12 } });
    tick();
    const visit = rows()[0]?.key ?? "";
    visitor.say({ kind: "bye" });
    agent.say({ kind: "heartbeat", nonce: 1, visible: true });
    house.clock.advance(settings.visitGraceMs + 3000);
    await until(() => house.counters.get("visit_records_saved"));
    house.clock.advance(3000);
    await settle();
    const pages = await house.storage.pageViews(house.tenant, visit, 10);
    expect(pages.map((page) => page.title).sort()).toEqual(["Home", "Two"]);
    expect(pages.every((page) => page.leftAt !== null)).toBe(true);
    expect(await house.storage.visitEvents(house.tenant, visit, 10)).toMatchObject([{ name: "order" }]);
  });

  test("survives an outage of a minute", async () => {
    storage.down = true;
    const visitor = await house.visitor().arrives();
    tick();
    const visit = rows()[0]?.key ?? "";
    for (let index = 0; index < 30; index += 1) {
      visitor.say({ kind: "page", page: { url: `https://shop.example/${index}`, title: "", referrer: "" } });
      house.clock.advance(2000);
      await settle();
    }
    storage.down = false;
    house.clock.advance(6000);
    await until(() => (house.counters.get("visit_records_saved") ?? 0) >= 30);
    expect(await house.storage.pageViews(house.tenant, visit, 100)).toHaveLength(30);
    expect(house.counters.get("visit_records_dropped")).toBeUndefined();
  });
});

describe("what sites pass", () => {
  test("is limited in number, and cut where it is a secret", async () => {
    const visitor = await house.visitor().arrives();
    const many = Object.fromEntries(Array.from({ length: maxAttributes }, (_, index) => [`a${index}`, index]));
    visitor.say({ kind: "set", attributes: many });
    expect(visitor.socket.of("error")).toEqual([]);
    visitor.say({ kind: "set", attributes: { b: 1 } });
    expect(visitor.socket.last("error")).toMatchObject({ code: "invalid", about: "set" });
    visitor.say({ kind: "set", attributes: { a0: null, b: 2 } });
    visitor.say({
      kind: "page",
      page: { url: "https://user:pass@shop.example/reset?token=abc&lang=nl#frag", title: "", referrer: "javascript:1" },
    });
    for (let index = 0; index < maxVisitEvents + 5; index += 1) {
      house.clock.advance(1000);
      visitor.say({ kind: "heartbeat", nonce: 1, visible: true });
      agent.say({ kind: "heartbeat", nonce: 1, visible: true });
      visitor.say({ kind: "event", name: `e${index}`, properties: {} });
    }
    tick();
    const key = rows()[0]?.key ?? "";
    expect(rows()[0]?.page.url).toBe("https://shop.example/reset?token=…&lang=nl");
    agent.say({ kind: "watch", view: `visit:${key}` });
    const row = agent.socket.of("snapshot").find((frame) => frame.view === `visit:${key}`)?.rows[0] as VisitRow;
    expect(row.attributes).toHaveLength(maxAttributes);
    expect(row.attributes).toContainEqual({ name: "b", value: 2 });
    expect(row.events).toHaveLength(maxVisitEvents);
    expect(row.pages).toHaveLength(2);
  });
});

test("two thousand visitors who change pages before twenty agents cost no statement", async () => {
  const agents = await Promise.all(Array.from({ length: 20 }, () => house.agentAt().arrives()));
  const visitors: TestVisitor[] = [];
  for (let index = 0; index < 2000; index += 1) {
    visitors.push(await house.visitor({ info: { ipAddress: `10.0.${index >> 8}.${index & 255}` } }).arrives());
  }
  for (const one of agents) one.say({ kind: "watch", view: "visitors" });
  await settle();
  storage.calls.length = 0;
  const started = house.counters.get("frames") ?? 0;
  for (const [index, visitor] of visitors.entries()) {
    visitor.say({ kind: "page", page: { url: `https://shop.example/p${index % 50}`, title: "P", referrer: "" } });
    if (index % 50 === 49) tick();
  }
  tick();
  expect((house.counters.get("frames") ?? 0) - started).toBe(2000);
  expect(storage.calls.filter((name) => name !== "saveVisits" && name !== "heads")).toEqual([]);
  for (const one of agents) expect([...table(one).values()].filter((row) => row.pages === 2)).toHaveLength(2000);
});
