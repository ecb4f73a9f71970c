import { describe, expect, test } from "vitest";
import { errorMeanings } from "../../protocol/errors.ts";
import {
  framesPerMinute,
  hellosPerAddressPerMinute,
  helloTimeoutMs,
  hiddenServerDeadMs,
  maxFrameBytes,
  serverDeadMs,
} from "../../protocol/limits.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openHouseBeforeEach({ maxSessions: 20, maxSessionsPerAddress: 5 });

describe("the first frame", () => {
  test("has to come within the hello timeout", () => {
    const socket = house.visitor().dial();
    house.clock.advance(helloTimeoutMs - 1000);
    expect(socket.closedWith).toBeNull();
    house.clock.advance(2000);
    expect(socket.last("error")).toMatchObject({ code: "hello-expected", fatal: true });
    expect(socket.closedWith?.code).toBe(errorMeanings["hello-expected"].closeCode);
  });

  test("has to be a hello, and only the first is one", async () => {
    const early = house.visitor();
    early.dial();
    early.say({ kind: "bye" });
    expect(early.socket.last("error")).toMatchObject({ code: "hello-expected", fatal: true });
    const visitor = await house.visitor().arrives();
    visitor.say(visitor.hello());
    expect(visitor.socket.last("error")).toMatchObject({ code: "hello-repeated", fatal: true });
    expect(visitor.socket.closedWith?.code).toBe(errorMeanings["hello-repeated"].closeCode);
  });

  test("of another version is refused", () => {
    const visitor = house.visitor();
    visitor.dial();
    visitor.say(visitor.hello({ version: 99 }));
    expect(visitor.socket.last("error")).toMatchObject({ code: "unsupported-version", fatal: true });
  });

  test("of a visitor who holds nothing is answered at once and causes no statement", async () => {
    storage.calls.length = 0;
    const visitor = house.visitor();
    visitor.dial();
    visitor.say(visitor.hello());
    expect(visitor.socket.frames.map((frame) => frame.kind)).toEqual(["ok", "log"]);
    expect(visitor.socket.last("log")).toMatchObject({ address: "current", head: 0 });
    expect(visitor.socket.last("log")).not.toHaveProperty("log");
    expect(visitor.socket.last("ok")?.site).toMatchObject({ name: house.site.name, available: false, people: [] });
    await settle();
    expect(storage.calls).toEqual([]);
  });

  test("of a site that does not exist, or from an origin that is not the site's, is refused", async () => {
    const unknown = house.visitor({ site: { ...house.site, key: "no-such-site" } });
    unknown.dial();
    unknown.say(unknown.hello());
    expect(unknown.socket.last("error")).toMatchObject({ code: "unauthenticated", fatal: true });
    const site = await house.addSite(house.tenant, "Strict", { origins: ["https://strict.example"] });
    await house.core.siteChanged(house.tenant);
    for (const origin of ["https://evil.example", "https://strict.example.evil.example", ""]) {
      const visitor = house.visitor({ site });
      visitor.dial({ origin });
      visitor.say(visitor.hello());
      expect(visitor.socket.last("error")).toMatchObject({ code: "origin", fatal: true });
    }
    await house.visitor({ site, info: { origin: "https://strict.example" } }).arrives();
  });
});

describe("bad frames", () => {
  test("of a neighbour are noticed by nobody else", async () => {
    const neighbour = await house.visitor().arrives();
    const noise = [
      "",
      "null",
      "[]",
      "{",
      '{"k":"toString"}',
      '{"k":"__proto__"}',
      "[".repeat(100),
      `"${"x".repeat(maxFrameBytes)}"`,
      '{"k":"publish","p":1}',
      "\ud800",
    ];
    for (const text of noise) {
      const bad = await house.visitor().arrives();
      bad.socket.sayText(text);
      bad.socket.cut();
    }
    neighbour.say({ kind: "heartbeat", nonce: 3, visible: true });
    expect(neighbour.socket.last("heartbeat")?.nonce).toBe(3);
    expect(neighbour.socket.closedWith).toBeNull();
    expect(house.logLines.filter((line) => line.event === "handler-failed")).toEqual([]);
  });

  test("that are unknown are told, and the connection stays; malformed messages end it", async () => {
    const visitor = await house.visitor().arrives();
    visitor.socket.sayText('{"kind":"no-such-frame","k":"no-such-frame"}');
    expect(visitor.socket.last("error")).toMatchObject({ fatal: false });
    expect(visitor.socket.closedWith).toBeNull();
    visitor.socket.sayText("{");
    expect(visitor.socket.last("error")).toMatchObject({ code: "malformed", fatal: true });
    expect(visitor.socket.closedWith?.code).toBe(errorMeanings.malformed.closeCode);
    visitor.socket.sayText("{");
  });

  test("above the size end the connection with its code", async () => {
    const visitor = await house.visitor().arrives();
    visitor.socket.sayText(`"${"x".repeat(maxFrameBytes)}"`);
    expect(visitor.socket.closedWith?.code).toBe(errorMeanings["too-large"].closeCode);
  });

  test("above the rate are not handled, and told so", async () => {
    const visitor = await house.visitor().arrives();
    for (let index = 0; index < framesPerMinute / 4 + 5; index += 1) {
      visitor.say({ kind: "heartbeat", nonce: index + 1, visible: true });
    }
    expect(visitor.socket.last("error")).toMatchObject({ code: "rate", about: "heartbeat", fatal: false });
    house.clock.advance(1000);
    visitor.say({ kind: "heartbeat", nonce: 99_999, visible: true });
    expect(visitor.socket.last("heartbeat")?.nonce).toBe(99_999);
  });

  test("of the other side are forbidden", async () => {
    const visitor = await house.visitor().arrives();
    visitor.say({ kind: "watch", view: "visitors" });
    expect(visitor.socket.last("error")).toMatchObject({ code: "forbidden", about: "watch", fatal: false });
    const agent = await house.agentAt().arrives();
    agent.say({ kind: "page", page: { url: "https://x.example/", title: "", referrer: "" } });
    expect(agent.socket.last("error")).toMatchObject({ code: "forbidden", about: "page" });
  });
});

