import { describe, expect, test } from "vitest";
import type { TeamRow } from "../../protocol/rows.ts";
import { agent, colleague, comesToRest, openDeskBeforeEach, rowsOf, visitor } from "./testing/desk-of-each-test.ts";
import { house } from "./testing/house-of-each-test.ts";

openDeskBeforeEach();

describe("agents who come and go", () => {
  test("change what visitors are told about the site, and the team view", async () => {
    expect(visitor.socket.last("ok")?.site?.available).toBe(true);
    agent.say({ kind: "watch", view: "team" }, { kind: "status", available: false });
    expect(visitor.socket.last("site")?.site).toMatchObject({ available: false, people: [] });
    await comesToRest();
    expect(rowsOf<TeamRow>(agent, "team").get(house.agent.id)?.state).toBe("away");
    agent.say({ kind: "status", available: true });
    expect(visitor.socket.last("site")?.site).toMatchObject({ available: true, people: [{ name: house.agent.name }] });
    await comesToRest();
    expect(rowsOf<TeamRow>(agent, "team").get(house.agent.id)?.state).toBe("available");
    expect(house.core.agentState(house.tenant, house.agent.id)).toBe("available");
    expect((await house.storage.agents(house.tenant))[0]?.available).toBe(true);
    const second = await colleague();
    second.say({ kind: "watch", view: "team" });
    const told = visitor.socket.of("site").length;
    agent.socket.cut();
    house.clock.advance(1000);
    await agent.arrives();
    house.clock.advance(10_000);
    expect(visitor.socket.of("site")).toHaveLength(told);
    second.say({ kind: "status", available: false });
    agent.socket.cut();
    house.clock.advance(6000);
    expect(visitor.socket.last("site")?.site).toMatchObject({ available: false, people: [] });
    await comesToRest();
    expect(rowsOf<TeamRow>(second, "team").get(house.agent.id)?.state).toBe("offline");
  });

  test("are seen from another gateway", async () => {
    const two = await house.addGateway({ gatewayName: "two" });
    const there = await house.visitor({ core: two }).arrives();
    agent.say({ kind: "status", available: true });
    await there.socket.receives("site", (frame) => frame.site.available);
  });
});
