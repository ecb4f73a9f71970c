import { beforeEach, describe, expect, it } from "vitest";
import type { Credential } from "./frames.ts";
import { probeTimeoutMs } from "./limits.ts";
import { createDatabase, createGateway, type Database, type Gateway } from "./testing/model-server.ts";
import { openPage, type TestPage, type TestPageOptions } from "./testing/page.ts";
import { createSeededRandom, type SeededRandom } from "./testing/seeded-random.ts";
import { createSharedDisk, type SharedDisk } from "./testing/shared-disk.ts";
import { createVirtualClock, type VirtualClock } from "./testing/virtual-clock.ts";
import { createWire, type Wire } from "./testing/wire.ts";

let clock: VirtualClock;
let random: SeededRandom;
let database: Database;
let gateway: Gateway;
let wire: Wire;
let disk: SharedDisk;

beforeEach(() => {
  clock = createVirtualClock();
  random = createSeededRandom(7);
  database = createDatabase();
  gateway = createGateway(database, clock, random);
  wire = createWire(clock, (end) => gateway.connect(end));
  disk = createSharedDisk(clock);
});

const page = (more: Partial<TestPageOptions> = {}): TestPage =>
  openPage({ clock, random, wire, store: disk.page(), ...more });
const started = (more: Partial<TestPageOptions> = {}): TestPage => {
  const opened = page(more);
  opened.client.start();
  clock.advance(100);
  return opened;
};
const say = ({ client }: TestPage, text: string, address = "current"): string =>
  client.publish(address, { kind: "text", text });
/** Texts of what was sent, in order, as often as it was sent. */
const published = (): string[] =>
  wire.upstream
    .filter((text) => text.includes('"publish"'))
    .map((text) => (JSON.parse(text) as { b: { x: string } }).b.x);
const hellos = (): number => wire.upstream.filter((text) => text.includes('"hello"')).length;
const agentCredential: Credential = { role: "agent", token: "agent-one" };

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

