import { createConnection, type RowDataPacket } from "mysql2/promise";
import { expect, test } from "vitest";
import { freshDatabase, mariadbUrl, mysql56Url } from "./test-databases.ts";

test.each([
  { server: "MariaDB", url: mariadbUrl, version: /^1\d\.\d+\.\d+-MariaDB/ },
  { server: "MySQL 5.6", url: mysql56Url, version: /^5\.6\.\d+/ },
])("$server gives an empty database, commits durably, and the database can be dropped", async ({ url, version }) => {
  const database = await freshDatabase(await url());
  const connection = await createConnection(database.url);
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS durable, (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()) AS tables",
  );
  expect(rows[0]).toEqual({ version: expect.stringMatching(version), durable: 1, tables: 0 });
  await connection.end();
  await database.drop();
  await expect(createConnection(database.url)).rejects.toThrow(/Unknown database/);
});

test("both names of one server are the same server", async () => {
  expect(await mariadbUrl()).toBe(await mariadbUrl());
});