describe("too many connections", () => {
  test("from one address are refused with busy", async () => {
    const visitors = [];
    for (let index = 0; index < 5; index += 1) visitors.push(await house.visitor().arrives());
    const more = house.visitor();
    const socket = more.dial();
    expect(socket.last("error")).toMatchObject({ code: "busy", fatal: true });
    expect(socket.closedWith?.code).toBe(errorMeanings.busy.closeCode);
    expect(house.visitor().dial({ ipAddress: "192.0.2.2" }).closedWith).toBeNull();
    visitors[0]?.socket.cut();
    expect(house.visitor().dial().closedWith).toBeNull();
  });

  test("from one subscriber's /64 of IPv6 are refused with busy, and so are their hellos", async () => {
    const dial = (ipAddress: string) => house.visitor().dial({ ipAddress });
    for (let index = 0; index < 5; index += 1) dial(`2001:db8:1:2:${index}::1`);
    expect(dial("2001:db8:1:2::").last("error")).toMatchObject({ code: "busy", fatal: true });
    const neighbour = dial("2001:db8:1:3::1");
    expect(neighbour.closedWith).toBeNull();
    neighbour.cut();
    for (let count = 0; count <= hellosPerAddressPerMinute; count += 1) {
      const visitor = house.visitor();
      const socket = visitor.dial({ ipAddress: `2001:db8:1:4:${(count % 65_536).toString(16)}::1` });
      const { visit: _, ...hello } = visitor.hello();
      visitor.say(hello);
      if (count === hellosPerAddressPerMinute) expect(socket.last("error")).toMatchObject({ code: "busy" });
      socket.cut();
    }
  });

  test("one after the other from one address are refused with busy, and it may come back a little later", async () => {
    const comes = () => {
      const visitor = house.visitor();
      const socket = visitor.dial();
      const { visit: _, ...hello } = visitor.hello();
      visitor.say(hello);
      return socket;
    };
    for (let count = 0; count < hellosPerAddressPerMinute; count += 1) comes().cut();
    const refused = comes();
    expect(refused.last("error")).toMatchObject({ code: "busy", fatal: true });
    expect(refused.of("ok")).toEqual([]);
    refused.cut();
    house.clock.advance(60_000 / hellosPerAddressPerMinute + 1);
    expect(comes().of("ok")).toHaveLength(1);
  });

  test("in all are refused with busy", () => {
    for (let index = 0; index < 20; index += 1) house.visitor().dial({ ipAddress: `198.51.100.${index}` });
    expect(house.visitor().dial({ ipAddress: "203.0.113.1" }).last("error")).toMatchObject({ code: "busy" });
  });
});

describe("silence", () => {
  test("ends a visible connection, later a hidden one", async () => {
    const visible = await house.visitor().arrives();
    const hidden = await house.visitor().arrives({ visible: false });
    house.clock.advance(serverDeadMs + 1000);
    expect(visible.socket.closedWith).not.toBeNull();
    expect(hidden.socket.closedWith).toBeNull();
    house.clock.advance(hiddenServerDeadMs);
    expect(hidden.socket.closedWith).not.toBeNull();
  });

  test("of the gateway is broken by heartbeats", async () => {
    const visitor = await house.visitor().arrives();
    house.clock.advance(23_000);
    expect(visitor.socket.of("heartbeat")).toMatchObject([{ nonce: 0 }]);
  });
});