describe("logs", () => {
  const conversation = (texts: string[]): { visitor: TestPage; log: string } => {
    const visitor = started();
    for (const text of texts) say(visitor, text);
    clock.advance(1_000);
    return { visitor, log: visitor.client.log("current")?.log as string };
  };
  const agentOn = (log: string): TestPage => {
    const agent = started({ credential: agentCredential, scope: "agent/one", store: createSharedDisk(clock).page() });
    agent.client.open(log);
    clock.advance(500);
    return agent;
  };
  it("R5.1 a reload draws at once from the disk, and resumes where it was", () => {
    conversation(["one", "two"]);
    clock.advance(2_000);
    wire.refuse = () => true;
    const again = started();
    expect(again.shown()).toEqual(["one", "two"]);
    expect(again.client.log("current")?.live).toBe(false);
    wire.refuse = () => false;
    clock.advance(60_000);
    expect(again.client.log("current")).toMatchObject({ live: true, seen: 2 });
  });
  it("R5.4 history comes in pages, older ones on demand", () => {
    const { visitor, log } = conversation(Array.from({ length: 130 }, (_, i) => `m${i + 1}`));
    clock.advance(60_000);
    expect(visitor.client.log("current")?.seen).toBe(130);
    const agent = agentOn(log);
    expect(agent.client.log(log)).toMatchObject({ from: 81, seen: 130 });
    const answers: boolean[] = [];
    agent.client.older(log, 50, (ok) => answers.push(ok));
    clock.advance(500);
    agent.client.older(log, 50, (ok) => answers.push(ok));
    clock.advance(500);
    expect(answers).toEqual([true, true]);
    expect(agent.shown()).toEqual(Array.from({ length: 130 }, (_, i) => `m${i + 1}`));
    agent.client.older(log, 50, (ok) => answers.push(ok));
    expect(answers).toEqual([true, true, false]);
  });
  it("R5.4 a hole is filled at once", () => {
    const { visitor, log } = conversation(["one"]);
    for (const { logs } of gateway.sessions) (logs.get(log) as { at: number }).at += 1;
    say(visitor, "two");
    say(visitor, "three");
    clock.advance(200);
    expect(visitor.client.log("current")).toMatchObject({ seen: 3, head: 3 });
    expect(visitor.shown()).toEqual(["one", "two", "three"]);
  });
  it("R5.5 the loss of the last hint is noticed", () => {
    const { visitor, log } = conversation(["one"]);
    const agent = agentOn(log);
    const cursors = gateway.sessions.map(({ logs }) => logs.get(log)).filter((cursor) => cursor !== undefined);
    for (const cursor of cursors) cursor.at += 1;
    say(agent, "two", log);
    clock.advance(30_000);
    expect(agent.shown()).toEqual(["one", "two"]);
    expect(visitor.shown()).toEqual(["one", "two"]);
  });
  it("R5.6 an edit and a deletion change what is held", () => {
    const { visitor, log } = conversation(["one", "two"]);
    const agent = agentOn(log);
    visitor.client.publish("current", { kind: "edit", target: 1, text: "uno" });
    visitor.client.publish("current", { kind: "delete", target: 2 });
    clock.advance(500);
    for (const { client } of [visitor, agent]) {
      const events = client.log(log)?.events ?? [];
      expect(events[0]).toMatchObject({ body: { kind: "text", text: "uno" }, editedAt: expect.any(Number) });
      expect(events[1]).toMatchObject({ body: { kind: "text", text: "" }, deletedAt: expect.any(Number) });
    }
  });
  it("R5.7 a note waits for the public message that it came after", () => {
    const { log } = conversation(["one"]);
    const staff = log.replace("public", "staff");
    const agent = agentOn(log);
    agent.client.open(staff);
    clock.advance(500);
    const sent = database.state.conversations[0];
    if (!sent) throw new Error("no conversation");
    sent.logs.staff.push({ ...(sent.logs.public[0] as (typeof sent.logs.public)[0]), after: 2, id: random.id() });
    clock.advance(10_000);
    expect(agent.client.log(staff)).toMatchObject({ seen: 1, events: [] });
    say(agent, "two", log);
    clock.advance(500);
    expect(agent.client.log(staff)?.events).toHaveLength(1);
  });
  it("R5.8 cursors of both sides arrive, and never move back", () => {
    const { visitor, log } = conversation(["one", "two"]);
    const agent = agentOn(log);
    clock.advance(500);
    expect(visitor.client.log("current")?.agents).toEqual({ delivered: 2, read: 0 });
    agent.client.receipt(log, 2, 2);
    clock.advance(500);
    agent.client.receipt(log, 1, 1);
    clock.advance(500);
    expect(visitor.client.log("current")?.agents).toEqual({ delivered: 2, read: 2 });
  });
  it("R10.1 what a restore took away comes back from the pages, once and in order", () => {
    const { visitor, log } = conversation(["one", "two"]);
    const backup = database.backup();
    say(visitor, "three");
    clock.advance(2_000);
    gateway.kill();
    wire.cut();
    database.restore(backup);
    say(visitor, "four");
    clock.advance(30_000);
    expect(database.texts()).toEqual(["one", "two", "three", "four"]);
    expect(visitor.shown()).toEqual(["one", "two", "three", "four"]);
    expect(visitor.client.log("current")).toMatchObject({ log, epoch: "g2", live: true });
  });
  it("R5.2 a log that was not there when it was opened is opened when it comes to be", () => {
    const { log } = conversation(["one"]);
    const { conversations } = database.state;
    database.state.conversations = [];
    const agent = agentOn(log);
    database.state.conversations = conversations;
    expect(agent.client.log(log)).toMatchObject({ live: false });
    say(agent, "two", log);
    clock.advance(500);
    expect(agent.client.log(log)).toMatchObject({ live: true, seen: 2 });
    expect(agent.shown()).toEqual(["one", "two"]);
  });
});

