import { describe, expect, test } from "vitest";
import {
  agent,
  colleague,
  comesToRest,
  conversationOf,
  openDeskBeforeEach,
  visitor,
} from "./testing/desk-of-each-test.ts";
import { house } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openDeskBeforeEach();

describe("taking a conversation", () => {
  test("exactly one agent wins; the other is told who", async () => {
    const { log } = await visitor.writes("current", "hello");
    const second = await colleague();
    const [one, two] = await Promise.all([
      agent.publishes(log, { kind: "take" }),
      second.publishes(log, { kind: "take" }),
    ]);
    const [winner, refused] = one.kind === "ack" ? [agent, two] : [second, one];
    expect(refused).toMatchObject({ kind: "refuse", code: "taken", by: winner.agent.name, final: true });
    expect((await house.storage.conversation(house.tenant, conversationOf(log)))?.assignee).toBe(winner.agent.id);
    await until(() => visitor.socket.eventsOf(log).some((event) => event.body.kind === "joined"));
    expect(visitor.socket.eventsOf(log).at(-1)?.sender.name).toBe(winner.agent.name);
  });

  test("the first to answer has it, and a colleague's message in the race is not lost", async () => {
    const { log } = await visitor.writes("current", "hello");
    const second = await colleague();
    await Promise.all([agent.writes(log, "mine"), second.writes(log, "mine too")]);
    await until(() => visitor.socket.eventsOf(log).length === 4);
    await comesToRest();
    const record = await house.storage.conversation(house.tenant, conversationOf(log));
    expect([agent.agent.id, second.agent.id]).toContain(record?.assignee);
    // The visitor is told once who answers.
    const joined = visitor.socket.eventsOf(log).filter((event) => event.body.kind === "joined");
    expect(joined.map(({ sender }) => sender.id)).toEqual([record?.assignee]);
    const notes = await house.storage.readLog(house.tenant, conversationOf(log), "staff", 1, 10, 10);
    expect(notes.map((event) => event.body.kind)).toEqual(["assigned"]);
  });

  test("it can be given to a colleague, and back to those who wait", async () => {
    const { log } = await visitor.writes("current", "hello");
    const staff = `${conversationOf(log)}/staff`;
    const second = await colleague();
    await agent.publishes(staff, { kind: "take" });
    expect(await agent.publishes(staff, { kind: "assign", agent: second.agent.id })).toMatchObject({ kind: "ack" });
    expect((await house.storage.conversation(house.tenant, conversationOf(log)))?.assignee).toBe(second.agent.id);
    await until(() => visitor.socket.eventsOf(log).length === 3);
    expect(visitor.socket.eventsOf(log).map(({ body, sender }) => [body.kind, sender.name])).toEqual([
      ["text", undefined],
      ["joined", agent.agent.name],
      ["joined", second.agent.name],
    ]);
    await second.opens(staff);
    await until(() => second.socket.eventsOf(staff).length === 2);
    expect(second.socket.eventsOf(staff)[1]?.body).toMatchObject({
      kind: "assigned",
      agentName: second.agent.name,
      previousName: agent.agent.name,
    });
    await second.publishes(staff, { kind: "assign", agent: null });
    expect((await house.storage.conversation(house.tenant, conversationOf(log)))?.assignee).toBeNull();
    expect(await agent.publishes(staff, { kind: "assign", agent: "AAAAAAAAAAAAAAAAAAAAAA" })).toMatchObject({
      code: "invalid",
      final: true,
    });
  });

  test("it can be taken and given away in one breath", async () => {
    const { log } = await visitor.writes("current", "hello");
    const second = await colleague();
    const answers = await Promise.all([
      agent.publishes(log, { kind: "take" }),
      agent.publishes(log, { kind: "assign", agent: second.agent.id }),
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(["ack", "ack"]);
    expect((await house.storage.conversation(house.tenant, conversationOf(log)))?.assignee).toBe(second.agent.id);
  });

  test("closing ends it; the visitor's next message opens it again", async () => {
    const { log } = await visitor.writes("current", "hello");
    expect(await agent.publishes(log, { kind: "close" })).toMatchObject({ kind: "ack" });
    expect(await agent.publishes(log, { kind: "close" })).toMatchObject({ code: "closed", final: true });
    await until(() => visitor.socket.eventsOf(log).at(-1)?.body.kind === "closed");
    expect((await visitor.writes("current", "one more thing")).log).toBe(log);
    await until(
      () =>
        visitor.socket
          .eventsOf(log)
          .map((event) => event.body.kind)
          .join() === "text,closed,reopened,text",
    );
    expect((await house.storage.conversation(house.tenant, conversationOf(log)))?.status).toBe("open");
  });

  test("after the site's limit the next message begins another conversation, which every open page gets", async () => {
    const { log } = await visitor.writes("current", "hello");
    const tab = await house.visitor({ secret: visitor.secret }).arrives();
    tab.say({ kind: "subscribe", position: { address: log, epoch: "", seen: 0, delivered: 0, read: 0 } });
    await tab.socket.receives("log", (frame) => frame.log === log);
    await agent.publishes(log, { kind: "close" });
    house.clock.jump(8 * 86_400_000);
    const second = await visitor.writes("current", "a week later");
    expect(second.log).not.toBe(log);
    for (const page of [visitor, tab]) {
      await page.socket.receives("log", (frame) => frame.log === second.log && frame.address === "current");
      await until(() => page.socket.eventsOf(second.log).length === 1);
    }
  });
});

describe("notes, edits and deletions", () => {
  test("notes never reach the visitor, and stand after what they came after", async () => {
    const { log } = await visitor.writes("current", "hello");
    const staff = `${conversationOf(log)}/staff`;
    await agent.opens(staff);
    expect(await agent.publishes(staff, { kind: "note", text: "rude customer" })).toMatchObject({ log: staff, seq: 1 });
    expect(await agent.publishes(log, { kind: "note", text: "rude" })).toMatchObject({ code: "invalid", final: true });
    expect(await agent.publishes(staff, { kind: "text", text: "rude" })).toMatchObject({
      code: "invalid",
      final: true,
    });
    await until(() => agent.socket.eventsOf(staff).length === 1);
    expect(agent.socket.eventsOf(staff)[0]).toMatchObject({ after: 1, body: { kind: "note" } });
    await settle();
    expect(visitor.socket.texts.join()).not.toContain("rude");
  });

  test("one's own message only, by both sides of the pair", async () => {
    const { log } = await visitor.writes("current", "hello");
    const { seq } = await agent.writes(log, "Helo");
    expect(await agent.publishes(log, { kind: "edit", target: seq, text: "Hello" })).toMatchObject({ kind: "ack" });
    const second = await colleague();
    for (const body of [
      { kind: "edit", target: seq, text: "Bye" },
      { kind: "delete", target: seq },
    ] as const) {
      expect(await second.publishes(log, body)).toMatchObject({ code: "forbidden", final: true });
      expect(await second.publishes(log, { ...body, target: 1 })).toMatchObject({ code: "forbidden", final: true });
    }
    expect(await agent.publishes(log, { kind: "delete", target: seq })).toMatchObject({ kind: "ack" });
    const events = await house.storage.readLog(house.tenant, conversationOf(log), "public", 1, 10, 10);
    expect(events[seq - 1]).toMatchObject({ body: { kind: "text", text: "" } });
  });
});
