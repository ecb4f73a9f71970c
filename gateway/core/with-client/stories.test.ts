/** The real client and the real core, one story at a time. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSharedDisk, type SharedDisk } from "../../../protocol/testing/shared-disk.ts";
import { Scene, type Tab } from "../testing/scene.ts";

let scene: Scene;
let disk: SharedDisk;
beforeEach(async () => {
  scene = await Scene.open();
  disk = createSharedDisk(scene.house.clock);
});
afterEach(() => scene.close());

const logOf = (tab: Tab): string => tab.client.log("current")?.log ?? "none";
const conversationOf = (tab: Tab): string => logOf(tab).split("/")[0] as string;
const unsentOf = (...tabs: Tab[]): number[] => tabs.map(({ client }) => client.status().unsent);

/** A visitor who has said "one". */
async function met(): Promise<Tab> {
  const visitor = scene.visitor({ disk });
  visitor.say("one");
  await scene.pass(2000);
  return visitor;
}

/** An agent who reads both logs. */
async function helper(visitor: Tab): Promise<{ agent: Tab; log: string; staff: string }> {
  const log = logOf(visitor);
  const staff = log.replace("public", "staff");
  const agent = scene.agent();
  agent.client.open(log);
  agent.client.open(staff);
  await scene.pass(1000);
  return { agent, log, staff };
}

describe("a visitor", () => {
  it("R5.1 costs no statement before the first message, which finds its conversation", async () => {
    const visitor = scene.visitor({ disk });
    await scene.pass(10_000);
    expect(visitor.client.status().phase).toBe("online");
    const { calls } = scene.storage;
    expect(calls.filter((name) => name !== "recordVisits" && name !== "heads")).toEqual([]);
    visitor.say("one");
    await scene.pass(2000);
    expect(visitor.client.log("current")).toMatchObject({ live: true, seen: 1, head: 1, outbox: [] });
    expect(await scene.stored(conversationOf(visitor))).toEqual(["one"]);
  });
  it("R5.1 a reload draws at once, and goes on where it was", async () => {
    const visitor = await met();
    visitor.reload();
    await scene.pass(10);
    expect(visitor.shown()).toEqual(["one"]);
    visitor.say("two");
    await scene.pass(5000);
    expect(visitor.shown()).toEqual(["one", "two"]);
    expect(await scene.stored(conversationOf(visitor))).toEqual(["one", "two"]);
  });
  it("R7.10 two tabs that speak at once meet in one conversation", async () => {
    const tabs = [scene.visitor({ disk }), scene.visitor({ disk })];
    await scene.pass(1000);
    for (const [index, tab] of tabs.entries()) for (const word of ["a", "b"]) tab.say(`${index} ${word}`);
    await scene.pass(5000);
    const texts = await scene.stored(conversationOf(tabs[0] as Tab));
    for (const index of [0, 1]) {
      expect(texts.filter((text) => text.startsWith(`${index}`))).toEqual([`${index} a`, `${index} b`]);
    }
    for (const tab of tabs) expect(tab.shown()).toEqual(texts);
  });
  it("R4.3 a cloned tab has the same producer: one of the two takes another, and both are heard", async () => {
    const { random } = scene;
    const clone = (): Tab => {
      let made = 0;
      const id = (): string => (made++ < 2 ? `${"cloned".repeat(4).slice(0, 21)}${made}` : random.id());
      return scene.visitor({ page: { random: { id, fraction: () => random.fraction() } } });
    };
    const tabs = [clone(), clone()];
    await scene.pass(1000);
    for (const [index, tab] of tabs.entries()) tab.say(`from ${index}`);
    await scene.pass(10_000);
    const texts = await scene.stored(conversationOf(tabs[0] as Tab));
    expect([...texts].sort()).toEqual(["from 0", "from 1"]);
    for (const tab of tabs) expect(tab.shown()).toEqual(texts);
    expect(unsentOf(...tabs)).toEqual([0, 0]);
  });
  it("R7.8 what a dead page left behind is sent once, before what the living page says", async () => {
    const dead = scene.visitor({ disk, wire: (wire) => (wire.refuse = () => true) });
    for (const text of ["one", "two"]) dead.say(text);
    await scene.pass(1000);
    dead.close();
    const tabs = [scene.visitor({ disk }), scene.visitor({ disk })];
    for (const tab of tabs) tab.client.open("current");
    (tabs[0] as Tab).say("three");
    await scene.pass(60_000);
    expect(await scene.stored(conversationOf(tabs[0] as Tab))).toEqual(["one", "two", "three"]);
    for (const tab of tabs) expect(tab.shown()).toEqual(["one", "two", "three"]);
    expect([...disk.entries.keys()].filter((key) => key.includes("/out/"))).toEqual([]);
  });
  it("R5.1 a page that is loaded again at once, before anything but the outbox was on disk, shows what was acked", async () => {
    const visitor = scene.visitor({ disk });
    visitor.say("one");
    await scene.pass(100, 5);
    expect(visitor.client.status().unsent).toBe(0);
    visitor.reload();
    await scene.pass(5000);
    expect(visitor.shown()).toEqual(["one"]);
  });
  it("R5.1 a tab that was there before the first message sees it, although nobody told its gateway", async () => {
    const [first, second] = [scene.visitor({ disk }), scene.visitor({ disk })];
    second.client.open("current");
    await scene.pass(1000);
    second.wire.refuse = () => true;
    second.wire.cut();
    first.say("one");
    await scene.pass(3000);
    second.wire.refuse = () => false;
    await scene.pass(30_000);
    expect(second.shown()).toEqual(["one"]);
  });
  it("R7.8 what a dead page had sent already is drawn once by the page that takes it over", async () => {
    const dead = scene.visitor({ disk });
    let most = 0;
    const count = (): void => {
      most = Math.max(most, living.shown().filter((text) => text === "two").length);
    };
    const living = scene.visitor({ disk, page: { listener: { changed: () => queueMicrotask(count) } } });
    living.client.open("current");
    dead.say("one");
    await scene.pass(3000);
    dead.wire.deafen("down");
    dead.say("two");
    await scene.pass(50, 5);
    dead.close();
    await scene.pass(60_000, 5);
    expect(living.shown()).toEqual(["one", "two"]);
    expect(most).toBe(1);
    expect([...disk.entries.keys()].filter((key) => key.includes("/out/"))).toEqual([]);
  });
  it("R5.2 a conversation that has vanished is answered for although others remain", async () => {
    const visitor = await met();
    const first = conversationOf(visitor);
    const { agent, log } = await helper(visitor);
    agent.client.publish(log, { kind: "close" });
    await scene.pass(1000);
    await scene.expireReopening();
    visitor.say("two");
    await scene.pass(2000);
    expect(conversationOf(visitor)).not.toBe(first);
    scene.storage.gone.add(first);
    visitor.received.length = 0;
    visitor.wire.cut();
    await scene.pass(60_000);
    const answers = visitor.received.flatMap((text) => JSON.parse(text) as { k: string; a?: string; l?: string });
    const logs = answers.filter(({ k }) => k === "log");
    expect(logs).toContainEqual(expect.objectContaining({ a: log, h: 0 }));
    expect(logs).toContainEqual(expect.objectContaining({ a: "current", l: logOf(visitor) }));
    // Once because of the cut, once to offer again what has vanished; and then there is peace.
    expect(answers.filter(({ k }) => k === "ok")).toHaveLength(2);
  });
});

