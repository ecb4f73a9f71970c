/**
 * `npm run contract -- --database URL`: the storage contract on any server that somebody has. The database should be empty: cases leave
 * their tenants in it. Exit 1 where a case fails.
 */
import { parseArgs } from "node:util";
import { storageContract } from "./contract.ts";
import { openStorage } from "./open-storage.ts";
import type { StorageCase, StoragePlace } from "./testing/world.ts";

const masterKey = new Uint8Array(32).fill(7);

async function main(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { database: { type: "string" } } });
  const url = values.database;
  if (url === undefined) {
    process.stderr.write(
      "npm run contract -- --database URL (sqlite:PATH or mysql://user:password@host:port/database)\n",
    );
    return 1;
  }
  if (url === "sqlite::memory:") {
    process.stderr.write("The contract opens the database twice, which one in memory cannot offer: name a file.\n");
    return 1;
  }
  const open: StoragePlace["open"] = (options) => openStorage(url, { migrate: "always", masterKey, ...options });
  const storage = await open();
  const place: StoragePlace = { open, storage, other: await open() };
  let failed = 0;
  for (const one of storageContract) failed += (await passes(one, place)) ? 0 : 1;
  await place.storage.close();
  await place.other.close();
  process.stdout.write(`${storageContract.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function passes({ name, run }: StorageCase, place: StoragePlace): Promise<boolean> {
  try {
    await run(place);
    process.stdout.write(`ok    ${name}\n`);
    return true;
  } catch (error) {
    process.stdout.write(`FAIL  ${name}\n${error instanceof Error ? error.stack : error}\n`);
    return false;
  }
}

process.exitCode = await main(process.argv.slice(2));
