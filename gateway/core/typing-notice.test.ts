import { describe, expect, test } from "vitest";
import { agent, colleague, openDeskBeforeEach } from "./testing/desk-of-each-test.ts";
import { house, storage } from "./testing/house-of-each-test.ts";
import { settle } from "./testing/until.ts";

openDeskBeforeEach();

describe("typing", () => {
  async function typists(previews: boolean) {
    const site = await house.addSite(house.tenant, "Typing", { previews });
    await house.core.siteChanged(house.tenant);
    const writer = await house.visitor({ site }).arrives();
    const { log } = await writer.writes("current", "hello");
    await writer.socket.receives("log", (frame) => frame.log === log);
    await agent.opens(log);
    return { writer, log };
  }

  test("of the visitor is shown to agents, with its text only where the site says so", async () => {
    for (const previews of [false, true]) {
      const { writer, log } = await typists(previews);
      writer.say({ kind: "typing", address: "current", active: true, text: "half a sen" });
      const notice = agent.socket.of("typing").at(-1);
      expect(notice).toMatchObject({ log, active: true, sender: { side: "visitor", id: writer.id } });
      expect(notice?.text).toBe(previews ? "half a sen" : undefined);
      expect(writer.socket.of("typing")).toEqual([]);
    }
  });

  test("of an agent is shown to the visitor and to colleagues, and ends when the agent goes", async () => {
    const { writer, log } = await typists(false);
    const second = await colleague();
    await second.opens(log);
    agent.say({ kind: "typing", address: log, active: true, text: "never shown" });
    expect(writer.socket.last("typing")).toMatchObject({
      active: true,
      sender: { side: "agent", name: house.agent.name },
    });
    expect(writer.socket.last("typing")).not.toHaveProperty("text");
    expect(second.socket.last("typing")).toMatchObject({ active: true });
    expect(agent.socket.of("typing")).toEqual([]);
    agent.socket.cut();
    expect(writer.socket.last("typing")).toMatchObject({ active: false });
  });

  test("reaches the other side at another gateway", async () => {
    const { writer, log } = await typists(true);
    const elsewhere = await house.agentAt(house.agent, await house.addGateway({ gatewayName: "two" })).arrives();
    await elsewhere.opens(log);
    writer.say({ kind: "typing", address: "current", active: true, text: "hm" });
    expect(await elsewhere.socket.receives("typing")).toMatchObject({ text: "hm", active: true });
  });

  test("is never stored", async () => {
    const { writer } = await typists(true);
    await settle();
    storage.calls.length = 0;
    writer.say({ kind: "typing", address: "current", active: true, text: "hm" });
    await settle();
    expect(storage.calls).toEqual([]);
  });
});
