/** A stranger of another tenant gets nothing, by any method. */
import assert from "node:assert/strict";
import type { Storage } from "../storage.ts";
import { visitOf } from "./reading-cases.ts";
import { createWorld, id, inWorld, Page, type StorageCase, someTime, textsOf, type World, wholeLog } from "./world.ts";

interface Victim {
  readonly world: World;
  readonly visitor: string;
  readonly agent: string;
  readonly conversation: string;
  readonly invitation: string;
  readonly visit: string;
  readonly producer: string;
}

type Attempt = (storage: Storage, stranger: World, victim: Victim) => Promise<void>;

/** Why a method has no tenant to mix up. */
type Exempt = "whole installation" | "by secret or unique name";

/** Every method of the port stands here: a new one does not compile without its attempt, and a method that is not listed fails the case. */
const attempts: { readonly [method in keyof Storage]: Attempt | Exempt } = {
  engine: "whole installation",
  ping: "whole installation",
  metrics: "whole installation",
  close: "whole installation",
  tenants: "whole installation",
  createTenant: "whole installation",
  dirtyLogs: "whole installation",
  agentByEmail: "by secret or unique name",
  createSession: "by secret or unique name",
  session: "by secret or unique name",
  deleteSession: "by secret or unique name",
  setting: "by secret or unique name",
  setSettingIfAbsent: "by secret or unique name",

  append: async (storage, stranger, { conversation, invitation, visitor, visit, agent }) => {
    const page = new Page(stranger, "agent", agent);
    for (const log of ["public", "staff"] as const) {
      const intrusion = await storage.append(page.toLog(conversation, log, { kind: "note", text: "intrusion" }));
      assert.deepEqual(intrusion, { outcome: "refused", code: "not-found" });
    }
    const asVisitor = await new Page(stranger, "visitor", visitor).writes("intrusion", {}, invitation);
    assert.ok(asVisitor.created && asVisitor.conversation !== conversation && asVisitor.conversation !== invitation);
    const toVisit = await new Page(stranger, "agent", agent).invites(visit, "intrusion", visitor);
    assert.ok(toVisit.conversation !== invitation && toVisit.conversation !== conversation);
  },
  saveReceipts: (storage, { tenant }, { conversation, agent }) =>
    storage.saveReceipts(tenant, [
      { conversation, log: "public", reader: agent, delivered: 1, read: 1 },
      { conversation, log: "public", reader: null, delivered: 1, read: 1 },
    ]),
  saveInvitationState: (storage, { tenant }, { invitation }) =>
    storage.saveInvitationState(tenant, invitation, "dismissed"),
  saveVisits: (storage, { tenant, site }, { visit, visitor }) =>
    storage.saveVisits(
      tenant,
      [{ ...visitOf(site.site, visitor), id: visit, browser: "intrusion" }],
      [{ visit, number: 1, url: "https://intrusion.example", title: "", enteredAt: 1, leftAt: null }],
    ),
  saveVisitEvents: (storage, { tenant }, { visit }) =>
    storage.saveVisitEvents(tenant, [{ visit, name: "intrusion", at: 1, properties: {} }]),
  openLog: async (storage, { tenant }, { conversation, producer }) => {
    const producers = [{ producer, address: "current" }];
    assert.equal(await storage.openLog({ tenant, conversation, log: "public", producers, reader: null }), null);
    assert.equal(await storage.openLog({ tenant, conversation, log: "staff", producers, reader: null }), null);
  },
  thread: async (storage, { tenant }, { visitor }) =>
    assert.deepEqual(await storage.thread(tenant, visitor, 10), { visitor: null, conversations: [] }),
  ordinals: async (storage, { tenant }, { producer, visitor }) =>
    assert.deepEqual(await storage.ordinals(tenant, "current", [producer], visitor), []),
  refusals: async (storage, { tenant }, { producer, visitor }) =>
    assert.deepEqual(await storage.refusals(tenant, "current", [{ producer, first: 1, last: 9 }], visitor), []),
  readLog: async (storage, { tenant }, { conversation }) => {
    assert.deepEqual(await storage.readLog(tenant, conversation, "public", 1, 9, 9), []);
    assert.deepEqual(await storage.readLog(tenant, conversation, "staff", 1, 9, 9), []);
  },
  heads: async (storage, { tenant }, { conversation, invitation }) =>
    assert.deepEqual(await storage.heads(tenant, [conversation, invitation]), []),
  conversation: async (storage, { tenant }, { conversation }) =>
    assert.equal(await storage.conversation(tenant, conversation), null),
  inbox: async (storage, { tenant }) => assert.deepEqual(await storage.inbox(tenant, 100), []),
  readCounts: async (storage, { tenant }, { agent, conversation }) =>
    assert.deepEqual(await storage.readCounts(tenant, agent, [conversation]), []),
  closedConversations: async (storage, { tenant }, { conversation }) => {
    assert.deepEqual(await storage.closedConversations(tenant, null, 100), []);
    assert.deepEqual(await storage.closedConversations(tenant, { lastAt: someTime * 2, id: conversation }, 100), []);
  },
  visitor: async (storage, { tenant }, { visitor }) => assert.equal(await storage.visitor(tenant, visitor), null),
  saveVisitor: async (storage, { tenant, site }, { visitor }) => {
    const saved = await storage.saveVisitor(
      tenant,
      site.site,
      visitor,
      { name: "intrusion", attributes: { vip: null } },
      1,
    );
    assert.deepEqual([saved.email, saved.attributes], [null, {}]);
  },
  linkContact: async (storage, { tenant, site }, { visitor }) => {
    // The same site number too: the tenant alone must tell them apart.
    await storage.linkContact(tenant, site.site, visitor, { externalId: "customer", name: "intrusion" }, 1);
    assert.deepEqual((await storage.thread(tenant, visitor, 10)).conversations, []);
    const person = await storage.linkContact(tenant, site.site, id(), { externalId: "customer" }, 1, "person");
    assert.ok(person.outcome === "linked");
    assert.deepEqual((await storage.thread(tenant, person.visitor, 10)).conversations, []);
  },
  revokeVisitor: async (storage, { tenant }, { visitor }) =>
    assert.equal(await storage.revokeVisitor(tenant, visitor), 0),
  visitCount: async (storage, { tenant }, { visitor }) => assert.equal(await storage.visitCount(tenant, visitor), 0),
  earlierVisits: async (storage, { tenant }, { visitor }) =>
    assert.deepEqual(await storage.earlierVisits(tenant, visitor, someTime * 2, 10), []),
  pageViews: async (storage, { tenant }, { visit }) => assert.deepEqual(await storage.pageViews(tenant, visit, 10), []),
  visitEvents: async (storage, { tenant }, { visit }) =>
    assert.deepEqual(await storage.visitEvents(tenant, visit, 10), []),
  visitorConversations: async (storage, { tenant }, { visitor }) =>
    assert.deepEqual(await storage.visitorConversations(tenant, visitor, 10), []),
  search: async (storage, { tenant }, { world }) => {
    const sitesOfVictim = [world.site.site];
    for (const sites of [[], sitesOfVictim])
      for (const text of ["hello", "ann"]) {
        const found = await storage.search({ tenant, text, sites, limit: 10 });
        assert.deepEqual([found.hits, found.people], [[], []]);
      }
  },
  consumed: (storage, { tenant }, { conversation }) => storage.consumed("search", tenant, conversation, "public", 99),
  sites: async (storage, { tenant, site }) => assert.deepEqual(await storage.sites(tenant), [site]),
  createSite: async (storage, { tenant, site }, { world }) => {
    await assert.rejects(storage.createSite(tenant, { ...site, key: world.site.key }));
  },
  updateSite: async (storage, { tenant }, { world }) =>
    assert.equal(await storage.updateSite(tenant, world.site.site, { name: "intrusion" }), null),
  departments: async (storage, { tenant }) => assert.deepEqual(await storage.departments(tenant), []),
  createDepartment: async (storage, { tenant }, { world }) => {
    await storage.createDepartment(tenant, "intrusion");
    assert.deepEqual(
      (await storage.departments(world.tenant)).map(({ name }) => name),
      ["Sales"],
    );
  },
  renameDepartment: async (storage, { tenant }, { world }) => {
    const [victims] = await storage.departments(world.tenant);
    assert.equal(await storage.renameDepartment(tenant, victims?.department ?? 0, "intrusion"), null);
  },
  agents: async (storage, { tenant }) => assert.deepEqual(await storage.agents(tenant), []),
  createAgent: async (storage, { tenant }, { world }) => {
    const [agent] = await storage.agents(world.tenant);
    const twin = { email: agent?.email ?? "", name: "intrusion", role: "owner", passwordHash: "intrusion" } as const;
    assert.equal(await storage.createAgent(tenant, twin), "conflict");
  },
  updateAgent: async (storage, { tenant }, { agent }) =>
    assert.equal(await storage.updateAgent(tenant, agent, { role: "owner", passwordHash: "intrusion" }), null),
  deleteSessionsOf: (storage, { tenant }, { agent }) => storage.deleteSessionsOf(tenant, agent),
};

