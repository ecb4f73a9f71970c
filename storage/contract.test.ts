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

interface OpenedPlace extends StoragePlace {
  dispose(): Promise<void>;
}

const places: readonly { name: string; open: () => Promise<OpenedPlace> }[] = [
  { name: "SQLite in memory", open: openMemory },
  { name: "SQLite in a file, behind threads", open: openFile },
  { name: "MariaDB", open: () => openServer(mariadbUrl) },
  { name: "MySQL 5.6", open: () => openServer(mysql56Url) },
];

describe.each(places)("storage on $name", ({ open }) => {
  let place: OpenedPlace;
  beforeAll(async () => {
    place = await open();
    // Only the first one that is opened migrates.
    await (await place.open()).close();
  });
  afterAll(() => place.dispose());

  for (const { name, run } of storageContract) test(name, () => run(place));
});

/** One handle for all who open it, as the simulator's gateways share one. */
async function openMemory(): Promise<OpenedPlace> {
  const dialect = openSqlite({ path: ":memory:" });
  const shared = { ...dialect, close: async () => {} };
  return {
    open: (options) => openStorageOver(shared, { migrate: "always", masterKey, ...options }),
    dispose: dialect.close,
  };
}

async function openFile(): Promise<OpenedPlace> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-storage-"));
  const url = `sqlite:${join(folder, "beckon.db")}`;
  return {
    open: (options) => openStorage(url, { migrate: "always", masterKey, ...options }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
}

async function openServer(serverUrl: () => Promise<string>): Promise<OpenedPlace> {
  const database = await freshDatabase(await serverUrl());
  return {
    open: (options) => openStorage(database.url, { migrate: "always", masterKey, ...options }),
    dispose: database.drop,
  };
}
