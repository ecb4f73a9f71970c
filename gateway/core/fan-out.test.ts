import { describe, expect, test } from "vitest";
import { maxFrameBytes, maxTextChars, windowEvents } from "../../protocol/limits.ts";
import type { Bus } from "../bus/bus.ts";
import { chat, text, textsOf } from "./testing/chat.ts";
import { newId } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openHouseBeforeEach();

describe("fan-out", () => {
  test("a full link misses nothing: it is served from storage when it drains", async () => {
    const { visitor, agent, log } = await chat();
    agent.socket.full = true;
    for (const words of ["a", "b", "c"]) await visitor.writes("current", words);
    await settle();
    expect(textsOf(agent, log)).toEqual(["first"]);
    agent.socket.drain();
    await until(() => textsOf(agent, log).length === 4);
    expect(textsOf(agent, log)).toEqual(["first", "a", "b", "c"]);
  });

  test("answers that a full link did not take are sent when it drains, in order", async () => {
    const { agent, log } = await chat();
    agent.socket.full = true;
    const frames = ["a", "b"].map((words) => agent.frame(log, text(words)));
    agent.say(...frames);
    await until(
      () => textsOf(agent, log).length === 1 && storage.calls.filter((name) => name === "append").length >= 3,
    );
    await settle();
    expect(agent.socket.of("ack")).toEqual([]);
    agent.socket.drain();
    await until(() => agent.socket.of("ack").length === 2);
    expect(agent.socket.of("ack").map((ack) => ack.ordinal)).toEqual([1, 2]);
  });

  test(`stops ${windowEvents} events ahead of what the client has stored, and goes on with its receipt`, async () => {
    const { visitor, agent, log, conversation } = await chat();
    for (let index = 0; index < windowEvents + 20; index += 1) {
      house.clock.advance(500);
      agent.say({ kind: "heartbeat", nonce: 1, visible: true });
      await visitor.writes("current", String(index));
    }
    await settle();
    expect(textsOf(agent, log)).toHaveLength(windowEvents);
    const { epoch } = (await house.storage.conversation(house.tenant, conversation)) ?? { epoch: "" };
    agent.say({ kind: "receipt", positions: [{ log, epoch, delivered: 100, read: 0 }] });
    await until(() => textsOf(agent, log).length === windowEvents + 21);
    expect(agent.socket.eventsOf(log).map((event) => event.seq)).toEqual(
      Array.from({ length: windowEvents + 21 }, (_, index) => index + 1),
    );
  });

  test("all who are behind in one log share one read", async () => {
    const { visitor, log } = await chat();
    const others = await Promise.all([1, 2, 3, 4].map(() => house.agentAt().arrives()));
    for (const other of others) {
      await other.opens(log);
      other.socket.full = true;
    }
    await visitor.writes("current", "a");
    await settle();
    const reads = (house.counters.get("log_reads") ?? 0) + 0;
    for (const other of others) other.socket.full = false;
    for (const other of others) other.socket.drain();
    await until(() => others.every((other) => textsOf(other, log).at(-1) === "a"));
    expect((house.counters.get("log_reads") ?? 0) - reads).toBe(1);
  });

  test("a notice that was lost on the bus leaves no hole: what came before is read first", async () => {
    const { visitor, log } = await chat();
    const lossy = { drop: false };
    const bus: Bus = {
      publish: (topic, payload) => house.bus.publish(topic, payload),
      subscribe: (topic, listener) => house.bus.subscribe(topic, (payload, at) => lossy.drop || listener(payload, at)),
      state: "up",
      dropped: 0,
      close: async () => {},
    };
    const elsewhere = house.agentAt(house.agent, await house.addGateway({ gatewayName: "two" }, { bus }));
    await elsewhere.arrives();
    await elsewhere.opens(log);
    await until(() => textsOf(elsewhere, log).length === 1);
    lossy.drop = true;
    await visitor.writes("current", "lost on the way");
    await settle();
    lossy.drop = false;
    await visitor.writes("current", "heard");
    await until(() => textsOf(elsewhere, log).length === 3);
    expect(textsOf(elsewhere, log)).toEqual(["first", "lost on the way", "heard"]);
  });

  test("what no notice told is found by the sweeper", async () => {
    const { agent, log, conversation } = await chat();
    await house.storage.append({
      tenant: house.tenant,
      producer: newId(),
      address: log,
      ordinal: 1,
      messageId: newId(),
      sender: { side: "system", id: null },
      at: house.clock.now(),
      target: { type: "log", conversation, log: "public" },
      events: [{ log: "public", body: text("unheard") }],
    });
    await settle();
    expect(textsOf(agent, log)).toEqual(["first"]);
    house.clock.advance(6000);
    await until(() => textsOf(agent, log).length === 2);
    expect(textsOf(agent, log)).toEqual(["first", "unheard"]);
  });

  test("a hello resumes after what is held, at another gateway too", async () => {
    const { visitor, agent, log, conversation } = await chat();
    const { epoch } = (await house.storage.conversation(house.tenant, conversation)) ?? { epoch: "" };
    agent.socket.cut();
    await visitor.writes("current", "while away");
    const second = await house.addGateway({ gatewayName: "two" });
    const again = house.agentAt(house.agent, second);
    await again.arrives({ positions: [{ address: log, epoch, seen: 1, delivered: 1, read: 0 }] });
    await until(() => textsOf(again, log).length === 1);
    expect(await again.socket.receives("log")).toMatchObject({ state: "replay", head: 2, log });
    expect(textsOf(again, log)).toEqual(["while away"]);
    await visitor.writes("current", "over the bus");
    await until(() => textsOf(again, log).length === 2);
    await again.writes(log, "and back");
    await until(() => textsOf(visitor, log).length === 5);
    expect(textsOf(visitor, log)).toEqual(["first", "while away", "over the bus", "and back", "joined"]);
  });

  test("a position of another epoch, or beyond the head, is reset and the newest events follow", async () => {
    const { log } = await chat();
    for (const position of [
      { epoch: "another.epoch", seen: 1 },
      { epoch: "", seen: 0 },
    ]) {
      const agent = await house.agentAt().arrives();
      const state = await agent.opens(log, position);
      expect(state.state).toBe(position.seen === 0 ? "tail" : "reset");
      await until(() => textsOf(agent, log).length === 1);
    }
    const { epoch } = (await house.storage.heads(house.tenant, [log.split("/")[0] ?? ""]))[0] ?? { epoch: "" };
    const agent = await house.agentAt().arrives();
    expect(await agent.opens(log, { epoch, seen: 99 })).toMatchObject({ state: "reset", reason: "ahead" });
  });

  test("R5.5 heartbeats repeat a head until the client says that it has it: its carrier may have lost what was sent", async () => {
    const { visitor, agent, log, conversation } = await chat();
    await visitor.writes("current", "a");
    await until(() => textsOf(agent, log).length === 2);
    const headsAfter = async (nonce: number) => {
      agent.say({ kind: "heartbeat", nonce, visible: true });
      return (await agent.socket.receives("heartbeat", (frame) => frame.nonce === nonce)).heads;
    };
    for (const nonce of [5, 6]) expect(await headsAfter(nonce)).toMatchObject([{ log, head: 2 }]);
    const { epoch } = (await house.storage.heads(house.tenant, [conversation]))[0] ?? { epoch: "" };
    agent.say({ kind: "receipt", positions: [{ log, epoch, delivered: 2, read: 0 }] });
    expect(await headsAfter(7)).toEqual([]);
  });

  test("heartbeats carry the heads that moved while the window was shut", async () => {
    const { visitor, agent, log } = await chat();
    agent.socket.full = true;
    await visitor.writes("current", "a");
    await settle();
    agent.socket.full = false;
    agent.say({ kind: "heartbeat", nonce: 5, visible: true });
    expect(await agent.socket.receives("heartbeat", (frame) => frame.nonce === 5)).toMatchObject({
      heads: [{ log, head: 2 }],
    });
    agent.socket.drain();
  });
});

