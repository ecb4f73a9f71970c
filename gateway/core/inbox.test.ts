import { describe, expect, test } from "vitest";
import type { InboxRow } from "../../protocol/rows.ts";
import { agent, colleague, comesToRest, openDeskBeforeEach, rowsOf, visitor } from "./testing/desk-of-each-test.ts";
import type { TestAgent } from "./testing/house.ts";
import { house, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openDeskBeforeEach();

const inbox = (of: TestAgent = agent): InboxRow[] => [...rowsOf<InboxRow>(of, "inbox").values()];

describe("the inbox", () => {
  test("of somebody who begins to watch while storage is down has the unread counts when it is back", async () => {
    const { log, epoch } = await visitor.writes("current", "one");
    agent.say({ kind: "watch", view: "inbox" });
    const second = await colleague();
    await second.opens(log);
    second.say({ kind: "receipt", positions: [{ log, epoch, delivered: 1, read: 1 }] });
    await comesToRest();
    storage.down = true;
    second.say({ kind: "watch", view: "inbox" });
    await settle();
    storage.down = false;
    house.clock.advance(1000);
    await until(() => inbox(second)[0]?.unread === 0);
  });

  test("counts as unread what stands behind the agent's read position, wherever that is", async () => {
    agent.say({ kind: "watch", view: "inbox" });
    const { log, epoch } = await visitor.writes("current", "one");
    await agent.opens(log);
    await visitor.writes("current", "two");
    await visitor.writes("current", "three");
    const reads = async (read: number): Promise<number | undefined> => {
      agent.say({ kind: "receipt", positions: [{ log, epoch, delivered: 3, read }] });
      await comesToRest();
      return inbox()[0]?.unread;
    };
    expect(await reads(0)).toBe(3);
    expect(await reads(1)).toBe(2);
    expect(await reads(2)).toBe(1);
    expect(await reads(3)).toBe(0);
  });

  test("shows what was there before, then what happens, with unread counts of each agent", async () => {
    const first = await visitor.writes("current", "one");
    const second = await colleague();
    agent.say({ kind: "watch", view: "inbox" });
    second.say({ kind: "watch", view: "inbox" });
    await comesToRest();
    expect(inbox()).toMatchObject([
      {
        status: "open",
        preview: "one",
        previewSide: "visitor",
        unread: 1,
        assignee: null,
        online: true,
        visitorCount: 1,
      },
    ]);
    expect(inbox()[0]?.waitingSince).toBeDefined();
    await visitor.writes("current", "two");
    await comesToRest();
    expect(inbox()[0]).toMatchObject({ preview: "two", unread: 2 });

    const state = await agent.opens(first.log);
    agent.say({ kind: "receipt", positions: [{ log: first.log, epoch: state.epoch ?? "", delivered: 2, read: 2 }] });
    await comesToRest();
    expect(inbox()[0]?.unread).toBe(0);
    expect(inbox(second)[0]?.unread).toBe(2);
    const later = await house.agentAt().arrives();
    later.say({ kind: "watch", view: "inbox" });
    await comesToRest();
    expect(inbox(later)[0]?.unread).toBe(0);
  });

  test("a new conversation of a visitor who writes appears", async () => {
    agent.say({ kind: "watch", view: "inbox" });
    await comesToRest();
    expect(inbox()).toEqual([]);
    await visitor.writes("current", "hello");
    await comesToRest();
    expect(inbox()).toMatchObject([{ preview: "hello", visitor: visitor.id }]);
  });

  test("is pending while storage is down, and fresh when it is back", async () => {
    await visitor.writes("current", "hello");
    storage.down = true;
    agent.say({ kind: "watch", view: "inbox" });
    expect(agent.socket.last("snapshot")).toMatchObject({ pending: true, rows: [], last: true });
    await settle();
    storage.down = false;
    house.clock.advance(1000);
    await comesToRest();
    expect(inbox()).toHaveLength(1);
    expect(agent.socket.last("snapshot")?.pending).toBeUndefined();
  });

  test("what happened at another gateway is shown too", async () => {
    const elsewhere = await house.agentAt(house.agent, await house.addGateway({ gatewayName: "two" })).arrives();
    elsewhere.say({ kind: "watch", view: "inbox" });
    await comesToRest();
    await visitor.writes("current", "over there");
    await comesToRest();
    expect(inbox(elsewhere)).toMatchObject([{ preview: "over there" }]);
  });
});

test("while the bus is down, logs and inbox are read from storage all the same", async () => {
  const elsewhere = await house.agentAt(house.agent, await house.addGateway({ gatewayName: "two" })).arrives();
  elsewhere.say({ kind: "watch", view: "inbox" });
  const { log } = await visitor.writes("current", "before");
  await elsewhere.opens(log);
  await comesToRest();
  await house.bus.close();
  await visitor.writes("current", "unheard");
  house.clock.advance(6000);
  await until(() => elsewhere.socket.eventsOf(log).length === 2);
  await comesToRest();
  expect(inbox(elsewhere)).toMatchObject([{ preview: "unheard" }]);
});
