import { beforeEach, describe, expect, test } from "vitest";
import { receiptDelayMs, viewTickMs } from "../../protocol/limits.ts";
import type { InboxRow, TeamRow } from "../../protocol/rows.ts";
import type { TestAgent, TestVisitor } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

let agent: TestAgent;
let visitor: TestVisitor;
openHouseBeforeEach();
beforeEach(async () => {
  agent = await house.agentAt().arrives();
  visitor = await house.visitor().arrives();
});

const text = (words: string) => ({ kind: "text", text: words }) as const;

/** Rows of a view as the page would hold them. */
function rowsOf<Row extends InboxRow | TeamRow>(of: TestAgent, view: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  let id = "";
  for (const frame of of.socket.frames) {
    if ((frame.kind !== "snapshot" && frame.kind !== "difference") || frame.view !== view) continue;
    if (frame.kind === "snapshot" && frame.id !== id) rows.clear();
    if (frame.kind === "snapshot") id = frame.id;
    for (const row of frame.kind === "snapshot" ? frame.rows : frame.upserts) rows.set(row.key, row as Row);
    for (const key of frame.kind === "difference" ? frame.removes : []) rows.delete(key);
  }
  return rows;
}
const inbox = (of: TestAgent = agent): InboxRow[] => [...rowsOf<InboxRow>(of, "inbox").values()];
async function comesToRest(): Promise<void> {
  await settle();
  house.clock.advance(Math.max(viewTickMs, receiptDelayMs));
  await settle();
  house.clock.advance(viewTickMs);
  await settle();
}
const conversationOf = (log: string): string => log.split("/")[0] ?? "";

async function colleague(role: "agent" | "viewer" = "agent"): Promise<TestAgent> {
  const record = await house.addAgent(house.tenant, role);
  await house.core.agentChanged(house.tenant, record.id);
  return house.agentAt(record).arrives();
}

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
    expect(await agent.publishes(staff, text("rude"))).toMatchObject({ code: "invalid", final: true });
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