describe("a fetch", () => {
  test("answers with the range and the number of the request, and moves no cursor", async () => {
    const { visitor, agent, log, conversation } = await chat();
    for (const words of ["a", "b", "c"]) await visitor.writes("current", words);
    await until(() => textsOf(agent, log).length === 4);
    const { epoch } = (await house.storage.conversation(house.tenant, conversation)) ?? { epoch: "" };
    agent.say({ kind: "fetch", request: 7, log, epoch, from: 2, to: 3 });
    const page = await agent.socket.receives("events", (frame) => frame.request === 7);
    expect(page.events.map((event) => event.seq)).toEqual([2, 3]);
    agent.say({ kind: "fetch", request: 8, log, epoch, from: 1, to: 500 });
    await agent.socket.receives("error", (frame) => frame.code === "invalid" && frame.about === "fetch");
    agent.say({ kind: "fetch", request: 9, log, epoch: "old.epoch", from: 1, to: 2 });
    await agent.socket.receives("reset", (frame) => frame.log === log);
  });

  test("of large messages is cut: history ends where it was asked to end, a gap is filled from its beginning", async () => {
    const { visitor, agent, log, conversation } = await chat();
    const large = "中".repeat(maxTextChars);
    for (let index = 0; index < 10; index += 1) await visitor.writes("current", large);
    await until(() => textsOf(agent, log).length === 11);
    const { epoch } = (await house.storage.conversation(house.tenant, conversation)) ?? { epoch: "" };
    const fetched = async (request: number) => {
      agent.say({ kind: "fetch", request, log, epoch, from: 2, to: 9 });
      const page = await agent.socket.receives("events", (frame) => frame.request === request);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(maxFrameBytes);
      return page.events.map((event) => event.seq);
    };
    const gap = await fetched(7);
    expect(gap).toEqual([2, 3]);
    agent.say({ kind: "receipt", positions: [{ log, epoch, delivered: 11, read: 0 }] });
    expect(await fetched(8)).toEqual([8, 9]);
  });
});
