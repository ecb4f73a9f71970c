import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { House } from "./testing/house.ts";
import { until } from "./testing/until.ts";

let house: House;
beforeEach(async () => {
  house = await House.open();
});
afterEach(() => house.close());

describe("a conversation", () => {
  test("a visitor writes, an agent sees it, answers, and the visitor sees that", async () => {
    const agent = await house.agentAt().arrives();
    agent.say({ kind: "watch", view: "inbox" }, { kind: "watch", view: "visitors" });
    const visitor = await house.visitor().arrives();
    const ack = await visitor.writes("current", "Is the tent waterproof?");
    expect(ack).toMatchObject({ ordinal: 1, seq: 1 });
    await visitor.socket.receives("log", (frame) => frame.log === ack.log);
    await until(() => visitor.socket.eventsOf(ack.log).length === 1);

    await agent.opens(ack.log);
    await until(() => agent.socket.eventsOf(ack.log).length === 1);
    const reply = await agent.writes(ack.log, "It is.");
    expect(reply.seq).toBe(2);
    await until(() => visitor.socket.eventsOf(ack.log).length === 2);
    expect(visitor.socket.eventsOf(ack.log).map((event) => event.body)).toEqual([
      { kind: "text", text: "Is the tent waterproof?" },
      { kind: "text", text: "It is." },
    ]);
    expect(visitor.socket.eventsOf(ack.log)[1]?.sender).toMatchObject({ side: "agent", name: house.agent.name });

    house.clock.advance(1000);
    await agent.socket.receives("difference", (frame) => frame.view === "inbox");
    const row = agent.socket.last("difference")?.upserts[0];
    expect(row).toBeDefined();
  });
});
