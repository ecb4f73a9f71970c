import { describe, expect, test } from "vitest";
import { agentPublishBurst, maxConversationsAgain, maxUnackedPerConnection } from "../../protocol/limits.ts";
import { chat, text, textsOf } from "./testing/chat.ts";
import { newId } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openHouseBeforeEach();

describe("a conversation", () => {
  test("goes both ways: each message is acknowledged, and shown to both sides with the sender's name", async () => {
    const { visitor, agent, log } = await chat();
    await agent.writes(log, "second");
    await until(() => textsOf(visitor, log).length === 3);
    expect(textsOf(visitor, log)).toEqual(["first", "second", "joined"]);
    expect(textsOf(agent, log)).toEqual(["first", "second", "joined"]);
    expect(visitor.socket.eventsOf(log)[1]?.sender).toMatchObject({ side: "agent", name: house.agent.name });
  });

  test("the ack comes before the event, and both only after the append", async () => {
    const { visitor, log } = await chat();
    storage.held.add("append");
    visitor.say(visitor.frame("current", text("second")));
    await settle();
    expect(visitor.socket.of("ack")).toHaveLength(1);
    expect(textsOf(visitor, log)).toEqual(["first"]);
    storage.release();
    await until(() => textsOf(visitor, log).length === 2);
    const kinds = visitor.socket.frames.map((frame) => frame.kind);
    expect(kinds.lastIndexOf("ack")).toBeLessThan(kinds.lastIndexOf("events"));
  });

  test("publishes go to storage without waiting for one another, and are answered in order", async () => {
    const { agent, log } = await chat();
    storage.held.add("append");
    const calls = storage.calls.filter((name) => name === "append").length;
    const frames = ["a", "b", "c", "d"].map((words) => agent.frame(log, text(words)));
    agent.say(...frames);
    await until(() => storage.calls.filter((name) => name === "append").length === calls + 4);
    await settle();
    storage.release("newest");
    await agent.answerTo(frames[3]?.id ?? "");
    expect(agent.socket.of("ack").map((ack) => ack.ordinal)).toEqual([1, 2, 3, 4]);
    await until(() => textsOf(agent, log).length === 5);
    expect(textsOf(agent, log)).toEqual(["first", "a", "b", "c", "d"]);
  });

  test("a resend is answered with what is stored, and shown to nobody again", async () => {
    const { visitor, agent, log } = await chat();
    const frame = visitor.frame("current", text("second"));
    visitor.say(frame);
    const first = await visitor.answerTo(frame.id);
    visitor.say(frame);
    await until(() => visitor.socket.of("ack").length === 3);
    expect(visitor.socket.last("ack")).toEqual(first);
    await settle();
    expect(textsOf(agent, log)).toEqual(["first", "second"]);
  });

  test("a hole in the ordinals is refused with the one that is expected", async () => {
    const { visitor } = await chat();
    expect(await visitor.publishes("current", text("late"), { ordinal: 9 })).toMatchObject({
      kind: "refuse",
      code: "gap",
      expected: 2,
      final: false,
    });
  });

  test("what may not be said consumes its ordinal, so that the next one goes through", async () => {
    const { visitor } = await chat();
    expect(await visitor.publishes("current", { kind: "close" })).toMatchObject({ code: "forbidden", final: true });
    expect(await visitor.publishes("current", text("still here"))).toMatchObject({ kind: "ack", ordinal: 3 });
  });

  test("a malformed publish consumes its ordinal too, and its connection lives", async () => {
    const { visitor } = await chat();
    const frame = visitor.frame("current", text("x"));
    visitor.say({ ...frame, body: { kind: "text", text: "" } });
    expect(await visitor.answerTo(frame.id)).toMatchObject({ kind: "refuse", code: "invalid", final: true });
    expect(await visitor.publishes("current", text("good"))).toMatchObject({ kind: "ack", ordinal: 3 });
  });

  test("above the rate a publish is refused with a time to wait, and goes through after it", async () => {
    const { agent, log } = await chat();
    for (let index = 0; index < agentPublishBurst; index += 1) await agent.writes(log, String(index));
    const refused = await agent.publishes(log, text("one too many"));
    expect(refused).toMatchObject({ code: "rate", final: false });
    house.clock.advance("retryAfterMs" in refused ? (refused.retryAfterMs ?? 0) : 0);
    expect(await agent.publishes(log, text("later"), { ordinal: agentPublishBurst + 1 })).toMatchObject({
      kind: "ack",
    });
  });

  test(`more than ${maxUnackedPerConnection} publishes without an answer are refused with busy, at once and without a queue`, async () => {
    const { agent, log } = await chat();
    storage.held.add("append");
    for (let index = 0; index <= maxUnackedPerConnection + 1; index += 1) {
      house.clock.advance(500);
      agent.say({ kind: "heartbeat", nonce: 1, visible: true });
      agent.say(agent.frame(log, text(String(index))));
    }
    await until(() => agent.socket.of("refuse").length === 2);
    expect(agent.socket.last("refuse")).toMatchObject({
      code: "busy",
      final: false,
      ordinal: maxUnackedPerConnection + 2,
    });
    expect(agent.socket.of("ack")).toHaveLength(0);
    storage.release();
  });

  test(`a visitor's connection has ${maxConversationsAgain} conversations made again; what names more of them goes to the open one`, async () => {
    const { visitor } = await chat();
    const again = async (conversation: string): Promise<string> => {
      house.clock.advance(500);
      visitor.say({ kind: "heartbeat", nonce: 1, visible: true });
      return (await visitor.writes("current", conversation, { conversation })).log.split("/")[0] ?? "";
    };
    const names = Array.from({ length: maxConversationsAgain }, newId);
    for (const name of names) expect(await again(name)).toBe(name);
    const newest = names.at(-1);
    expect([await again(newId()), await again(newId())]).toEqual([newest, newest]);
    expect(await again(names[0] ?? "")).toBe(names[0]);
    const stored = await house.storage.visitorConversations(house.tenant, visitor.id, 100);
    expect(stored).toHaveLength(1 + maxConversationsAgain);
  });

  test("while storage is down publishes are busy, and go through when it is back", async () => {
    const { visitor } = await chat();
    storage.down = true;
    const frame = visitor.frame("current", text("in the dark"));
    visitor.say(frame);
    const refused = await visitor.answerTo(frame.id);
    expect(refused).toMatchObject({ kind: "refuse", code: "busy", final: false });
    expect("retryAfterMs" in refused && (refused.retryAfterMs ?? 0) > 0).toBe(true);
    storage.down = false;
    visitor.say(frame);
    await until(() => visitor.socket.of("ack").some((ack) => ack.id === frame.id));
  });
});