describe("connection", () => {
  it("R5.1 an agent with more open logs than a hello may name is not locked out", () => {
    const agent = page({ credential: agentCredential });
    for (let i = 0; i < 250; i++) agent.client.open(`${random.id()}/public`);
    agent.client.start();
    clock.advance(1_000);
    expect(agent.client.status().phase).toBe("online");
  });
  it("R4.3 a page whose producer somebody else has goes on under a new one", () => {
    const one = started();
    say(one, "one");
    clock.advance(500);
    for (const [, fence] of database.fences) fence.incarnation = Number.MAX_SAFE_INTEGER;
    wire.cut();
    say(one, "two");
    clock.advance(10_000);
    expect(database.texts()).toEqual(["one", "two"]);
  });
  it("R4.4 a carrier that opens and stays silent is left; a better one is probed and taken", () => {
    wire.swallow = (name) => name === "websocket";
    const one = started({ carriers: ["websocket", "xhr-polling"] });
    expect(one.client.status().phase).toBe("connecting");
    clock.advance(5_000);
    expect(one.client.status()).toMatchObject({ phase: "online", carrier: "xhr-polling" });
    wire.swallow = () => false;
    clock.advance(65_000);
    expect(one.client.status()).toMatchObject({ phase: "online", carrier: "websocket" });
    expect(wire.open()).toBe(1);
  });
  it("R4.4 the carrier that worked is tried first after a reload", () => {
    wire.refuse = (name) => name === "websocket";
    started({ carriers: ["websocket", "xhr-polling"] }).client.stop();
    clock.advance(5_000);
    started({ carriers: ["websocket", "xhr-polling"] });
    clock.advance(5_000);
    const again = page({ carriers: ["websocket", "xhr-polling"] });
    again.client.start();
    clock.advance(10);
    expect(again.client.status().carrier).toBe("xhr-polling");
  });
  it("R4.5 tries come ever later while nothing answers, within bounds", () => {
    wire.refuse = () => true;
    const one = started();
    const waits: number[] = [];
    for (let i = 0; i < 400; i++) {
      const { phase, nextTryAt } = one.client.status();
      if (phase === "waiting") waits.push(nextTryAt - clock.monotonic());
      clock.advance(500);
    }
    expect(Math.max(...waits)).toBeGreaterThan(5_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });
  it("R4.6 a carrier that dies early twice is demoted", () => {
    const one = started({ carriers: ["websocket", "xhr-polling"] });
    for (let i = 0; i < 2; i++) {
      expect(one.client.status().carrier).toBe("websocket");
      wire.cut();
      clock.advance(5_000);
    }
    expect(one.client.status()).toMatchObject({ phase: "online", carrier: "xhr-polling" });
  });
  it.each(["up", "down"] as const)("R4.7 a link that is deaf %sward is replaced", (way) => {
    const one = started();
    wire.deafen(way);
    one.client.wake();
    clock.advance(1_000);
    // The server's own heartbeats prove one direction only.
    gateway.sessions[0]?.end.send('{"k":"heartbeat","nc":0,"now":1,"hs":[]}');
    clock.advance(2_500);
    expect(hellos()).toBe(2);
    clock.advance(1_000);
    expect(one.client.status().phase).toBe("online");
  });
  it("R4.7 the device says offline: the link counts as lost until it answers, and one that answers stays", () => {
    const phases: string[] = [];
    const one = started({
      listener: { status: ({ phase, troubleSince }) => phases.push(`${phase} ${troubleSince < 0}`) },
    });
    phases.length = 0;
    one.client.doubt();
    expect(phases).toEqual(["connecting false"]);
    clock.advance(1_000);
    expect(phases.at(-1)).toBe("online true");
    clock.advance(60_000);
    expect(hellos()).toBe(1);
  });
  it("R4.7 the device says offline and nothing answers: the link is replaced", () => {
    const one = started();
    wire.deafen("both");
    one.client.doubt();
    clock.advance(probeTimeoutMs + 500);
    expect(hellos()).toBe(2);
    expect(one.client.status().phase).toBe("online");
  });
  it("R4.7 back online beside a dead link: what was written goes out at once, not after a time-out", () => {
    const one = started();
    wire.deafen("both");
    wire.refuse = () => true;
    one.client.doubt();
    say(one, "in the tunnel");
    clock.advance(1_000);
    wire.refuse = () => false;
    one.client.wake();
    clock.advance(100);
    expect(database.texts()).toEqual(["in the tunnel"]);
    expect(one.client.status()).toMatchObject({ phase: "online", unsent: 0, troubleSince: -1 });
    expect(wire.open()).toBe(1);
  });
  it("R4.9 a leaving gateway: the old link serves until the new one is ok", () => {
    const phases = new Set<string>();
    started({ listener: { status: ({ phase }) => phases.add(phase) } });
    phases.clear();
    gateway.go(2_000);
    clock.advance(3_000);
    expect(hellos()).toBe(2);
    expect([...phases]).toEqual(["online"]);
    expect(wire.open()).toBe(1);
  });
  it("R4.10 a rejected login ends dialling", () => {
    const one = started();
    gateway.sessions[0]?.end.send('{"k":"error","code":"revoked","detail":"","fatal":true}');
    clock.advance(100);
    expect(one.rejected).toEqual(["revoked"]);
    expect(one.client.status().phase).toBe("stopped");
    clock.advance(120_000);
    expect(wire.open()).toBe(0);
  });
  it("R11.2 typing is sent at most every tick, the newest words last", () => {
    const one = started();
    for (const text of ["a", "ab", "abc"]) one.client.typing("current", true, text);
    clock.advance(1_000);
    const typed = wire.upstream.filter((text) => text.includes('"typing"'));
    expect(typed.map((text) => (JSON.parse(text) as { x: string }).x)).toEqual(["a", "abc"]);
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
