import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  contactColumns,
  conversationColumns,
  messageColumns,
  ordinalColumns,
  visitColumns,
  visitorColumns,
} from "./columns.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { openMysql } from "./dialects/mysql.ts";
import { openSqlite } from "./dialects/sqlite.ts";
import { checksumOf } from "./migrate.ts";
import { appliedMigrations, migrateDatabase } from "./migrate-database.ts";
import { tables } from "./migrations/0001-first.ts";
import { migrations } from "./migrations/migrations.ts";
import { openStorage } from "./open-storage.ts";
import { SchemaMismatch } from "./storage.ts";
import { freshDatabase, mariadbUrl, mysql56Url } from "./test-databases.ts";

const masterKey = new Uint8Array(32);

interface Empty {
  readonly url: string;
  open(): Dialect;
  drop(): Promise<void>;
}

const engines: readonly { name: string; create: () => Promise<Empty> }[] = [
  {
    name: "SQLite",
    create: async () => {
      const folder = mkdtempSync(join(tmpdir(), "beckon-migrate-"));
      const path = join(folder, "beckon.db");
      return {
        url: `sqlite:${path}`,
        open: () => openSqlite({ path }),
        drop: async () => rmSync(folder, { recursive: true }),
      };
    },
  },
  { name: "MariaDB", create: () => onServer(mariadbUrl) },
  { name: "MySQL 5.6", create: () => onServer(mysql56Url) },
];

async function onServer(serverUrl: () => Promise<string>): Promise<Empty> {
  const { url, drop } = await freshDatabase(await serverUrl());
  return { url, drop, open: () => openMysql({ url }) };
}

describe.each(engines)("migrations on $name", ({ create }) => {
  let database: Empty;
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.drop());

  const mismatch = async () => {
    const error: unknown = await openStorage(database.url, { migrate: "never", masterKey }).catch((reason) => reason);
    return error instanceof SchemaMismatch ? error.state : error;
  };
  const change = async (sql: string) => {
    const dialect = database.open();
    await dialect.transaction("rest", (connection) => connection.execute(sql, []));
    await dialect.close();
  };

  test("an empty database is refused, then migrated once, then opened", async () => {
    expect(await mismatch()).toBe("empty");
    expect(await appliedMigrations(database.url)).toEqual([{ name: "0001-first", appliedAt: null }]);
    expect(await migrateDatabase(database.url)).toEqual(["0001-first"]);
    expect(await migrateDatabase(database.url)).toEqual([]);
    expect(await appliedMigrations(database.url)).toEqual([{ name: "0001-first", appliedAt: expect.any(Number) }]);
    await (await openStorage(database.url, { migrate: "never", masterKey })).close();
  });

  test("two gateways that migrate at once both open", async () => {
    const open = () => openStorage(database.url, { migrate: "always", masterKey });
    for (const storage of await Promise.all([open(), open()])) await storage.close();
  });

  test("a schema that is newer, or made by a migration that was changed, is refused", async () => {
    await migrateDatabase(database.url);
    await change("INSERT INTO migrations (number, name, checksum, applied_at) VALUES (9999, 'later', 'x', 1)");
    expect(await mismatch()).toBe("newer");
    await expect(migrateDatabase(database.url)).rejects.toThrow(SchemaMismatch);
    await change("DELETE FROM migrations WHERE number = 9999");
    await change("UPDATE migrations SET checksum = 'changed' WHERE number = 1");
    expect(await mismatch()).toBe("newer");
  });

  test("a migration that was stopped half-way is run again", async () => {
    await migrateDatabase(database.url);
    await change("DROP TABLE visit_events");
    await change("DELETE FROM migrations WHERE number = 1");
    await migrateDatabase(database.url);
    const storage = await openStorage(database.url, { migrate: "never", masterKey });
    await storage.saveVisitEvents(1, [{ visit: "v", name: "n", at: 1, properties: {} }]);
    expect(await storage.visitEvents(1, "v", 9)).toHaveLength(1);
    await storage.close();
  });
});

test("a released migration never changes", () => {
  const sqlite = openSqlite({ path: ":memory:" });
  const mysql = openMysql({ url: "mysql://nobody@127.0.0.1:1/none" });
  expect(
    migrations.map((migration) => [migration.number, checksumOf(sqlite, migration), checksumOf(mysql, migration)]),
  ).toEqual([[1, "38ec2aec2b895337f1f0efe08de757e0", "eeec5e3e57e8a14a90c7df6dbec15abd"]]);
});

test("the columns that rows are written by are those of the tables", () => {
  const columnsOf = (name: string) => Object.keys(tables.find((table) => table.name === name)?.columns ?? {}).sort();
  const written = {
    conversations: conversationColumns,
    messages: messageColumns,
    ordinals: ordinalColumns,
    visitors: visitorColumns,
    contacts: contactColumns,
    visits: visitColumns,
  };
  for (const [name, columns] of Object.entries(written)) expect([...columns].sort(), name).toEqual(columnsOf(name));
});
