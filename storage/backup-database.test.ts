import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backupDatabase, renewGeneration, restoreDatabase } from "./backup-database.ts";
import { openStorage } from "./open-storage.ts";
import { SchemaMismatch, type Storage, StorageUnavailable } from "./storage.ts";
import { freshDatabase, mariadbUrl } from "./test-databases.ts";
import { assertDense, createWorld, Page, wholeLog } from "./testing/world.ts";

const masterKey = new Uint8Array(32);
const noon = new Date("2026-11-21T12:00:00Z");

let folder: string;
let url: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-backup-"));
  url = `sqlite:${join(folder, "beckon.sqlite")}`;
  file = join(folder, "copy.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (at = url): Promise<Storage> => openStorage(at, { migrate: "always", masterKey });

/** A conversation with one message, and what goes on in it. */
async function aConversation(storage: Storage) {
  const world = await createWorld(storage);
  const page = new Page(world, "visitor");
  const { conversation } = await page.writes("hello");
  const epochOf = async (of: Storage): Promise<string | undefined> =>
    (await of.heads(world.tenant, [conversation]))[0]?.epoch;
  const log = (of: Storage) => wholeLog({ storage: of, tenant: world.tenant }, conversation);
  return { page, epochOf, log };
}

test("a backup of a database that another process writes to holds all that was acknowledged before, and no half of anything", async () => {
  await (await open()).close();
  const script = join(import.meta.dirname, "testing/append-forever.ts");
  const child = spawn(process.execPath, [script, url, "16"], { stdio: ["ignore", "pipe", "inherit"] });
  const before: { tenant: number; conversation: string; messageId: string }[] = [];
  let begun: Promise<void> | undefined;
  for await (const line of createInterface(child.stdout)) {
    const [tenant, conversation = "", , messageId = ""] = line.split(" ");
    if (begun === undefined) before.push({ tenant: Number(tenant), conversation, messageId });
    if (before.length === 200) begun ??= backupDatabase(url, file).finally(() => child.kill("SIGKILL"));
  }
  await begun;
  if (child.signalCode === null) await once(child, "exit");
  expect(readdirSync(folder).filter((name) => name.startsWith("copy"))).toEqual(["copy.sqlite"]);
  const copy = await open(`sqlite:${file}`);
  for (const conversation of new Set(before.map((one) => one.conversation))) {
    const own = before.filter((one) => one.conversation === conversation);
    const log = await wholeLog({ storage: copy, tenant: own[0]?.tenant ?? 0 }, conversation);
    assertDense(log);
    expect(log.map(({ id }) => id)).toEqual(expect.arrayContaining(own.map(({ messageId }) => messageId)));
  }
  await copy.close();
});

test("a restore brings back what the backup holds, in another epoch, and keeps what was there", async () => {
  const storage = await open();
  const { page, log, epochOf } = await aConversation(storage);
  await backupDatabase(url, file);
  await page.writes("after the backup");
  const epoch = await epochOf(storage);
  await storage.close();
  const aside = await restoreDatabase(url, file, noon);
  expect(aside).toBe(`${join(folder, "beckon.sqlite")}.before-20261121T120000000Z`);
  const [restored, old] = [await open(), await open(`sqlite:${aside}`)];
  expect([(await log(restored)).length, (await log(old)).length]).toEqual([1, 2]);
  expect(await epochOf(old)).toBe(epoch);
  expect(await epochOf(restored)).not.toBe(epoch);
  await restored.close();
  await old.close();
  expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
});

test("a restore where there was no database yet", async () => {
  await (await open()).close();
  await backupDatabase(url, file);
  const elsewhere = `sqlite:${join(folder, "new.sqlite")}`;
  expect(await restoreDatabase(elsewhere, file, noon)).toBeNull();
  await (await openStorage(elsewhere, { migrate: "never", masterKey })).close();
});

test("a log that a dead gateway left is not played into what is restored", async () => {
  const storage = await open();
  const { page, log } = await aConversation(storage);
  await backupDatabase(url, file);
  await page.writes("after the backup");
  const path = join(folder, "beckon.sqlite");
  copyFileSync(`${path}-wal`, join(folder, "left"));
  await storage.close();
  // Somebody has moved the database away by hand, without what stood beside it.
  renameSync(path, join(folder, "moved"));
  renameSync(join(folder, "left"), `${path}-wal`);
  expect(await restoreDatabase(url, file, noon)).toBeNull();
  const restored = await open();
  expect(await log(restored)).toHaveLength(1);
  await restored.close();
  expect(readdirSync(folder)).toContain("beckon.sqlite.before-20261121T120000000Z-wal");
});

test("a backup that nobody may write to becomes a database that the gateway writes to, and no kept one is replaced", async () => {
  const storage = await open();
  await aConversation(storage);
  await backupDatabase(url, file);
  chmodSync(file, 0o444);
  await storage.close();
  const aside = await restoreDatabase(url, file, noon);
  expect(statSync(join(folder, "beckon.sqlite")).mode & 0o777).toBe(0o600);
  const kept = readFileSync(aside ?? "");
  await expect(restoreDatabase(url, file, noon)).rejects.toBeInstanceOf(StorageUnavailable);
  expect(readFileSync(aside ?? "")).toEqual(kept);
});

test("a restore is refused while somebody has the database open, and changes nothing", async () => {
  const storage = await open();
  const { log } = await aConversation(storage);
  await backupDatabase(url, file);
  await expect(restoreDatabase(url, file, noon)).rejects.toMatchObject({ reason: "busy" });
  expect(await log(storage)).toHaveLength(1);
  await storage.close();
});

test("what is no backup, or a damaged one, is refused, and the database stays", async () => {
  const storage = await open();
  const { log } = await aConversation(storage);
  await backupDatabase(url, file);
  await storage.close();
  const damaged = join(folder, "damaged");
  await backupDatabase(url, damaged);
  truncateSync(damaged, 40_000);
  const text = join(folder, "text");
  writeFileSync(text, "this is no database, but it is long enough to be looked at".repeat(20));
  const empty = join(folder, "empty");
  writeFileSync(empty, "");
  await expect(restoreDatabase(url, join(folder, "nothing"), noon)).rejects.toMatchObject({ reason: "no-file" });
  await expect(restoreDatabase(url, text, noon)).rejects.toBeInstanceOf(StorageUnavailable);
  await expect(restoreDatabase(url, damaged, noon)).rejects.toBeInstanceOf(StorageUnavailable);
  await expect(restoreDatabase(url, empty, noon)).rejects.toBeInstanceOf(SchemaMismatch);
  const again = await open();
  expect(await log(again)).toHaveLength(1);
  await again.close();
  expect(readdirSync(folder).filter((name) => /part|before/.test(name))).toEqual([]);
});

test("a backup overwrites nothing, and leaves nothing where it fails", async () => {
  await expect(backupDatabase(url, file)).rejects.toMatchObject({ reason: "no-database" });
  await (await open()).close();
  writeFileSync(file, "mine");
  await expect(backupDatabase(url, file)).rejects.toMatchObject({ reason: "exists" });
  await expect(backupDatabase(url, join(folder, "no", "folder"))).rejects.toBeInstanceOf(StorageUnavailable);
  const text = join(folder, "text");
  writeFileSync(text, "no database at all ".repeat(100));
  await expect(backupDatabase(`sqlite:${text}`, join(folder, "new"))).rejects.toBeInstanceOf(StorageUnavailable);
  expect(existsSync(join(folder, "new")) || existsSync(join(folder, "new.part"))).toBe(false);
});

test("MariaDB is dumped by its own program; `restored` changes the epoch", async () => {
  const database = await freshDatabase(await mariadbUrl());
  try {
    await expect(backupDatabase(database.url, file)).rejects.toMatchObject({ reason: "engine" });
    await expect(restoreDatabase(database.url, file, noon)).rejects.toMatchObject({ reason: "engine" });
    await expect(renewGeneration(database.url)).rejects.toBeInstanceOf(SchemaMismatch);
    const storage = await open(database.url);
    const { epochOf } = await aConversation(storage);
    const epoch = await epochOf(storage);
    await storage.close();
    await renewGeneration(database.url);
    const again = await open(database.url);
    expect(await epochOf(again)).not.toBe(epoch);
    await again.close();
  } finally {
    await database.drop();
  }
});