export const isolationCases: readonly StorageCase[] = [
  inWorld("every method of the port has an attempt as a stranger, or a reason", async ({ storage }) => {
    const methods = Object.keys(storage).filter((name) => typeof storage[name as keyof Storage] === "function");
    for (const method of methods) assert.ok(Object.hasOwn(attempts, method), `no attempt for ${method}`);
  }),
  ...Object.entries(attempts).flatMap(([method, attempt]) =>
    typeof attempt === "string"
      ? []
      : [
          inWorld(`a stranger of another tenant gets and changes nothing by ${method}`, async (world) => {
            const victim = await victimIn(world);
            const stranger = await createWorld(world.storage);
            const before = await everythingOf(victim);
            await attempt(world.storage, stranger, victim);
            assert.deepEqual(await everythingOf(victim), before);
          }),
        ],
  ),
];

async function victimIn(world: World): Promise<Victim> {
  const { storage, tenant, site } = world;
  const visitor = new Page(world, "visitor");
  const { conversation } = await visitor.writes("hello");
  const profile = { name: "Ann", email: "ann@example.org", attributes: { vip: true } };
  await storage.saveVisitor(tenant, site.site, visitor.id, profile, someTime);
  await storage.linkContact(tenant, site.site, visitor.id, { externalId: "customer" }, someTime);
  const agent = await storage.createAgent(tenant, {
    email: `${id()}@example.org`,
    name: "A",
    role: "agent",
    passwordHash: "hash",
  });
  assert.ok(agent !== "conflict");
  const page = new Page(world, "agent", agent.id);
  await storage.append(page.toLog(conversation, "staff", { kind: "note", text: "hello note" }));
  const old = await new Page(world, "visitor").writes("hello closed");
  await page.closes(old.conversation);
  const visit = visitOf(site.site, visitor.id);
  const invited = await page.invites(visit.id, "hello?");
  await storage.saveReceipts(tenant, [{ conversation, log: "public", reader: agent.id, delivered: 0, read: 0 }]);
  await storage.saveVisits(
    tenant,
    [visit],
    [{ visit: visit.id, number: 1, url: "https://a.example", title: "A", enteredAt: 1, leftAt: 2 }],
  );
  await storage.saveVisitEvents(tenant, [{ visit: visit.id, name: "order", at: 5, properties: { total: 1 } }]);
  await storage.createDepartment(tenant, "Sales");
  await storage.createSession(`session-${agent.id}`, { tenant, agent: agent.id, createdAt: 1, expiresAt: 2 });
  return {
    world,
    visitor: visitor.id,
    agent: agent.id,
    conversation,
    invitation: invited.conversation,
    visit: visit.id,
    producer: visitor.producer,
  };
}

async function everythingOf({ world, visitor, agent, conversation, invitation, visit }: Victim): Promise<unknown> {
  const { storage, tenant } = world;
  const marks = (await storage.dirtyLogs("search", 1_000_000)).filter((mark) => mark.tenant === tenant);
  // Those that were set in one millisecond come in any order.
  const dirty = marks.map((mark) => JSON.stringify(mark)).sort();
  return {
    logs: [textsOf(await wholeLog(world, conversation)), textsOf(await wholeLog(world, conversation, "staff"))],
    conversations: [await storage.conversation(tenant, conversation), await storage.conversation(tenant, invitation)],
    inbox: await storage.inbox(tenant, 100),
    visitor: await storage.visitor(tenant, visitor),
    thread: await storage.thread(tenant, visitor, 10),
    counts: await storage.readCounts(tenant, agent, [conversation]),
    visits: await storage.earlierVisits(tenant, visitor, someTime * 2, 10),
    pages: await storage.pageViews(tenant, visit, 10),
    events: await storage.visitEvents(tenant, visit, 10),
    sites: await storage.sites(tenant),
    departments: await storage.departments(tenant),
    agents: await storage.agents(tenant),
    session: await storage.session(`session-${agent}`),
    dirty,
  };
}
