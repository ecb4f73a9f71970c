/** How SQLite finds rows: what the contract of storage cannot see. */
import { expect, it } from "vitest";
import { openStorageOver } from "../open-storage.ts";
import type { SiteSettings } from "../records.ts";
import type { Connection, Dialect, SqlValue, Statement } from "./dialect.ts";
import { openSqlite } from "./sqlite.ts";

const plansOf = async (dialect: Dialect, { sql, values }: Statement): Promise<string[]> => {
  const steps = await dialect.read((connection) =>
    connection.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values),
  );
  return steps.map(({ detail }) => detail);
};

it("a statement keeps its plan, whatever is bound to it", async () => {
  const dialect = openSqlite({ path: ":memory:" });
  await dialect.transaction("rest", async (connection) => {
    await connection.execute("CREATE TABLE things (kind INTEGER NOT NULL, name TEXT NOT NULL)", []);
    await connection.execute("CREATE INDEX rare_things ON things (name) WHERE kind = 7", []);
  });
  const plan = (kind: number) =>
    plansOf(dialect, { sql: "SELECT * FROM things WHERE kind = ? AND name = ?", values: [kind, "a"] });
  expect(await plan(7)).toEqual(await plan(1));
  await dialect.close();
});

const at = 1_700_000_000_000;
const settings: SiteSettings = {
  side: "right",
  origins: [],
  previews: true,
  remembers: false,
  requireSignature: false,
  reopenMs: 0,
} as const;
const pageView = (visit: string) => ({ visit, number: 1, url: "", title: "", enteredAt: at, leftAt: null });

/** The dialect, and what it was asked. */
function recorded(dialect: Dialect): { dialect: Dialect; statements: Statement[] } {
  const statements: Statement[] = [];
  const heard = (connection: Connection): Connection => ({
    ...connection,
    query: (sql: string, values: readonly SqlValue[]) => {
      statements.push({ sql, values: [...values] });
      return connection.query(sql, values);
    },
  });
  return {
    statements,
    dialect: {
      ...dialect,
      read: (work) => dialect.read((connection) => work(heard(connection))),
      transaction: (pool, work) => dialect.transaction(pool, (connection) => work(heard(connection))),
    },
  };
}

it("what is asked about one visitor is found by an index, never among all of a tenant", async () => {
  const { dialect, statements } = recorded(openSqlite({ path: ":memory:" }));
  const storage = await openStorageOver(dialect, { migrate: "always", masterKey: new Uint8Array(32) });
  const { tenant } = await storage.createTenant("Northslope");
  const { site } = await storage.createSite(tenant, { key: "shop", name: "Shop", secret: "s", settings });
  const [known, unknown] = ["known", "unknown"].map((name) => name.padEnd(22, "-")) as [string, string];
  for (const visitor of [known, unknown]) await storage.saveVisitor(tenant, site, visitor, {}, at);
  await storage.linkContact(tenant, site, known, { externalId: "7" }, at);
  statements.length = 0;
  for (const visitor of [known, unknown]) {
    await storage.thread(tenant, visitor, 20);
    await storage.earlierVisits(tenant, visitor, at, 20);
  }
  await storage.heads(tenant, [known, unknown]);
  await storage.saveVisits(
    tenant,
    [],
    [1, 2, 3].map((number) => pageView(`visit-${number}`.padEnd(22, "-"))),
  );
  expect(statements.length).toBeGreaterThan(5);
  const all = await Promise.all(statements.map((statement) => plansOf(dialect, statement)));
  expect(all.flat().filter((step) => /SCAN|\(tenant=\?\)/.test(step))).toEqual([]);
  await storage.close();
});