describe("fencing", () => {
  test("the higher incarnation of a producer takes over; the older connection is told", async () => {
    const old = await house.visitor().arrives();
    const before = old.socket;
    await old.arrives();
    expect(old.socket.last("ok")?.fenced).toEqual([]);
    expect(before.last("fenced")).toMatchObject({ producer: old.producer, incarnation: 2 });
    old.incarnation = 0;
    await old.arrives();
    expect(old.socket.last("ok")?.fenced).toEqual([old.producer]);
    expect(await old.publishes("current", { kind: "text", text: "x" })).toMatchObject({ code: "fenced", final: false });
  });

  test("a cloned tab (same incarnation, another nonce) has to take another producer", async () => {
    const tab = await house.visitor().arrives();
    const clone = house.visitor({ secret: tab.secret });
    clone.producer = tab.producer;
    await clone.arrives();
    expect(clone.socket.last("ok")?.fenced).toEqual([tab.producer]);
    expect(tab.socket.of("fenced")).toEqual([]);
    expect(await tab.publishes("current", { kind: "text", text: "still mine" })).toMatchObject({ kind: "ack" });
  });

  test("whoever names a producer of somebody else neither fences it nor learns that it is there", async () => {
    const owner = await house.visitor().arrives();
    const { producer } = owner;
    await owner.writes("current", "mine");
    const other = await house.addTenant("Other");
    await house.core.siteChanged(other.tenant);
    const strangers = [house.visitor(), house.visitor({ site: other.site }), house.agentAt()];
    for (const [index, stranger] of strangers.entries()) {
      Object.assign(stranger, { producer, incarnation: 500 - index });
      await stranger.arrives();
      expect(stranger.socket.last("ok")?.fenced).toEqual([]);
    }
    expect(owner.socket.of("fenced")).toEqual([]);
    for (const stranger of strangers) stranger.socket.cut();
    expect(await owner.publishes("current", { kind: "text", text: "still mine" })).toMatchObject({ kind: "ack" });
  });
});

describe("while storage is down", () => {
  test("ok comes all the same; the thread is pending until storage answers, and nothing is published before", async () => {
    const visitor = await house.visitor().arrives();
    const { log } = await visitor.writes("current", "kept");
    visitor.socket.cut();
    storage.down = true;
    await visitor.arrives({ positions: [{ address: log, epoch: "x.y", seen: 1, delivered: 1, read: 0 }] });
    await settle();
    expect(visitor.socket.of("log")).toEqual([]);
    expect(await visitor.publishes("current", { kind: "text", text: "now" })).toMatchObject({
      code: "busy",
      final: false,
    });
    storage.down = false;
    for (let tries = 0; tries < 5; tries += 1) {
      house.clock.advance(5000);
      visitor.say({ kind: "heartbeat", nonce: 1, visible: true });
      await settle();
    }
    const state = await visitor.socket.receives("log", (frame) => frame.log === log);
    expect(state).toMatchObject({
      address: "current",
      state: "reset",
      ordinals: [{ producer: visitor.producer, ordinal: 1 }],
    });
    await until(() => visitor.socket.eventsOf(log).length === 1);
  });

  test("an agent's log opens when storage is back, with its ordinals", async () => {
    const visitor = await house.visitor().arrives();
    const { log } = await visitor.writes("current", "kept");
    const agent = await house.agentAt().arrives();
    await agent.publishes(log, { kind: "take" });
    await agent.writes(log, "mine");
    storage.down = true;
    agent.say({ kind: "subscribe", position: { address: log, epoch: "", seen: 0, delivered: 0, read: 0 } });
    await settle();
    expect(agent.socket.of("log")).toEqual([]);
    storage.down = false;
    house.clock.advance(1000);
    const state = await agent.socket.receives("log");
    expect(state).toMatchObject({ log, head: 3, ordinals: [{ producer: agent.producer, ordinal: 2 }] });
  });
});

describe("drain", () => {
  test("tells everybody to go, takes nobody new, and closes what is left", async () => {
    const visitor = await house.visitor().arrives();
    const gone = house.core.drain(2000);
    expect(visitor.socket.last("go")).toMatchObject({ withinMs: 2000, reason: "draining" });
    expect(house.visitor().dial().last("error")).toMatchObject({ code: "draining", fatal: true });
    expect(await visitor.publishes("current", { kind: "text", text: "last words" })).toMatchObject({ kind: "ack" });
    for (let turn = 0; turn < 30; turn += 1) {
      house.clock.advance(100);
      await settle();
    }
    await gone;
    expect(visitor.socket.closedWith?.code).toBe(errorMeanings.draining.closeCode);
  });

  test("ends at once when everybody has gone", async () => {
    const visitor = await house.visitor().arrives();
    const gone = house.core.drain(20_000);
    visitor.say({ kind: "bye" });
    house.clock.advance(200);
    await gone;
    expect(house.core.counts().sessions).toBe(0);
  });
});

test("no log line has a message text, a token or a typed character", async () => {
  const visitor = await house.visitor().arrives();
  const token = visitor.socket.last("ok")?.token ?? "";
  await visitor.writes("current", "a very private sentence");
  visitor.say({ kind: "typing", address: "current", active: true, text: "half a private sentence" });
  storage.down = true;
  await visitor.publishes("current", { kind: "text", text: "a third private sentence" });
  storage.down = false;
  const lines = JSON.stringify(house.logLines);
  for (const secret of ["private sentence", token, visitor.secret]) {
    expect(lines).not.toContain(secret);
  }
});
