/** For `beckon backup`, `restore` and `restored`. SQLite is copied by us; MySQL and MariaDB have programs of their own for that. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  copyDatabase,
  copyFileWithLog,
  exchangeDatabase,
  isInUse,
  makeStandAlone,
  nameFile,
  removeDatabase,
} from "./dialects/sqlite-files.ts";
import { migrationStates } from "./migrate.ts";
import { sqliteFile, withDialect } from "./open-storage.ts";
import { SchemaMismatch } from "./storage.ts";

/** `engine`: the database is no file. `exists`: the backup is there already. `no-file`: it is not. `busy`: a gateway runs on the database. */
export class BackupRefused extends Error {
  readonly reason: "engine" | "exists" | "no-file" | "no-database" | "busy";
  constructor(reason: BackupRefused["reason"]) {
    super(reason);
    this.name = "BackupRefused";
    this.reason = reason;
  }
}

/**
 * Writes the database as it is at one moment into a new file, while gateways may go on writing. The file is whole and on the disk, or not there.
 * Rejects with BackupRefused, or StorageUnavailable if the file cannot be written or the database not be read.
 */
export async function backupDatabase(url: string, file: string): Promise<void> {
  const path = fileOf(url);
  if (!existsSync(path)) throw new BackupRefused("no-database");
  if (existsSync(file)) throw new BackupRefused("exists");
  const part = `${file}.part`;
  removeDatabase(part);
  await copyDatabase(path, part);
  await nameFile(part, file);
}

/**
 * Puts the database of a file in place of the one that a URL names, as another generation: clients offer again what they hold (SPEC, R10).
 * What was there before is kept; resolves with its path, or null if there was none. Nothing has changed if it rejects: with
 * BackupRefused, SchemaMismatch (no database of Beckon, or a newer one), or StorageUnavailable (damaged, disk full).
 */
export async function restoreDatabase(url: string, file: string, now: Date): Promise<string | null> {
  const path = fileOf(url);
  if (!existsSync(file)) throw new BackupRefused("no-file");
  const aside = `${path}.before-${now.toISOString().replaceAll(/[-:.]/g, "")}`;
  const refuseInUse = (): void => {
    if (existsSync(path) && isInUse(path)) throw new BackupRefused("busy");
  };
  refuseInUse();
  const before = existsSync(path);
  const part = `${path}.part`;
  removeDatabase(part);
  try {
    await copyFileWithLog(file, part);
    await renewGeneration(`sqlite:${part}`);
    await makeStandAlone(part);
    // Of a large file all that takes minutes: somebody may have started a gateway in the meantime.
    refuseInUse();
    await exchangeDatabase(part, path, aside);
    return before ? aside : null;
  } catch (error) {
    removeDatabase(part);
    throw error;
  }
}

/**
 * Tells clients that history is another one, from the next start of a gateway on: after a restore by other means. No gateway may run.
 * Rejects as `openStorage` does.
 */
export function renewGeneration(url: string): Promise<void> {
  return withDialect(url, async (dialect) => {
    const states = await migrationStates(dialect);
    if (states.every(({ appliedAt }) => appliedAt === null))
      throw new SchemaMismatch("empty", "this is no database of Beckon");
    await dialect.exclusively((connection) =>
      connection.execute("UPDATE settings SET content = ? WHERE name = ?", [
        randomBytes(6).toString("base64url"),
        "generation",
      ]),
    );
  });
}

function fileOf(url: string): string {
  const path = sqliteFile(url);
  if (path === null) throw new BackupRefused("engine");
  return path;
}
