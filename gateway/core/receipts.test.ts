import { describe, expect, test } from "vitest";
import { receiptDelayMs } from "../../protocol/limits.ts";
import { agent, comesToRest, conversationOf, openDeskBeforeEach, visitor } from "./testing/desk-of-each-test.ts";
import { house, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openDeskBeforeEach();

describe("receipts", () => {
  test("reach the other side within the delay, and are saved; they never move back", async () => {
    const { log, epoch } = await visitor.writes("current", "hello");
    await agent.opens(log);
    await agent.publishes(log, { kind: "take" });
    const reply = await agent.writes(log, "hi");
    await until(() => visitor.socket.eventsOf(log).length === 3);
    visitor.say({ kind: "receipt", positions: [{ log, epoch, delivered: reply.seq, read: reply.seq }] });
    agent.say({ kind: "receipt", positions: [{ log, epoch, delivered: 1, read: 1 }] });
    expect(agent.socket.of("positions")).toEqual([]);
    house.clock.advance(receiptDelayMs);
    expect(agent.socket.of("positions").find((frame) => frame.visitor)).toMatchObject({
      log,
      visitor: { delivered: 3, read: 3 },
    });
    expect(visitor.socket.of("positions").find((frame) => frame.agents)).toMatchObject({
      agents: { delivered: 1, read: 1 },
    });
    await settle();
    visitor.say({ kind: "receipt", positions: [{ log, epoch, delivered: 1, read: 1 }] });
    visitor.say({ kind: "receipt", positions: [{ log, epoch, delivered: 999, read: 999 }] });
    visitor.say({ kind: "receipt", positions: [{ log, epoch: "other", delivered: 2, read: 2 }] });
    await comesToRest();
    const record = await house.storage.conversation(house.tenant, conversationOf(log));
    expect(record).toMatchObject({ visitorDelivered: 3, visitorRead: 3, agentsDelivered: 1, agentsRead: 1 });
  });

  test("are kept while storage is down", async () => {
    const { log, epoch } = await visitor.writes("current", "hello");
    await until(() => visitor.socket.eventsOf(log).length === 1);
    storage.down = true;
    visitor.say({ kind: "receipt", positions: [{ log, epoch, delivered: 1, read: 1 }] });
    await comesToRest();
    storage.down = false;
    house.clock.advance(5000);
    await comesToRest();
    expect((await house.storage.conversation(house.tenant, conversationOf(log)))?.visitorRead).toBe(1);
  });
});
