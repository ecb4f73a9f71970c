import { describe, expect, it } from "vitest";
import { heartbeatMs } from "./limits.ts";
import type { TestPage } from "./testing/page.ts";
import {
  agentCredential,
  clock,
  database,
  gateway,
  openGatewayBeforeEach,
  random,
  say,
  started,
  wire,
} from "./testing/pages-and-gateway.ts";
import { createSharedDisk } from "./testing/shared-disk.ts";

openGatewayBeforeEach();

describe("logs", () => {
  const conversation = (texts: string[]): { visitor: TestPage; log: string } => {
    const visitor = started();
    for (const text of texts) say(visitor, text);
    clock.advance(1_000);
    return { visitor, log: visitor.client.log("current")?.log as string };
  };
  const agentOn = (log: string): TestPage => {
    const agent = started({ credential: agentCredential, scope: "agent/one", store: createSharedDisk(clock).page() });
    agent.client.open(log);
    clock.advance(500);
    return agent;
  };
  /** By an agent's page, of a conversation that was not there just then (a restore took it), and is there now. */
  const openedTooEarly = (): { agent: TestPage; log: string } => {
    const { log } = conversation(["one"]);
    const { conversations } = database.state;
    database.state.conversations = [];
    const agent = agentOn(log);
    database.state.conversations = conversations;
    expect(agent.client.log(log)).toMatchObject({ live: false });
    return { agent, log };
  };
  it("R5.1 a reload draws at once from the disk, and resumes where it was", () => {
    conversation(["one", "two"]);
    clock.advance(2_000);
    wire.refuse = () => true;
    const again = started();
    expect(again.shown()).toEqual(["one", "two"]);
    expect(again.client.log("current")?.live).toBe(false);
    wire.refuse = () => false;
    clock.advance(60_000);
    expect(again.client.log("current")).toMatchObject({ live: true, seen: 2 });
  });
  it("R5.4 history comes in pages, older ones on demand", () => {
    const { visitor, log } = conversation(Array.from({ length: 130 }, (_, i) => `m${i + 1}`));
    clock.advance(60_000);
    expect(visitor.client.log("current")?.seen).toBe(130);
    const agent = agentOn(log);
    expect(agent.client.log(log)).toMatchObject({ from: 81, seen: 130 });
    const answers: boolean[] = [];
    agent.client.older(log, 50, (ok) => answers.push(ok));
    clock.advance(500);
    agent.client.older(log, 50, (ok) => answers.push(ok));
    clock.advance(500);
    expect(answers).toEqual([true, true]);
    expect(agent.shown()).toEqual(Array.from({ length: 130 }, (_, i) => `m${i + 1}`));
    agent.client.older(log, 50, (ok) => answers.push(ok));
    expect(answers).toEqual([true, true, false]);
  });
  it("R5.4 a hole is filled at once", () => {
    const { visitor, log } = conversation(["one"]);
    for (const { logs } of gateway.sessions) (logs.get(log) as { at: number }).at += 1;
    say(visitor, "two");
    say(visitor, "three");
    clock.advance(200);
    expect(visitor.client.log("current")).toMatchObject({ seen: 3, head: 3 });
    expect(visitor.shown()).toEqual(["one", "two", "three"]);
  });
  it("R5.5 the loss of the last hint is noticed", () => {
    const { visitor, log } = conversation(["one"]);
    const agent = agentOn(log);
    const cursors = gateway.sessions.map(({ logs }) => logs.get(log)).filter((cursor) => cursor !== undefined);
    for (const cursor of cursors) cursor.at += 1;
    say(agent, "two", log);
    clock.advance(30_000);
    expect(agent.shown()).toEqual(["one", "two"]);
    expect(visitor.shown()).toEqual(["one", "two"]);
  });
  it("R5.6 an edit and a deletion change what is held", () => {
    const { visitor, log } = conversation(["one", "two"]);
    const agent = agentOn(log);
    visitor.client.publish("current", { kind: "edit", target: 1, text: "uno" });
    visitor.client.publish("current", { kind: "delete", target: 2 });
    clock.advance(500);
    for (const { client } of [visitor, agent]) {
      const events = client.log(log)?.events ?? [];
      expect(events[0]).toMatchObject({ body: { kind: "text", text: "uno" }, editedAt: expect.any(Number) });
      expect(events[1]).toMatchObject({ body: { kind: "text", text: "" }, deletedAt: expect.any(Number) });
    }
  });
  it("R5.7 a note waits for the public message that it came after", () => {
    const { log } = conversation(["one"]);
    const staff = log.replace("public", "staff");
    const agent = agentOn(log);
    agent.client.open(staff);
    clock.advance(500);
    const sent = database.state.conversations[0];
    if (!sent) throw new Error("no conversation");
    sent.logs.staff.push({ ...(sent.logs.public[0] as (typeof sent.logs.public)[0]), after: 2, id: random.id() });
    clock.advance(10_000);
    expect(agent.client.log(staff)).toMatchObject({ seen: 1, events: [] });
    say(agent, "two", log);
    clock.advance(500);
    expect(agent.client.log(staff)?.events).toHaveLength(1);
  });
  it("R5.8 cursors of both sides arrive, and never move back", () => {
    const { visitor, log } = conversation(["one", "two"]);
    const agent = agentOn(log);
    clock.advance(500);
    expect(visitor.client.log("current")?.agents).toEqual({ delivered: 2, read: 0 });
    agent.client.receipt(log, 2, 2);
    clock.advance(500);
    agent.client.receipt(log, 1, 1);
    clock.advance(500);
    expect(visitor.client.log("current")?.agents).toEqual({ delivered: 2, read: 2 });
  });
  it("R10.1 what a restore took away comes back from the pages, once and in order", () => {
    const { visitor, log } = conversation(["one", "two"]);
    const backup = database.backup();
    say(visitor, "three");
    clock.advance(2_000);
    gateway.kill();
    wire.cut();
    database.restore(backup);
    say(visitor, "four");
    clock.advance(30_000);
    expect(database.texts()).toEqual(["one", "two", "three", "four"]);
    expect(visitor.shown()).toEqual(["one", "two", "three", "four"]);
    expect(visitor.client.log("current")).toMatchObject({ log, epoch: "g2", live: true });
  });
  it("R10.1 what is offered again names the conversation that it stood in, whichever else is gone or reset", () => {
    const { visitor, log } = conversation(["one"]);
    const backup = database.backup();
    const first = structuredClone(database.state.conversations[0]) as (typeof database.state.conversations)[0];
    const second = { ...first, id: random.id(), createdAt: clock.now(), logs: { public: [], staff: [] } };
    database.state.conversations.push(second);
    say(visitor, "two");
    visitor.client.open("current");
    clock.advance(2_000);
    gateway.kill();
    wire.cut();
    database.restore(backup);
    const before = wire.upstream.length;
    say(visitor, "three");
    clock.advance(30_000);
    const named = wire.upstream
      .slice(before)
      .flatMap((text) => [JSON.parse(text)].flat() as { k: string; b: { x: string }; c?: string }[])
      .filter(({ k }) => k === "publish")
      .map(({ b, c }) => `${b.x} in ${c}`);
    expect(new Set(named)).toEqual(
      new Set([`one in ${log.split("/")[0]}`, `two in ${second.id}`, `three in ${second.id}`]),
    );
  });
  it("R5.2 a log that was not there when it was opened is opened when it comes to be", () => {
    const { agent, log } = openedTooEarly();
    say(agent, "two", log);
    clock.advance(500);
    expect(agent.client.log(log)).toMatchObject({ live: true, seen: 2 });
    expect(agent.shown()).toEqual(["one", "two"]);
  });
  it("R5.8 what another page of the reader has is not what this one holds", () => {
    const { visitor, log } = conversation(["one"]);
    const { epoch } = visitor.client.log(log) as { epoch: string };
    const before = wire.upstream.length;
    gateway.sessions[0]?.end.send(
      JSON.stringify({ k: "positions", l: log, e: epoch, own: { d: 2, r: 1 }, v: { d: 2, r: 1 } }),
    );
    clock.advance(2_000);
    const receipts = wire.upstream.slice(before).filter((text) => text.includes(`"k":"receipt"`));
    expect(visitor.client.log(log)?.own).toEqual({ delivered: 2, read: 1 });
    expect(receipts.join()).toContain(`"d":1,"r":1`);
    expect(receipts.join()).not.toContain(`"d":2`);
  });
  it("R5.2 a log that is not there is asked for again, also where it comes to be without a word of this page", () => {
    const { agent, log } = openedTooEarly();
    clock.advance(heartbeatMs + 1_000);
    expect(agent.client.log(log)).toMatchObject({ live: true, seen: 1 });
    const before = wire.upstream.length;
    clock.advance(2 * heartbeatMs);
    expect(wire.upstream.slice(before).join()).not.toContain(`"k":"subscribe"`);
  });
  it("R5.2 what waits for the answer to its address goes out although a carrier lost that answer", () => {
    const { visitor } = conversation(["one"]);
    let hellos = 0;
    visitor.client.stop();
    const again = started({
      listener: {
        ok: () => {
          hellos += 1;
          wire.lose("down", 1);
        },
      },
    });
    say(again, "two");
    clock.advance(1_000);
    expect(again.client.status()).toMatchObject({ phase: "online", unsent: 1 });
    clock.advance(heartbeatMs + 1_000);
    expect(again.client.status()).toMatchObject({ phase: "online", unsent: 0 });
    expect(hellos).toBe(1);
    expect(again.shown()).toEqual(["one", "two"]);
  });
});