describe("a hello that offers what was refused for good", () => {
  test("hears the refusal again after the log frame, as visitor and as agent", async () => {
    const { visitor, agent, log } = await chat();
    const forbidden = await visitor.publishes("current", { kind: "close" });
    const invalid = await agent.publishes(log, { kind: "note", text: "wrong log" });
    const outgoing = (address: string, last: number) => [{ address, first: 1, last }];
    await visitor.arrives({ producers: [{ ...visitor.offer(), outgoing: outgoing("current", 2) }] });
    await agent.arrives({ producers: [{ ...agent.offer(), outgoing: outgoing(log, 1) }] });
    for (const [person, answer] of [
      [visitor, forbidden],
      [agent, invalid],
    ] as const) {
      await person.socket.receives("log", (frame) => frame.ordinals[0]?.ordinal === answer.ordinal);
      expect(await person.socket.receives("refuse")).toEqual(answer);
      const kinds = person.socket.frames.map((frame) => frame.kind);
      expect(kinds.indexOf("log")).toBeLessThan(kinds.indexOf("refuse"));
    }
  });
});

describe("what is not there any more", () => {
  test("is answered without a log, to visitors and to agents", async () => {
    const gone = `${newId()}/public`;
    const positions = [{ address: gone, epoch: "old.epoch", seen: 4, delivered: 4, read: 0 }];
    const visitor = await house.visitor().arrives({ positions });
    const agent = await house.agentAt().arrives({ positions });
    for (const person of [visitor, agent]) {
      expect(await person.socket.receives("log", (frame) => frame.address === gone)).not.toHaveProperty("log");
    }
  });

  test("waits for its visitor, who makes it again under the same id", async () => {
    const conversation = newId();
    const log = `${conversation}/public`;
    const agent = await house.agentAt().arrives();
    const frame = agent.frame(log, text("offered again"), { conversation });
    agent.say(frame);
    expect(await agent.answerTo(frame.id)).toMatchObject({ code: "pending", final: false });
    const visitor = await house.visitor().arrives();
    expect((await visitor.writes("current", "offered again", { conversation })).log).toBe(log);
    agent.say(frame);
    await until(() => agent.socket.of("ack").some((ack) => ack.log === log));
  });
});
