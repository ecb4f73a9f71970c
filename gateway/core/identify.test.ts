import { describe, expect, test } from "vitest";
import type { Identity } from "../../protocol/frames.ts";
import { handleOf } from "../../protocol/handle.ts";
import type { InboxRow, VisitorRow } from "../../protocol/rows.ts";
import type { SiteRecord } from "../../storage/records.ts";
import type { TestVisitor } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { settle, until } from "./testing/until.ts";

openHouseBeforeEach();

/** As the site's server does it: HMAC-SHA-256, hex, over `id\nname\nemail\nexpires`. */
function signed(id: string, more: Partial<Identity> = {}, site: SiteRecord = house.site): Identity {
  const identity = { id, name: "Henrik", email: "henrik@example.nl", expires: house.clock.now() + 60_000, ...more };
  const text = `${identity.id}\n${identity.name ?? ""}\n${identity.email ?? ""}\n${identity.expires}`;
  return { ...identity, signature: house.signer.signWith(site.secret, text) };
}

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

describe("a customer whose device keeps nothing", () => {
  /** Another secret on every page. */
  async function page(identity = signed("42")) {
    const visitor = await house.visitor().arrives({ identity });
    await visitor.socket.receives("identified", (frame) => frame.verified);
    return visitor;
  }
  async function settled(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      house.clock.advance(2500);
      await settle();
    }
  }

  test("is stored once, not once for each page", async () => {
    const pages = [await page(), await page(), await page()];
    for (const visitor of pages) visitor.say({ kind: "set", attributes: { plan: "gold" } });
    await settled();
    for (const { id } of pages) expect(await house.storage.visitor(house.tenant, id)).toBeNull();
    expect(new Set(pages.map(({ person }) => person)).size).toBe(1);
    expect(await house.storage.visitor(house.tenant, pages[0]?.person ?? "")).toMatchObject({
      externalId: "42",
      name: "Henrik",
      verified: true,
      attributes: { plan: "gold" },
    });
  });

  test("sees the conversation of another device before writing, and what is said there meanwhile", async () => {
    const laptop = await page();
    const { log } = await laptop.writes("current", "from the laptop");
    const shop = await page();
    await shop.socket.receives("log", (frame) => frame.log === log && frame.address === "current");
    await until(() => shop.socket.eventsOf(log).length === 1);
    await laptop.writes("current", "once more");
    await until(() => shop.socket.eventsOf(log).length === 2);
    await settled();
    expect(await house.storage.visitor(house.tenant, shop.id)).toBeNull();
  });

  test("says hello again with something new, which goes to the row that stands for it", async () => {
    const shop = await page();
    const { person } = shop;
    await settled();
    shop.attributes = { plan: "gold" };
    await shop.arrives();
    await settled();
    expect(await house.storage.visitor(house.tenant, shop.id)).toBeNull();
    expect(await house.storage.visitor(house.tenant, person)).toMatchObject({ attributes: { plan: "gold" } });
  });

  test("is found on the visit that is left when the newer one has a row of its own, or is forgotten", async () => {
    const at = async (ipAddress: string) => {
      const visitor = await house.visitor({ info: { ipAddress } }).arrives({ identity: signed("42") });
      await visitor.socket.receives("identified", (frame) => frame.verified);
      return visitor;
    };
    const [home, work, train] = [await at("192.0.2.1"), await at("192.0.2.2"), await at("192.0.2.3")];
    const { person } = home;
    expect(house.core.handleOf(person)).toBe(handleOf(train.id));
    await train.writes("current", "hello");
    expect(house.core.handleOf(person)).toBe(handleOf(work.id));
    work.socket.cut();
    for (let minutes = 0; minutes <= 31; minutes += 0.25) {
      home.say({ kind: "heartbeat", nonce: 1, visible: true });
      house.clock.advance(15_000);
    }
    expect(house.core.handleOf(person)).toBe(handleOf(home.id));
  });

  test("has a row of its own from the first message on, which goes where the person's others are", async () => {
    const { log } = await (await page()).writes("current", "from the laptop");
    const shop = await page();
    const texts = ["a", "b", "c"].map((words) => shop.frame("current", { kind: "text", text: words }));
    shop.say(...texts);
    for (const { id } of texts) expect(await shop.answerTo(id)).toMatchObject({ kind: "ack", log });
    await until(() => shop.socket.eventsOf(log).length === 4);
    expect(shop.socket.eventsOf(log).map(({ body }) => "text" in body && body.text)).toEqual([
      "from the laptop",
      "a",
      "b",
      "c",
    ]);
    expect(await house.storage.visitor(house.tenant, shop.id)).toMatchObject({ externalId: "42", verified: true });
  });

  /** A tab that is signed in, and one of the same browser that is not and writes first. */
  async function twoTabs() {
    const signedIn = await page();
    const other = await house.visitor({ secret: signedIn.secret }).arrives();
    return { signedIn, other };
  }

  test("sees what another tab that is not signed in writes first, and agents see who it is", async () => {
    const { log: older } = await (await page()).writes("current", "from the laptop");
    const agent = await house.agentAt().arrives();
    agent.say({ kind: "watch", view: "inbox" });
    await agent.socket.receives("snapshot");
    const { signedIn, other } = await twoTabs();
    const { log } = await other.writes("current", "from the other tab");
    await signedIn.socket.receives("log", (frame) => frame.log === log && frame.address === "current");
    await until(() => signedIn.socket.eventsOf(log).length === 1);
    expect(await house.storage.visitor(house.tenant, signedIn.id)).toMatchObject({ externalId: "42", verified: true });
    await settled();
    const rows = agent.socket.of("difference").flatMap(({ upserts }) => upserts) as InboxRow[];
    expect(rows.findLast(({ key }) => key === log.split("/")[0])).toMatchObject({
      name: "Henrik",
      verified: true,
    });
    expect(log).not.toBe(older);
    expect(await signedIn.writes("current", "and from this one")).toMatchObject({ log });
  });

  test("sees what another tab writes first where storage fails just then", async () => {
    const { signedIn, other } = await twoTabs();
    storage.refuses = (name) => name === "linkContact";
    const { log } = await other.writes("current", "from the other tab");
    await settle();
    storage.refuses = () => false;
    house.clock.advance(2500);
    await until(() => signedIn.socket.eventsOf(log).length === 1);
  });

  test("keeps what it wrote while storage had linked it and not yet said so", async () => {
    const shop = await house.visitor().arrives();
    storage.down = true;
    shop.say({ kind: "identify", identity: signed("42") });
    await settle();
    storage.down = false;
    storage.held.add("linkContact");
    house.clock.advance(1000);
    await until(() => storage.calls.filter((name) => name === "linkContact").length === 2);
    await settle();
    const { log } = await shop.writes("current", "hello");
    storage.release();
    await shop.socket.receives("identified", (frame) => frame.verified);
    await settle();
    expect(await house.storage.visitor(house.tenant, shop.id)).toMatchObject({ externalId: "42", verified: true });
    const laptop = await page();
    await laptop.socket.receives("log", (frame) => frame.log === log && frame.address === "current");
  });

  test("reads on as the person, and starts over, where another tab wrote first as somebody else", async () => {
    const laptop = await page();
    const { log } = await laptop.writes("current", "from the laptop");
    const { signedIn, other } = await twoTabs();
    await house.storage.linkContact(house.tenant, house.site.site, other.id, { externalId: "43" }, house.clock.now());
    await other.writes("current", "from somebody else");
    await signedIn.socket.receives("identified", (frame) => frame.startOver);
    await laptop.writes("current", "once more");
    await until(() => signedIn.socket.eventsOf(log).length === 2);
    for (let round = 0; round < 4; round += 1) {
      house.clock.advance(2500);
      await settle();
    }
    expect(signedIn.socket.texts.join()).not.toContain("from somebody else");
    expect(signedIn.socket.of("identified").filter(({ startOver }) => startOver)).toHaveLength(1);
  });

  test("keeps its message while storage does not answer", async () => {
    const shop = await page();
    storage.down = true;
    expect(await shop.publishes("current", { kind: "text", text: "hello" })).toMatchObject({ code: "busy" });
    storage.down = false;
    await shop.writes("current", "hello", { ordinal: 1 });
  });

  test("is found by agents under one name, with all visits, before and after the first message", async () => {
    // Hours pass here: nobody keeps a connection open.
    const row = async (): Promise<VisitorRow | undefined> => {
      const agent = await house.agentAt().arrives();
      agent.say({ kind: "watch", view: "visitors" });
      const { rows } = await agent.socket.receives("snapshot");
      return (rows as VisitorRow[]).find(({ state }) => state !== "gone");
    };
    const first = await page();
    await settled();
    expect(await row()).toMatchObject({ visitor: first.person, visits: 1 });
    first.socket.cut();
    house.clock.advance(3_600_000);
    await settled();
    const second = await page();
    await settled();
    expect(await row()).toMatchObject({ visitor: second.person, visits: 2 });
    expect(house.core.handleOf(second.person)).toBe((await row())?.handle);
    await second.writes("current", "hello");
    await settled();
    expect(await row()).toMatchObject({ visitor: second.id, visits: 2 });
    const visits = await house.storage.earlierVisits(house.tenant, second.id, Number.MAX_SAFE_INTEGER, 10);
    expect(visits).toHaveLength(2);
  });

  test("is stored at once where the site remembers its visitors", async () => {
    const site = await house.addSite(house.tenant, "Remembers", { remembers: true });
    await house.core.siteChanged(house.tenant);
    const visitor = await house.visitor({ site }).arrives({ identity: signed("42", {}, site) });
    await visitor.socket.receives("identified", (frame) => frame.verified);
    expect(await house.storage.visitor(house.tenant, visitor.id)).toMatchObject({ externalId: "42" });
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
