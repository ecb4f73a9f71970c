import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { storageContract } from "./contract.ts";
import { openSqlite } from "./dialects/sqlite.ts";
import { openStorage, openStorageOver } from "./open-storage.ts";
import { freshDatabase, mariadbUrl, mysql56Url } from "./test-databases.ts";
import type { StoragePlace } from "./testing/world.ts";

const masterKey = new Uint8Array(32).fill(7);

interface Database extends Pick<StoragePlace, "open"> {
  dispose(): Promise<void>;
}

const databases: readonly { name: string; create: () => Promise<Database> }[] = [
  { name: "SQLite in memory", create: openMemory },
  { name: "SQLite in a file, behind threads", create: openFile },
  { name: "MariaDB", create: () => openServer(mariadbUrl) },
  { name: "MySQL 5.6", create: () => openServer(mysql56Url) },
];

describe.each(databases)("storage on $name", ({ create }) => {
  let database: Database;
  let place: StoragePlace;
  beforeAll(async () => {
    database = await create();
    const { open } = database;
    // One after the other: the first one migrates.
    const storage = await open();
    place = { open, storage, other: await open() };
  });
  afterAll(async () => {
    await place.storage.close();
    await place.other.close();
    await database.dispose();
  });

  for (const { name, run } of storageContract) test(name, () => run(place));
});

/** One handle for all who open it, as the simulator's gateways share one. */
async function openMemory(): Promise<Database> {
  const dialect = openSqlite({ path: ":memory:" });
  const shared = { ...dialect, close: async () => {} };
  return {
    open: (options) => openStorageOver(shared, { migrate: "always", masterKey, ...options }),
    dispose: dialect.close,
  };
}

async function openFile(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-storage-"));
  const url = `sqlite:${join(folder, "beckon.db")}`;
  return {
    open: (options) => openStorage(url, { migrate: "always", masterKey, ...options }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
}

async function openServer(serverUrl: () => Promise<string>): Promise<Database> {
  const database = await freshDatabase(await serverUrl());
  return {
    open: (options) => openStorage(database.url, { migrate: "always", masterKey, ...options }),
    dispose: database.drop,
  };
}
