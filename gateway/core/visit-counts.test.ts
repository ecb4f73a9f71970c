/** New or returning: shown where it is known, and only there. */
import { expect, test } from "vitest";
import type { VisitorRow } from "../../protocol/rows.ts";
import type { SiteRecord } from "../../storage/records.ts";
import type { Core } from "./core.ts";
import { settings, type TestVisitor } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { signed } from "./testing/signed.ts";
import { settle } from "./testing/until.ts";

openHouseBeforeEach();

/** What an agent who comes now sees: hours pass here, and nobody keeps a connection open. */
async function rows(core?: Core): Promise<VisitorRow[]> {
  const agent = await house.agentAt(house.agent, core).arrives();
  agent.say({ kind: "watch", view: "visitors" });
  const shown = await agent.socket.receives("snapshot");
  agent.socket.cut();
  return (shown.rows as VisitorRow[]).filter(({ state }) => state !== "gone");
}

/** Lets what waits in the background be stored and read. */
async function settled(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    house.clock.advance(2500);
    await settle();
  }
}

/** Closes the page and stays away until the visit is over. */
async function goesAway(visitor: TestVisitor): Promise<void> {
  visitor.socket.cut();
  house.clock.advance(settings.visitGraceMs + 3_600_000);
  await settled();
}

test("who has not used the chat is neither new nor returning", async () => {
  await house.visitor().arrives();
  await settled();
  expect(await rows()).toHaveLength(1);
  expect((await rows())[0]).not.toHaveProperty("visits");
});

test("who used the chat is new on the first visit and returns on the second", async () => {
  const visitor = await house.visitor().arrives();
  await visitor.writes("current", "hello");
  await settled();
  expect((await rows())[0]).toMatchObject({ visits: 1 });
  await goesAway(visitor);
  const held = [{ address: "current", epoch: "of the last visit", seen: 1, delivered: 1, read: 1 }];
  const again = await house.visitor({ secret: visitor.secret }).arrives({ positions: held });
  await again.socket.receives("log");
  await settled();
  expect(await rows()).toMatchObject([{ visits: 2, visitor: visitor.id }]);
});

test("a signed customer returns on another device too", async () => {
  const laptop = await house.visitor().arrives({ identity: signed("42") });
  await laptop.socket.receives("identified");
  await settled();
  expect((await rows())[0]).toMatchObject({ visits: 1 });
  await goesAway(laptop);
  const phone = await house.visitor({ info: { ipAddress: "192.0.2.77" } }).arrives({ identity: signed("42") });
  await phone.socket.receives("identified");
  await settled();
  expect(await rows()).toMatchObject([{ visits: 2, name: "Henrik" }]);
});

test("a site that remembers its visitors knows them from their first page on, with what it passed", async () => {
  const site: SiteRecord = await house.addSite(house.tenant, "Remembering", { remembers: true });
  const remembering = await house.addGateway();
  const visitor = house.visitor({ site, core: remembering });
  visitor.attributes = { plan: "gold" };
  await visitor.arrives();
  await settled();
  expect((await rows(remembering))[0]).toMatchObject({ visits: 1, visitor: visitor.id });
  expect(await house.storage.visitor(house.tenant, visitor.id)).toMatchObject({ attributes: { plan: "gold" } });
  visitor.socket.cut();
  house.clock.advance(settings.visitGraceMs + 3_600_000);
  await settled();
  await house.visitor({ site, core: remembering, secret: visitor.secret }).arrives();
  await settled();
  expect((await rows(remembering))[0]).toMatchObject({ visits: 2 });
});

test("a number that storage could not tell comes when it is back", async () => {
  const visitor = await house.visitor().arrives();
  await visitor.writes("current", "hello");
  storage.down = true;
  await settled();
  expect((await rows())[0]).not.toHaveProperty("visits");
  storage.down = false;
  await settled();
  await settled();
  expect((await rows())[0]).toMatchObject({ visits: 1 });
});
