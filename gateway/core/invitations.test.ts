import { describe, expect, test } from "vitest";
import type { VisitRow } from "../../protocol/rows.ts";
import { newId, settings } from "./testing/house.ts";
import { house } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";
import { agent, nextPage, rows, tick, watchVisitorsBeforeEach } from "./testing/visitors-table.ts";

watchVisitorsBeforeEach();

describe("an invitation", () => {
  async function invited() {
    const visitor = await house.visitor().arrives();
    tick();
    const key = rows()[0]?.key ?? "";
    await agent.writes(`visit:${key}`, "Can I help?");
    const frame = await visitor.socket.receives("invitation");
    return { visitor, key, frame };
  }

  test("reaches the page, shows its states, and its answer opens the conversation for that visitor", async () => {
    const { visitor, frame } = await invited();
    expect(frame).toMatchObject({ text: "Can I help?", state: "open", agent: { name: house.agent.name } });
    tick();
    expect(rows()[0]).toMatchObject({ state: "invited", invitation: { id: frame.invitation, state: "sent" } });
    for (const state of ["delivered", "seen"] as const) {
      visitor.say({ kind: "invitation-state", invitation: frame.invitation, state });
      tick();
      expect(rows()[0]?.invitation?.state).toBe(state);
    }
    const ack = await visitor.writes("current", "Yes please", { answers: frame.invitation });
    expect(ack.log).toBe(`${frame.invitation}/public`);
    await visitor.socket.receives("invitation", (gone) => gone.state === "gone");
    await until(() => visitor.socket.eventsOf(ack.log).some((event) => event.seq === ack.seq));
    expect(visitor.socket.eventsOf(ack.log)[0]?.body).toEqual({ kind: "text", text: "Can I help?" });
    tick();
    expect(rows()[0]).toMatchObject({ state: "chatting", conversation: frame.invitation, visitor: visitor.id });
  });

  test("stands with its text, author and state in the visit of every agent who looks, to the end", async () => {
    const { visitor, key, frame } = await invited();
    const record = await house.addAgent(house.tenant, "agent");
    await house.core.agentChanged(house.tenant, record.id);
    const colleague = await house.agentAt(record).arrives();
    colleague.say({ kind: "watch", view: `visit:${key}` });
    const told = () =>
      colleague.socket.frames
        .flatMap((one) => (one.kind === "snapshot" ? one.rows : one.kind === "difference" ? one.upserts : []))
        .filter((row): row is VisitRow => row.type === "visit")
        .at(-1)?.invitation;
    expect(told()).toMatchObject({ text: "Can I help?", agent: { name: house.agent.name }, state: "sent" });
    visitor.say({ kind: "invitation-state", invitation: frame.invitation, state: "seen" });
    tick();
    expect(told()?.state).toBe("seen");
    await visitor.writes("current", "Yes please", { answers: frame.invitation });
    await settle();
    tick();
    expect(told()).toMatchObject({ text: "Can I help?", state: "answered" });
  });

  test("goes with the trail to the next page, and to nobody else", async () => {
    const { visitor, frame } = await invited();
    const other = await house.visitor({ info: { ipAddress: "192.0.2.50" } }).arrives();
    visitor.socket.cut();
    const next = await nextPage(visitor, "https://shop.example/tents");
    expect(next.socket.last("invitation")).toMatchObject({ invitation: frame.invitation, state: "open" });
    expect(next.socket.of("log").some((log) => log.log !== undefined)).toBe(false);
    expect(other.socket.of("invitation")).toEqual([]);
    const ack = await next.writes("current", "Yes", { answers: frame.invitation });
    expect(ack.log).toBe(`${frame.invitation}/public`);
    expect((await house.storage.conversation(house.tenant, frame.invitation))?.visitor).toBe(next.id);
  });

  test("that was dismissed never comes again", async () => {
    const { visitor, frame } = await invited();
    visitor.say({ kind: "invitation-state", invitation: frame.invitation, state: "dismissed" });
    expect(visitor.socket.last("invitation")?.state).toBe("gone");
    tick();
    expect(rows()[0]).toMatchObject({ state: "browsing", invitation: { state: "dismissed" } });
    visitor.socket.cut();
    const next = await nextPage(visitor, "https://shop.example/tents");
    expect(next.socket.of("invitation")).toEqual([]);
    await settle();
    expect((await house.storage.conversation(house.tenant, frame.invitation))?.invitation).toBe("dismissed");
  });

  test("is missed when the visit ends", async () => {
    const { visitor, frame } = await invited();
    visitor.socket.cut();
    house.clock.advance(settings.visitGraceMs + 2000);
    await settle();
    expect((await house.storage.conversation(house.tenant, frame.invitation))?.invitation).toBe("missed");
  });

  test("to nobody is refused for good", async () => {
    expect(await agent.publishes(`visit:${newId()}`, { kind: "text", text: "x" })).toMatchObject({
      code: "not-found",
      final: true,
    });
  });
});
