/**
 * The power fails while messages are stored: of what the gateway wrote to its database, only what it had synced is sure to be there. The
 * run goes on with what is left at the end; beside it, the same is tried for a failure after every single sync.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "../../../storage/dialects/sqlite.ts";
import { copyFiles } from "../database.ts";
import type { World } from "../world.ts";
import { type DiskStep, readDiskRecord } from "./disk-record.ts";
import { recorderEnvironment } from "./disk-recorder.ts";
import { UnpluggedDisk } from "./unplugged-disk.ts";
import { ackedEnd } from "./witness-acks.ts";

/** Bare names of the files of a database. */
const ends = ["", "-wal", "-journal"];

/**
 * Nobody else may have the database open. `traffic` runs while the gateway is recorded; then it is killed, and the database is what an
 * unplugged disk has. Returns after how many syncs the power failed, and counts as lost what was acked before and is not there.
 */
export async function cutPower(world: World, traffic: () => Promise<void>): Promise<number> {
  const path = world.database.url.slice("sqlite:".length);
  const recordPath = join(world.folder, "disk-record");
  const before = `${path}.before`;
  copyFiles(path, before);
  world.gateway.environment = recorderEnvironment(world.folder, path, recordPath);
  await world.gateway.start();
  world.wake();
  await traffic();
  await world.gateway.kill();
  world.gateway.environment = {};
  const paths = ends.map((end) => `${path}${end}`);
  const disk = new UnpluggedDisk((file) => `${before}${file.slice(path.length)}`, paths);
  const acked: string[] = [];
  let syncs = 0;
  for (const step of readDiskRecord(recordPath)) {
    if (step.path === `${path}${ackedEnd}`) {
      acked.push(...idsOf(step));
      continue;
    }
    disk.take(step);
    if (step.kind !== "sync") continue;
    syncs += 1;
    await check(world, path, disk, acked, syncs);
  }
  put(path, path, disk.image(world.fraction));
  rmSync(recordPath);
  return syncs;
}

function idsOf(step: DiskStep): string[] {
  return step.kind === "write" ? step.data.toString("utf8").trim().split("\n") : [];
}

async function check(
  world: World,
  path: string,
  disk: UnpluggedDisk,
  acked: readonly string[],
  syncs: number,
): Promise<void> {
  const found = join(world.folder, "found.sqlite");
  put(path, found, disk.image(world.fraction));
  const database = openSqlite({ path: found });
  const rows = await database.read((connection) =>
    connection.query<{ id: string }>("SELECT message_id AS id FROM messages", []),
  );
  await database.close();
  const stored = new Set(rows.map(({ id }) => id));
  for (const id of acked)
    if (!stored.has(id))
      world.recorder.accuse("lost", `${id} was acked, and is gone if the power fails after sync ${syncs}`);
}

/** The image of a database at `path` becomes one at `to`. */
function put(path: string, to: string, image: ReadonlyMap<string, Buffer>): void {
  for (const end of [...ends, "-shm"]) rmSync(`${to}${end}`, { force: true });
  for (const end of ends) {
    const content = image.get(`${path}${end}`);
    if (content && content.length > 0) writeFileSync(`${to}${end}`, content);
  }
}
