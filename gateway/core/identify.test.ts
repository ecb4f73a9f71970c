import { describe, expect, test } from "vitest";
import type { Identity } from "../../protocol/frames.ts";
import type { InboxRow, VisitorRow } from "../../protocol/rows.ts";
import type { TestVisitor } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { signed } from "./testing/signed.ts";
import { settle, until } from "./testing/until.ts";

openHouseBeforeEach();

async function identified(visitor: TestVisitor, identity: Identity) {
  const before = visitor.socket.of("identified").length;
  visitor.say({ kind: "identify", identity });
  await until(() => visitor.socket.of("identified").length > before);
  return visitor.socket.last("identified");
}

describe("a signed identity", () => {
  test("is trusted, and brings its conversations along to another device", async () => {
    const laptop = await house.visitor().arrives();
    expect(await identified(laptop, signed("42"))).toMatchObject({
      verified: true,
      startOver: false,
      principal: laptop.id,
    });
    const { log } = await laptop.writes("current", "from the laptop");

    const phone = await house.visitor().arrives({ identity: signed("42") });
    await phone.socket.receives("identified", (frame) => frame.verified);
    await phone.socket.receives("log", (frame) => frame.log === log && frame.address === "current");
    await until(() => phone.socket.eventsOf(log).length === 1);
    const answer = await phone.writes("current", "from the phone");
    expect(answer.log).toBe(log);
    await until(() => laptop.socket.eventsOf(log).length === 2);
    expect((await house.storage.conversation(house.tenant, log.split("/")[0] ?? ""))?.verified).toBe(true);
  });

  test("a conversation that begins on one device opens on the other", async () => {
    const laptop = await house.visitor().arrives({ identity: signed("42") });
    const phone = await house.visitor().arrives({ identity: signed("42") });
    await phone.socket.receives("identified");
    await phone.socket.receives("log");
    const { log } = await laptop.writes("current", "hello");
    await phone.socket.receives("log", (frame) => frame.log === log);
    await until(() => phone.socket.eventsOf(log).length === 1);
  });

  test("of another person than the linked one starts a new visitor", async () => {
    const visitor = await house.visitor().arrives();
    await identified(visitor, signed("42"));
    expect(await identified(visitor, signed("43"))).toMatchObject({
      startOver: true,
      verified: false,
      code: "conflict",
    });
  });

  test("in its older form proves the id alone", async () => {
    const visitor = await house.visitor().arrives();
    const signature = house.signer.signWith(house.site.secret, "42");
    expect(await identified(visitor, { id: "42", name: "Anybody", signature })).toMatchObject({ verified: true });
    await visitor.writes("current", "hello");
    expect(await house.storage.visitor(house.tenant, visitor.id)).toMatchObject({ externalId: "42" });
  });

  test("in its older form never puts a verified mark beside a name that the page passed", async () => {
    const agent = await house.agentAt().arrives();
    for (const view of ["visitors", "inbox"] as const) agent.say({ kind: "watch", view });
    const shown = async (visitor: TestVisitor) => {
      await settle();
      house.clock.advance(1000);
      await settle();
      house.clock.advance(1000);
      const rows = agent.socket
        .of("difference")
        .flatMap(({ upserts }) => upserts)
        .filter((row) => "visitor" in row && row.visitor === visitor.id) as (VisitorRow | InboxRow)[];
      expect(rows.length).toBeGreaterThan(0);
      return new Set(rows.map(({ name, verified }) => `${name} ${verified}`));
    };
    const signature = house.signer.signWith(house.site.secret, "42");
    const atOnce = await house.visitor().arrives();
    await identified(atOnce, { id: "42", name: "The director", email: "d@x.example", signature });
    await atOnce.writes("current", "hello");
    await shown(atOnce);
    await atOnce.writes("current", "hello again");
    const marks = await shown(atOnce);
    expect(marks).toContain("The director false");
    expect(marks).not.toContain("The director true");

    const later = house.signer.signWith(house.site.secret, "43");
    const inTwoSteps = await house.visitor().arrives();
    await identified(inTwoSteps, { id: "43", signature: later });
    await identified(inTwoSteps, { id: "43", name: "The director" });
    await inTwoSteps.writes("current", "hello");
    expect(await shown(inTwoSteps)).not.toContain("The director true");
  });

  test("is shown with what it signs, and nothing of what was passed before", async () => {
    const visitor = await house.visitor().arrives();
    const agent = await house.agentAt().arrives();
    await identified(visitor, { id: "42", name: "The director", email: "d@x.example" });
    const { name: _, ...nameless } = signed("42", { name: "", email: "henrik@example.nl" });
    await identified(visitor, nameless);
    agent.say({ kind: "watch", view: "visitors" });
    const { rows } = await agent.socket.receives("snapshot");
    expect(rows[0]).toMatchObject({ email: "henrik@example.nl", verified: true });
    expect(rows[0]).not.toHaveProperty("name");
  });

  test("links when storage is back", async () => {
    const visitor = await house.visitor().arrives();
    storage.down = true;
    visitor.say({ kind: "identify", identity: signed("42") });
    await settle();
    expect(visitor.socket.of("identified")).toEqual([]);
    storage.down = false;
    house.clock.advance(1000);
    await visitor.socket.receives("identified", (frame) => frame.verified);
  });
});

