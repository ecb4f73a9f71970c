import { describe, expect, test } from "vitest";
import { handleOf } from "../../protocol/handle.ts";
import type { InboxRow, VisitorRow } from "../../protocol/rows.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { signed } from "./testing/signed.ts";
import { settle, until } from "./testing/until.ts";

openHouseBeforeEach();

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
