import { describe, expect, it } from "vitest";
import {
  agentCredential,
  clock,
  database,
  disk,
  gateway,
  openGatewayBeforeEach,
  page,
  published,
  random,
  say,
  started,
  wire,
} from "./testing/pages-and-gateway.ts";
import { createSharedDisk } from "./testing/shared-disk.ts";
import { createWire } from "./testing/wire.ts";

openGatewayBeforeEach();

describe("publishing", () => {
  it("R1.2 a message goes out, is acked and stands in the log once", () => {
    const one = started();
    say(one, "hello");
    expect(one.client.status().unsent).toBe(1);
    clock.advance(500);
    expect(database.texts()).toEqual(["hello"]);
    expect(one.shown()).toEqual(["hello"]);
    expect(one.client.status().unsent).toBe(0);
    expect(one.client.log("current")?.outbox).toEqual([]);
  });
  it("R7.1 stands on disk before it is sent, and leaves it on the ack", () => {
    const one = started();
    wire.deafen("up");
    say(one, "hello");
    clock.advance(50);
    expect([...disk.entries.keys()].filter((key) => key.includes("/out/"))).toHaveLength(1);
    clock.advance(30_000);
    expect(database.texts()).toEqual(["hello"]);
    expect([...disk.entries.keys()].filter((key) => key.includes("/out/"))).toEqual([]);
  });
  it("R7.1 an event of somebody else with the same id drops nothing", () => {
    const one = started();
    say(one, "first");
    clock.advance(500);
    gateway.refuse = ({ body }) => ("text" in body && body.text === "mine" ? { code: "busy", final: false } : null);
    const id = say(one, "mine");
    const log = one.client.logs()[0]?.log ?? "";
    let nextId = "";
    const copying = { ...random, id: () => nextId || random.id() };
    const other = started({ credential: agentCredential, scope: "agent", random: copying });
    other.client.open(log);
    nextId = id;
    expect(say(other, "theirs", log)).toBe(id);
    nextId = "";
    clock.advance(1_000);
    expect(one.shown()).toEqual(["first", "theirs", "mine"]);
    expect(one.client.status().unsent).toBe(1);
    gateway.refuse = () => null;
    clock.advance(10_000);
    expect(database.texts()).toEqual(["first", "theirs", "mine"]);
    expect(one.client.status().unsent).toBe(0);
  });
  it("R7.1 nothing is written before first use", () => {
    const one = started({ remember: false });
    clock.advance(60_000);
    expect(disk.entries.size).toBe(0);
    say(one, "hello");
    clock.advance(5_000);
    expect([...disk.entries.keys()].some((key) => key.startsWith("shop/one/log/"))).toBe(true);
  });
  it("R7.1 a full disk: the message is sent from memory, and the status says so", () => {
    const store = disk.page();
    store.failWith("full");
    const one = started({ store });
    say(one, "hello");
    clock.advance(500);
    expect(one.client.status().durability).toBe("memory");
    expect(database.texts()).toEqual(["hello"]);
  });
  it("R7.2 a visitor without a conversation publishes at once after ok, and costs nothing before", () => {
    const one = started();
    expect(wire.upstream.map((text) => (JSON.parse(text) as { ps?: unknown[] }).ps)[0]).toEqual([]);
    say(one, "hello");
    clock.advance(500);
    expect(one.client.log("current")).toMatchObject({ live: true, seen: 1, head: 1 });
  });
  it("R7.2 nothing is sent to an address that the hello named before its log frame", () => {
    const held: (() => void)[] = [];
    const slow = createWire(clock, (end) =>
      gateway.connect({
        ...end,
        send: (text) => (text.includes('"k":"log"') ? held.push(() => end.send(text)) : end.send(text)),
      }),
    );
    slow.refuse = () => true;
    const one = started({ wire: slow });
    say(one, "hello");
    clock.advance(50);
    slow.refuse = () => false;
    clock.advance(4_000);
    const published = (): number => slow.upstream.filter((text) => text.includes('"publish"')).length;
    expect(one.client.status().phase).toBe("online");
    expect(published()).toBe(0);
    for (const release of held) release();
    clock.advance(100);
    expect(published()).toBe(1);
    expect(database.texts()).toEqual(["hello"]);
  });
  it("R7.3 a lost ack doubles nothing", () => {
    const one = started();
    wire.deafen("down");
    say(one, "hello");
    clock.advance(60_000);
    expect(database.texts()).toEqual(["hello"]);
    expect(one.client.status().unsent).toBe(0);
    expect(one.shown()).toEqual(["hello"]);
  });
  it("R7.5 after a gap that it cannot fill, all goes out under a new producer", () => {
    const one = started();
    say(one, "one");
    clock.advance(500);
    database.state.ordinals = {};
    say(one, "two");
    say(one, "three");
    clock.advance(5_000);
    expect(database.texts()).toEqual(["one", "two", "three"]);
  });
  it("R7.6 a final refusal blocks nothing behind it, and stays on the screen until it is discarded", () => {
    gateway.refuse = ({ body }) => ("text" in body && body.text === "bad" ? { code: "forbidden", final: true } : null);
    const one = started();
    const bad = say(one, "bad");
    say(one, "good");
    clock.advance(500);
    expect(database.texts()).toEqual(["good"]);
    expect(one.client.status().unsent).toBe(0);
    expect(one.client.log("current")?.outbox).toMatchObject([{ id: bad, state: "failed", code: "forbidden" }]);
    one.client.discard(bad);
    expect(one.client.log("current")?.outbox).toEqual([]);
  });
  it("R7.7 busy: the order stays", () => {
    let busy = 3;
    gateway.refuse = () => (busy-- > 0 ? { code: "busy", final: false, retryAfterMs: 300 } : null);
    const one = started();
    for (const text of ["one", "two", "three"]) say(one, text);
    clock.advance(10_000);
    expect(database.texts()).toEqual(["one", "two", "three"]);
  });
  it("R7.7 rate: what waits is not sent over and over until there is room for all of it", () => {
    let allowed = 0;
    gateway.refuse = () => (allowed-- > 0 ? null : { code: "rate", final: false, retryAfterMs: 500 });
    const one = started();
    for (let n = 1; n <= 100; n += 1) say(one, `m${n}`);
    for (let seconds = 0; seconds < 60; seconds += 1) {
      allowed = 2;
      clock.advance(1000);
    }
    expect(database.texts()).toHaveLength(100);
    const sent = wire.upstream.join().match(/"k":"publish"/g) ?? [];
    expect(sent.length).toBeLessThan(500);
  });
  it("R7.8 what a dead page left behind goes out first, by one living page", () => {
    const store = disk.page();
    wire.refuse = () => true;
    const dead = started({ store });
    say(dead, "one");
    say(dead, "two");
    clock.advance(50);
    store.die();
    dead.client.stop();
    wire.refuse = () => false;
    const [first, second] = [page(), page()];
    first.client.start();
    second.client.start();
    say(first, "three");
    clock.advance(60_000);
    expect(database.texts()).toEqual(["one", "two", "three"]);
    expect(second.client.status().unsent).toBe(0);
    expect([...disk.entries.keys()].filter((key) => key.includes("/out/"))).toEqual([]);
  });
  it("R7.2 what was stored when the link died is not sent again", () => {
    const one = started();
    say(one, "one");
    clock.advance(500);
    wire.deafen("down");
    say(one, "two");
    clock.advance(500);
    expect(database.texts()).toEqual(["one", "two"]);
    expect(one.client.status().unsent).toBe(1);
    wire.cut();
    clock.advance(5_000);
    expect(one.client.status().unsent).toBe(0);
    expect(published()).toEqual(["one", "two"]);
  });
  it("R7.11 the first message under a producer goes alone; what follows its ack does not wait", () => {
    wire.latencyMs = () => 100;
    const one = started();
    clock.advance(1_000);
    for (const text of ["one", "two", "three"]) say(one, text);
    clock.advance(150);
    expect(published()).toEqual(["one"]);
    clock.advance(100);
    for (const text of ["four", "five"]) say(one, text);
    clock.advance(130);
    expect(published()).toEqual(["one", "two", "three", "four", "five"]);
  });
  it.each([
    { place: "a thread that it holds", holds: true },
    { place: "a thread that it does not know of", holds: false },
  ])("R7.11 a page with the producer of another one loses nothing, and keeps its order: $place", ({ holds }) => {
    const drawn: string[] = [];
    const original = started({ random: { ...random, id: () => drawn[drawn.push(random.id()) - 1] as string } });
    for (const text of ["one", "two", "three", "four"]) say(original, text);
    clock.advance(5_000);
    // Nonce and producer, and other messages.
    const again = drawn.slice(0, 2);
    wire.refuse = () => true;
    const store = holds ? disk.page() : createSharedDisk(clock).page();
    const copy = started({ store, random: { ...random, id: () => again.shift() ?? random.id() } });
    const said = ["a", "b", "c", "d", "e", "f"];
    for (const text of said) say(copy, text);
    clock.advance(100);
    wire.refuse = () => false;
    clock.advance(30_000);
    expect(wire.upstream.filter((text) => text.includes(`"hello"`) && text.includes(drawn[1] as string))).toHaveLength(
      2,
    );
    say(original, "five");
    clock.advance(30_000);
    expect(database.texts()).toEqual(["one", "two", "three", "four", ...said, "five"]);
    expect([original, copy].map(({ client }) => client.status().unsent)).toEqual([0, 0]);
  });
  it("R3.3 half of a surrogate pair never leaves the page", () => {
    const one = started();
    say(one, "broken \ud83d, whole \ud83d\ude00");
    clock.advance(500);
    expect(database.texts()).toEqual(["broken \ufffd, whole \ud83d\ude00"]);
  });
  it("an agent and a visitor see each other", () => {
    const visitor = started();
    say(visitor, "hello");
    clock.advance(500);
    const log = visitor.client.log("current")?.log as string;
    const agent = started({ credential: agentCredential, scope: "agent/one", store: createSharedDisk(clock).page() });
    agent.client.open(log);
    clock.advance(500);
    expect(agent.shown()).toEqual(["hello"]);
    say(agent, "what can I do for you?", log);
    clock.advance(500);
    expect(visitor.shown()).toEqual(["hello", "what can I do for you?"]);
    expect(agent.shown()).toEqual(["hello", "what can I do for you?"]);
  });
});

describe("shutdown", () => {
  it("waits for what is unsent, then leaves nothing behind", () => {
    const one = started();
    say(one, "hello");
    const unsent: unknown[] = [];
    one.client.shutdown(5_000, (left) => unsent.push(left));
    clock.advance(1_000);
    expect(unsent).toEqual([[]]);
    expect(database.texts()).toEqual(["hello"]);
    clock.advance(10_000);
    expect(disk.entries.size).toBe(0);
  });
  it("tells what could not go", () => {
    wire.refuse = () => true;
    const one = started();
    const id = say(one, "hello");
    const unsent: { id: string }[][] = [];
    one.client.shutdown(5_000, (left) => unsent.push(left));
    clock.advance(10_000);
    expect(unsent).toMatchObject([[{ id }]]);
    expect(disk.entries.size).toBe(0);
  });
});