describe("an agent", () => {
  it("R1.1 opens both logs, answers and notes; the visitor sees the answer, and nothing of the notes", async () => {
    const visitor = await met();
    const { agent, log, staff } = await helper(visitor);
    expect(agent.textsOf(log)).toEqual(["one"]);
    agent.client.publish(staff, { kind: "note", text: "secret note" });
    agent.say("two", log);
    await scene.pass(3000);
    expect(visitor.shown()).toEqual(["one", "two"]);
    expect(agent.textsOf(log)).toEqual(["one", "two"]);
    expect(agent.textsOf(staff)).toEqual(["secret note"]);
    expect(visitor.received.join("\n")).not.toMatch(/staff|note|assigned/);
  });
  it("R5.2 an address behind which there is nothing is answered, and blocks nothing", async () => {
    const agent = scene.agent();
    const nothing = `${scene.random.id()}/public`;
    agent.client.open(nothing);
    agent.say("is anybody there?", nothing);
    await scene.pass(5000);
    expect(agent.failures).toMatchObject([{ code: "not-found" }]);
    expect(agent.client.status()).toMatchObject({ phase: "online", unsent: 0 });
  });
});

describe("faults", () => {
  it("R7.3 lost acks double nothing", async () => {
    const visitor = await met();
    visitor.wire.deafen("down");
    for (const text of ["two", "three"]) visitor.say(text);
    await scene.pass(60_000);
    expect(await scene.stored(conversationOf(visitor))).toEqual(["one", "two", "three"]);
    expect(visitor.shown()).toEqual(["one", "two", "three"]);
    expect(unsentOf(visitor)).toEqual([0]);
  });
  it("R7.3 a cut in the middle of many messages loses nothing", async () => {
    const visitor = await met();
    const said = ["one"];
    for (let index = 2; index <= 12; index += 1) {
      said.push(`m${index}`);
      visitor.say(`m${index}`);
      if (index % 4 === 0) {
        await scene.pass(7, 7);
        visitor.wire.cut();
      }
    }
    await scene.pass(30_000);
    expect(await scene.stored(conversationOf(visitor))).toEqual(said);
    expect(visitor.shown()).toEqual(said);
  });
  it("R7.11 a copied page sends under the producer of its original: both are heard, in their order", async () => {
    const drawn: string[] = [];
    const remembering = { ...scene.random, id: () => drawn[drawn.push(scene.random.id()) - 1] as string };
    const original = scene.visitor({ disk, page: { random: remembering } });
    for (const text of ["one", "two"]) original.say(text);
    await scene.pass(2000);
    // Nonce and producer.
    const again = drawn.slice(0, 2);
    const random = { ...scene.random, id: () => again.shift() ?? scene.random.id() };
    const copy = scene.visitor({ disk, page: { random } });
    for (const text of ["a", "b", "c", "d"]) copy.say(text);
    await scene.pass(30_000);
    original.say("three");
    await scene.pass(30_000);
    expect(await scene.stored(conversationOf(copy))).toEqual(["one", "two", "a", "b", "c", "d", "three"]);
    expect(copy.shown()).toEqual(original.shown());
    expect(unsentOf(original, copy)).toEqual([0, 0]);
  });
  it("R1.1 a gateway is killed: another one on the same storage goes on", async () => {
    const visitor = await met();
    const { agent, log } = await helper(visitor);
    visitor.say("two");
    agent.say("three", log);
    scene.house.clock.advance(20); // they have arrived, and are being committed
    const [gateway] = scene.gateways;
    if (gateway) await scene.replace(gateway, [visitor, agent]);
    visitor.say("four");
    await scene.pass(30_000);
    const texts = await scene.stored(conversationOf(visitor));
    expect([...texts].sort()).toEqual(["four", "one", "three", "two"]);
    expect(texts.filter((text) => text !== "three")).toEqual(["one", "two", "four"]);
    for (const tab of [visitor, agent]) expect(tab.textsOf(log)).toEqual(texts);
    expect(unsentOf(visitor, agent)).toEqual([0, 0]);
  });
  it.each(["busy", "down"] as const)("R7.7 storage is %s for a while: the order stays", async (trouble) => {
    const visitor = await met();
    const { agent, log } = await helper(visitor);
    scene.storage[trouble] = true;
    for (const text of ["v2", "v3", "v4"]) visitor.say(text);
    for (const text of ["a1", "a2"]) agent.say(text, log);
    await scene.pass(5000);
    scene.storage.heal();
    await scene.pass(30_000);
    const texts = await scene.stored(conversationOf(visitor));
    expect(texts.filter((text) => !text.startsWith("a"))).toEqual(["one", "v2", "v3", "v4"]);
    expect(texts.filter((text) => text.startsWith("a"))).toEqual(["a1", "a2"]);
    expect(visitor.shown()).toEqual(texts);
    expect(unsentOf(visitor, agent)).toEqual([0, 0]);
  });
  it("R4.2 storage is down when the visitor comes: the page is online at once, and what it says arrives later", async () => {
    scene.storage.down = true;
    const visitor = scene.visitor({ disk });
    visitor.say("one");
    await scene.pass(5000);
    expect(visitor.client.status()).toMatchObject({ phase: "online", unsent: 1 });
    scene.storage.heal();
    await scene.pass(30_000);
    expect(await scene.stored(conversationOf(visitor))).toEqual(["one"]);
  });
  it("R7.6 a final refusal that was lost is told again, and blocks nothing", async () => {
    const visitor = await met();
    visitor.wire.deafen("down");
    const refused = visitor.client.publish("current", { kind: "edit", target: 1, text: "uno" });
    visitor.say("two");
    await scene.pass(60_000);
    expect(visitor.failures).toMatchObject([{ id: refused, code: "forbidden" }]);
    expect(await scene.stored(conversationOf(visitor))).toEqual(["one", "two"]);
    expect(unsentOf(visitor)).toEqual([0]);
  });
  it("R7.6 the same for an agent", async () => {
    const visitor = await met();
    const { agent, log } = await helper(visitor);
    agent.wire.deafen("down");
    const refused = agent.client.publish(log, { kind: "edit", target: 1, text: "uno" });
    agent.say("two", log);
    await scene.pass(60_000);
    expect(agent.failures).toMatchObject([{ id: refused, code: "forbidden" }]);
    expect(agent.textsOf(log)).toEqual(["one", "two"]);
  });
});

describe("large messages", () => {
  it("R5.9 are read back page by page, none missing", async () => {
    const visitor = await met();
    const texts = Array.from({ length: 70 }, (_, index) => `${index} ${"中".repeat(7900)}`);
    for (const text of texts) {
      visitor.say(text);
      await scene.pass(600);
    }
    const { agent, log } = await helper(visitor);
    await scene.pass(10_000);
    const shown = (): string[] => agent.textsOf(log).map((text) => text.split(" ")[0] as string);
    const from = (): number => agent.client.log(log)?.from ?? 0;
    expect(from()).toBeGreaterThan(1);
    for (let pages = 0; from() > 1 && pages < 71; pages += 1) {
      const done: boolean[] = [];
      agent.client.older(log, 50, (fits) => done.push(fits));
      await scene.pass(500);
      expect(done).toEqual([true]);
    }
    expect(shown()).toEqual(["one", ...texts.map((_, index) => String(index))]);
  });
});
