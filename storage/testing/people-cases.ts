/** Visitors and contacts. */
import assert from "node:assert/strict";
import { maxAttributes } from "../../protocol/limits.ts";
import { id, inWorld, Page, type StorageCase, someTime } from "./world.ts";

export const peopleCases: readonly StorageCase[] = [
  inWorld("a visitor's attributes are merged, null removes one", async (world) => {
    const { storage, tenant } = world;
    const visitor = id();
    const save = (profile: Parameters<typeof storage.saveVisitor>[3], at = someTime) =>
      storage.saveVisitor(tenant, world.site.site, visitor, profile, at);
    await save({ name: "Ann", attributes: { plan: "pro", cart: 3, vip: true, __proto__x: "y" } });
    const after = await save(
      { email: "ann@example.org", locale: "en", attributes: { cart: null, plan: "max" } },
      someTime + 5,
    );
    assert.deepEqual(after.attributes, { plan: "max", vip: true, __proto__x: "y" });
    assert.deepEqual([after.name, after.email, after.locale, after.verified], ["Ann", "ann@example.org", "en", false]);
    assert.deepEqual([after.firstSeenAt, after.lastSeenAt], [someTime, someTime + 5]);
    assert.deepEqual(await storage.visitor(tenant, visitor), after);
  }),

  inWorld("a visitor's attributes are bounded: the newest names stay", async (world) => {
    const { storage, tenant } = world;
    const visitor = id();
    for (let round = 0; round < 3; round += 1) {
      const names = Array.from({ length: maxAttributes }, (_, index) => [`${round}-${index}`, "x"]);
      const attributes = Object.fromEntries(names) as Record<string, string>;
      const { attributes: stored } = await storage.saveVisitor(
        tenant,
        world.site.site,
        visitor,
        { attributes },
        someTime,
      );
      assert.deepEqual(stored, attributes);
    }
  }),

  inWorld("a name beside a proved id is verified only if it was signed too", async (world) => {
    const { storage, tenant } = world;
    const { site } = world.site;
    const passed = new Page(world, "visitor");
    const { conversation } = await passed.writes("hello");
    await storage.saveVisitor(tenant, site, passed.id, { name: "The director", email: "d@example.org" }, someTime);
    await storage.linkContact(tenant, site, passed.id, { externalId: "7" }, someTime);
    const shown = async () => {
      const state = await storage.conversation(tenant, conversation);
      const visitor = await storage.visitor(tenant, passed.id);
      assert.deepEqual(
        [visitor?.name, visitor?.email, visitor?.verified],
        [state?.name, state?.email, state?.verified],
      );
      return [state?.name, state?.email, state?.verified];
    };
    assert.deepEqual(await shown(), ["The director", "d@example.org", false]);
    await storage.linkContact(tenant, site, passed.id, { externalId: "7", name: "Ann" }, someTime);
    assert.deepEqual(await shown(), ["Ann", null, true]);
  }),

  inWorld("a first message creates the visitor with what is known", async (world) => {
    const visitor = new Page(world, "visitor");
    const request = visitor.toCurrent("hello");
    assert.ok(request.target.type === "current");
    request.target.profile = { name: "Bo", locale: "zh-CN", timeZone: "Asia/Shanghai", attributes: { cart: "tent" } };
    await world.storage.append(request);
    const record = await world.storage.visitor(world.tenant, visitor.id);
    assert.deepEqual([record?.name, record?.locale, record?.timeZone], ["Bo", "zh-CN", "Asia/Shanghai"]);
    assert.deepEqual(record?.attributes, { cart: "tent" });
    const [conversation] = await world.storage.inbox(world.tenant, 0);
    assert.equal(conversation?.name, "Bo");
  }),

  inWorld("conversations show the name that their visitor has now", async (world) => {
    const visitor = new Page(world, "visitor");
    const { conversation } = await visitor.writes("hello");
    await world.storage.saveVisitor(
      world.tenant,
      world.site.site,
      visitor.id,
      { name: "Cleo", email: "c@example.org" },
      someTime,
    );
    const state = await world.storage.conversation(world.tenant, conversation);
    assert.deepEqual([state?.name, state?.email, state?.verified], ["Cleo", "c@example.org", false]);
  }),

  inWorld("two gateways that link one new contact at once link the same", async (world, { other }) => {
    for (let round = 0; round < 5; round += 1) {
      const identity = { externalId: `customer ${round}` };
      const links = await Promise.all(
        [world.storage, other].map((storage) =>
          storage.linkContact(world.tenant, world.site.site, id(), identity, someTime),
        ),
      );
      const contacts = links.map((link) => (link.outcome === "linked" ? link.contact : link.outcome));
      assert.equal(contacts[0], contacts[1]);
    }
  }),

  inWorld("revoking counts up, for stored visitors only", async (world) => {
    const { storage, tenant } = world;
    const visitor = id();
    assert.equal(await storage.revokeVisitor(tenant, visitor), 0);
    await storage.saveVisitor(tenant, world.site.site, visitor, {}, someTime);
    assert.equal(await storage.revokeVisitor(tenant, visitor), 1);
    assert.equal(await storage.revokeVisitor(tenant, visitor), 2);
    assert.equal((await storage.visitor(tenant, visitor))?.revocation, 2);
  }),

  inWorld("a thread has the visitor's conversations, newest first, without invitations", async (world) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { conversation } = await visitor.writes(`${n}`, { at: someTime });
      await agent.closes(conversation, 0);
      ids.unshift(conversation);
    }
    await agent.invites(id(), "back again?", visitor.id);
    const thread = await world.storage.thread(world.tenant, visitor.id, 2);
    assert.deepEqual(
      thread.conversations.map((one) => one.id),
      ids.slice(0, 2),
    );
    assert.equal(thread.visitor?.id, visitor.id);
    assert.deepEqual(await world.storage.thread(world.tenant, id(), 2), { visitor: null, conversations: [] });
  }),
];
