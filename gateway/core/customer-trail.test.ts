/** A customer who is signed in and has not chatted: nothing is on the device, each page load is another secret. */
import { beforeEach, expect, test } from "vitest";
import type { Identity } from "../../protocol/frames.ts";
import { handleOf } from "../../protocol/handle.ts";
import { viewTickMs } from "../../protocol/limits.ts";
import type { VisitorRow } from "../../protocol/rows.ts";
import { settings, type TestAgent, type TestVisitor } from "./testing/house.ts";
import { house, openHouseBeforeEach, storage } from "./testing/house-of-each-test.ts";
import { signed } from "./testing/signed.ts";
import { settle, until } from "./testing/until.ts";

let agent: TestAgent;
openHouseBeforeEach();
beforeEach(async () => {
  agent = await house.agentAt().arrives();
});

const customer = (id: string): Identity => signed(id, { name: `Customer ${id}`, email: `${id}@example.nl` });

async function page(path: string, from: TestVisitor | null, identity: Identity | null, attributes = {}) {
  from?.socket.cut();
  const next = house.visitor();
  const referrer = from?.url ?? "https://search.example/";
  Object.assign(next, { url: `https://shop.example/${path}`, referrer, attributes });
  await next.arrives(identity ? { identity } : {});
  if (identity) await next.socket.receives("identified", (frame) => frame.verified);
  return next;
}

function rows(): VisitorRow[] {
  agent.say({ kind: "watch", view: "visitors" });
  return (agent.socket.last("snapshot")?.rows ?? []) as VisitorRow[];
}

async function inviteOnly(row: VisitorRow | undefined): Promise<void> {
  await agent.writes(`visit:${row?.key}`, "About your order, dear Customer 42");
}

test("the trail goes on from page to page, with its start and where it came from", async () => {
  const first = await page("", null, customer("42"));
  house.clock.advance(5000);
  const second = await page("tents", first, customer("42"));
  const third = await page("cart", second, customer("42"));
  expect(rows()).toMatchObject([
    { pages: 3, referrer: "https://search.example/", name: "Customer 42", verified: true, visitor: third.person },
  ]);
  expect(rows()[0]?.page.enteredAt).toBe((rows()[0]?.startedAt ?? 0) + 5000);
});

test("a page that does not say who it is has nothing of who was signed in, in no view and in no row", async () => {
  const first = await page("account", null, customer("42"), { tier: "gold-customer" });
  const before = rows()[0];
  house.clock.advance(3000);
  await settle();
  expect(await house.storage.earlierVisits(house.tenant, first.person, Number.MAX_SAFE_INTEGER, 10)).toHaveLength(1);
  const next = await page("signed-out", first, null);
  const [row] = rows();
  expect(row).toMatchObject({ pages: 2, key: before?.key, verified: false, state: "browsing" });
  for (const field of ["name", "email", "visitor", "conversation"]) expect(row).not.toHaveProperty(field);
  expect(row?.handle).toBe(handleOf(next.id));
  expect(row?.handle).not.toBe(before?.handle);
  agent.say({ kind: "watch", view: `visit:${row?.key}` });
  const texts = agent.socket.texts.at(-1) ?? "";
  expect(texts).toContain("signed-out");
  expect(texts).not.toContain("Customer 42");
  expect(texts).not.toContain("gold-customer");
  house.clock.advance(3000);
  await settle();
  expect(await house.storage.earlierVisits(house.tenant, first.person, Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  next.say({ kind: "bye" });
  house.clock.advance(settings.visitGraceMs + 3000);
  await settle();
  expect(await house.storage.earlierVisits(house.tenant, first.person, Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  expect(next.socket.texts.join()).not.toContain("42");
});

test("it gains no conversation, no right and no invitation of who was signed in", async () => {
  const laptop = await page("elsewhere", null, customer("42"));
  laptop.socket.cut();
  const other = house.visitor({ info: { ipAddress: "203.0.113.9" } });
  await other.arrives({ identity: customer("42") });
  await other.socket.receives("identified");
  await other.writes("current", "private words");
  const first = await page("account", null, customer("42"));
  await inviteOnly(rows().find((row) => row.page.url === first.url));
  await until(() => first.socket.texts.join().includes("About your order"));

  const next = await page("signed-out", first, null);
  await settle();
  expect(next.socket.of("invitation")).toEqual([]);
  expect(next.socket.texts.join()).not.toMatch(/private words|About your order|Customer 42/);
  const { log } = await next.writes("current", "who am I");
  const own = await house.storage.conversation(house.tenant, log.split("/")[0] ?? "");
  expect(own).toMatchObject({ contact: null, visitor: next.id, verified: false });
});

test("an invitation that was written to a customer waits until the page has proved to be theirs", async () => {
  const first = await page("account", null, customer("42"));
  await inviteOnly(rows()[0]);
  const { invitation } = await first.socket.receives("invitation");
  const someone = await page("signed-out", first, null);
  expect(someone.socket.of("invitation")).toEqual([]);
  const again = await page("account-again", someone, customer("42"));
  expect(again.socket.of("invitation")).toMatchObject([{ invitation, state: "open" }]);
  const ack = await again.writes("current", "Yes?", { answers: invitation });
  expect(ack.log).toBe(`${invitation}/public`);
});

test("a trail that ended as somebody's is over", async () => {
  const first = await page("account", null, customer("42"));
  first.socket.cut();
  house.clock.advance(settings.visitGraceMs + 3000);
  await page("account-again", first, null);
  house.clock.advance(viewTickMs);
  expect(rows()).toMatchObject([{ pages: 1 }]);
});

test("another customer on the same machine is not shown with the pages of the one before", async () => {
  const first = await page("account", null, customer("42"));
  await inviteOnly(rows()[0]);
  const next = await page("signed-out", first, null);
  const other = await page("account-of-43", next, customer("43"), { tier: "new" });
  const row = rows().find(({ visitor }) => visitor === other.person);
  expect(row).toMatchObject({ pages: 1, name: "Customer 43", referrer: "https://shop.example/signed-out" });
  expect(rows().find(({ key }) => key !== row?.key)).toMatchObject({ pages: 3, verified: false });
  expect(other.socket.of("invitation")).toEqual([]);
  agent.say({ kind: "watch", view: `visit:${row?.key}` });
  expect(agent.socket.texts.at(-1)).toContain("tier");
  const further = await page("tents", other, customer("43"));
  expect(rows().find(({ visitor }) => visitor === further.person)).toMatchObject({ pages: 2 });
});

test("an answer that is stored after its page has gone is not shown as the next page's", async () => {
  const first = await page("account", null, customer("42"));
  storage.held.add("append");
  first.say(first.frame("current", { kind: "text", text: "bye" }));
  await until(() => storage.calls.includes("append"));
  await page("signed-out", first, null);
  storage.release();
  await settle();
  expect(rows()[0]).toMatchObject({ pages: 2, verified: false });
  expect(rows()[0]).not.toHaveProperty("visitor");
});
