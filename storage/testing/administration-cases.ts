/** Tenants, sites, agents, sessions, settings. */
import assert from "node:assert/strict";
import { id, inWorld, type StorageCase, someTime } from "./world.ts";

export const administrationCases: readonly StorageCase[] = [
  inWorld("tenants and sites are numbered and listed, also when many are made at once", async (world, { other }) => {
    const made = await Promise.all([1, 2, 3, 4].map((n) => (n % 2 ? other : world.storage).createTenant(`T${n}`)));
    assert.equal(new Set(made.map(({ tenant }) => tenant)).size, 4);
    assert.equal(new Set(made.map((one) => one.id)).size, 4);
    const all = await world.storage.tenants();
    for (const one of made)
      assert.deepEqual(
        all.find(({ tenant }) => tenant === one.tenant),
        one,
      );
  }),

  inWorld("a site is changed in part", async (world) => {
    const { storage, tenant, site } = world;
    const settings = { ...site.settings, color: "#2a6f5e", origins: ["https://shop.example"], remembers: true };
    const changed = await storage.updateSite(tenant, site.site, { name: "Neu 新", settings });
    assert.deepEqual(changed, { ...site, name: "Neu 新", settings });
    assert.deepEqual(await storage.sites(tenant), [changed]);
    assert.equal((await storage.updateSite(tenant, site.site, { secret: "s2" }))?.secret, "s2");
    const { department } = await storage.createDepartment(tenant, "Tents");
    assert.equal((await storage.updateSite(tenant, site.site, { department }))?.department, department);
    assert.equal((await storage.updateSite(tenant, site.site, { name: "Neu 新" }))?.department, department);
    assert.equal((await storage.updateSite(tenant, site.site, { department: null }))?.department, null);
    assert.ok((await storage.sites(null)).some(({ key }) => key === site.key));
    assert.equal(await storage.updateSite(tenant, 999_999, { name: "x" }), null);
  }),

  inWorld("an e-mail has one account in the installation, in any case", async (world) => {
    const { storage, tenant } = world;
    const email = `Ann.${id()}@Example.org`;
    const agent = { email, name: "Ann", role: "admin", passwordHash: "hash", departments: [3, 1] } as const;
    const made = await storage.createAgent(tenant, { ...agent, departments: [3, 1] });
    assert.ok(made !== "conflict");
    assert.deepEqual([made.email, made.role, made.departments, made.face], [email, "admin", [3, 1], null]);
    const elsewhere = await storage.createTenant("other");
    assert.equal(
      await storage.createAgent(elsewhere.tenant, { ...agent, email: email.toUpperCase(), departments: [] }),
      "conflict",
    );
    assert.deepEqual(await storage.agentByEmail(email.toLowerCase()), { agent: made, passwordHash: "hash" });
    assert.equal(await storage.agentByEmail("nobody@example.org"), null);
    const change = {
      name: "Bo",
      available: false,
      disabled: true,
      departments: [],
      face: "/f.png",
      passwordHash: "new",
    };
    const changed = await storage.updateAgent(tenant, made.id, change);
    assert.deepEqual(changed, {
      ...made,
      name: "Bo",
      available: false,
      disabled: true,
      departments: [],
      face: "/f.png",
    });
    assert.equal((await storage.agentByEmail(email))?.passwordHash, "new");
    assert.deepEqual(await storage.agents(tenant), [changed]);
    assert.ok((await storage.agents(null)).some((one) => one.id === made.id));
  }),

  inWorld("two accounts with one e-mail at once: one is made", async (world, { other }) => {
    const agent = { email: `${id()}@example.org`, name: "A", role: "agent", passwordHash: "h" } as const;
    const made = await Promise.all([world.storage, other].map((storage) => storage.createAgent(world.tenant, agent)));
    assert.equal(made.filter((one) => one === "conflict").length, 1);
  }),

  inWorld("departments are listed in their order, and renamed", async ({ storage, tenant }) => {
    const made = [await storage.createDepartment(tenant, "Sales"), await storage.createDepartment(tenant, "售后")];
    assert.deepEqual(await storage.departments(tenant), made);
    const [sales, others] = made;
    const renamed = { department: sales?.department ?? 0, name: "售前" };
    assert.deepEqual(await storage.renameDepartment(tenant, renamed.department, renamed.name), renamed);
    // The same name again changes no row, and is no miss.
    assert.deepEqual(await storage.renameDepartment(tenant, renamed.department, renamed.name), renamed);
    assert.deepEqual(await storage.departments(tenant), [renamed, others]);
    assert.equal(await storage.renameDepartment(tenant, (others?.department ?? 0) + 1_000_000, "nobody's"), null);
  }),

  inWorld("sessions come and go", async ({ storage, tenant }) => {
    const [agent, hashes] = [id(), [id(), id(), id()]];
    const session = { tenant, agent, createdAt: someTime, expiresAt: someTime + 1 };
    for (const hash of hashes) await storage.createSession(hash, session);
    const [first = "", second = "", third = ""] = hashes;
    assert.deepEqual(await storage.session(first), session);
    await storage.deleteSession(first);
    assert.equal(await storage.session(first), null);
    assert.deepEqual(await storage.session(second), session);
    await storage.deleteSessionsOf(tenant, agent, third);
    assert.equal(await storage.session(second), null);
    assert.deepEqual(await storage.session(third), session);
    await storage.deleteSessionsOf(tenant, agent);
    assert.equal(await storage.session(third), null);
  }),

  inWorld("of two who set a setting, both get what is stored", async (world, { other }) => {
    const name = `salt-${id()}`;
    assert.equal(await world.storage.setting(name), null);
    const values = await Promise.all([
      world.storage.setSettingIfAbsent(name, "one"),
      other.setSettingIfAbsent(name, "two"),
    ]);
    assert.equal(values[0], values[1]);
    assert.equal(await world.storage.setting(name), values[0]);
    assert.equal(await world.storage.setSettingIfAbsent(name, "three"), values[0]);
  }),
];