describe("an identity that is not proved", () => {
  test.each<readonly [string, (identity: Identity) => Identity, string | undefined]>([
    ["unsigned", ({ signature: _, ...rest }) => rest, undefined],
    ["with another name", (identity) => ({ ...identity, name: "Somebody" }), "unauthenticated"],
    ["with another e-mail", (identity) => ({ ...identity, email: "x@example.nl" }), "unauthenticated"],
    ["with a later end", (identity) => ({ ...identity, expires: (identity.expires ?? 0) + 1 }), "unauthenticated"],
    ["without its end", ({ expires: _, ...rest }) => rest, "unauthenticated"],
    ["with a signature of nothing", (identity) => ({ ...identity, signature: "0".repeat(64) }), "unauthenticated"],
  ])("%s is shown as passed, and opens nothing", async (_, change, code) => {
    const owner = await house.visitor().arrives({ identity: signed("42") });
    const { log } = await owner.writes("current", "private");
    const stranger = await house.visitor().arrives();
    const answer = await identified(stranger, change(signed("42")));
    expect(answer).toMatchObject({ verified: false, startOver: false });
    expect(answer?.code).toBe(code);
    await settle();
    expect(stranger.socket.texts.join()).not.toContain("private");
    expect((await stranger.writes("current", "me")).log).not.toBe(log);
  });

  test("that is over is not trusted", async () => {
    const visitor = await house.visitor().arrives();
    const identity = signed("42");
    house.clock.jump(60_000);
    expect(await identified(visitor, identity)).toMatchObject({ verified: false, code: "expired" });
  });

  test("signed with another site's secret is not trusted", async () => {
    const other = await house.addSite(house.tenant, "Other");
    const visitor = await house.visitor().arrives();
    expect(await identified(visitor, signed("42", {}, other))).toMatchObject({ verified: false });
  });

  test("is refused where the site wants signatures", async () => {
    const site = await house.addSite(house.tenant, "Strict", { requireSignature: true });
    await house.core.siteChanged(house.tenant);
    const agent = await house.agentAt().arrives();
    const visitor = await house.visitor({ site }).arrives();
    expect(await identified(visitor, { id: "1", name: "Mallory" })).toMatchObject({
      verified: false,
      code: "unauthenticated",
    });
    agent.say({ kind: "watch", view: "visitors" });
    expect(agent.socket.texts.join()).not.toContain("Mallory");
  });
});

test("what the site passes about a stored visitor is stored", async () => {
  const visitor = await house.visitor().arrives();
  await visitor.writes("current", "hello");
  visitor.say({ kind: "set", attributes: { plan: "gold" } });
  await identified(visitor, { id: "1", name: "Passed" });
  house.clock.advance(2000);
  await settle();
  expect(await house.storage.visitor(house.tenant, visitor.id)).toMatchObject({
    name: "Passed",
    verified: false,
    attributes: { plan: "gold" },
  });
});

describe("what the page said before its visitor was stored or known to be", () => {
  const attributesOf = async (visitor: TestVisitor, storedAs = visitor.id) => {
    house.clock.advance(2000);
    await settle();
    return (await house.storage.visitor(house.tenant, storedAs))?.attributes;
  };

  test("is stored with a signed identity that comes after it", async () => {
    const visitor = await house.visitor().arrives();
    visitor.say({ kind: "set", attributes: { plan: "gold" } });
    await identified(visitor, signed("42"));
    expect(await attributesOf(visitor, visitor.person)).toEqual({ plan: "gold" });
    await visitor.writes("current", "hello");
    expect(await attributesOf(visitor)).toEqual({ plan: "gold" });
  });

  test("is stored with the next message on another day", async () => {
    const visitor = await house.visitor().arrives();
    await visitor.writes("current", "hello");
    visitor.socket.cut();
    house.clock.advance(86_400_000);
    const again = await house.visitor({ secret: visitor.secret }).arrives();
    again.say({ kind: "set", attributes: { plan: "gold" } });
    await again.writes("current", "me again");
    expect(await attributesOf(again)).toEqual({ plan: "gold" });
  });

  test("is stored with the page load that says it", async () => {
    const visitor = await house.visitor().arrives();
    await visitor.writes("current", "hello");
    const next = house.visitor({ secret: visitor.secret });
    next.attributes = { plan: "gold" };
    await next.arrives();
    expect(await attributesOf(next)).toEqual({ plan: "gold" });
  });

  test("is stored once, however often page loads and reconnects say it again", async () => {
    const visitor = await house.visitor().arrives();
    visitor.attributes = { plan: "gold" };
    await visitor.writes("current", "hello");
    await visitor.arrives();
    expect(await attributesOf(visitor)).toEqual({ plan: "gold" });
    storage.calls.length = 0;
    await visitor.arrives();
    visitor.say({ kind: "set", attributes: { plan: "gold" } });
    await attributesOf(visitor);
    expect(storage.calls.filter((name) => name === "saveVisitor")).toEqual([]);
  });

  test("is taken away from the row, also on another day", async () => {
    const visitor = await house.visitor().arrives();
    await visitor.writes("current", "hello");
    visitor.say({ kind: "set", attributes: { plan: "gold", city: "Oslo" } });
    expect(await attributesOf(visitor)).toEqual({ plan: "gold", city: "Oslo" });
    visitor.socket.cut();
    house.clock.advance(86_400_000);
    const again = await house.visitor({ secret: visitor.secret }).arrives();
    await again.writes("current", "me again");
    again.say({ kind: "set", attributes: { plan: null } });
    expect(await attributesOf(again)).toEqual({ city: "Oslo" });
  });
});
