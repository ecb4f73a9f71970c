/** The data folder: master key, embedded database, demo logins. Only its owner may read it. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../config.ts";
import { masterKeyBytes } from "../machine/signer.ts";
import { Failure } from "./failure.ts";

/** Creates it (mode 0700) if it is missing. */
export function prepareDataFolder(config: Config): string {
  const folder = resolve(config.data);
  try {
    createFolder(folder);
    writeFileSync(join(folder, ".writable"), "", { mode: 0o600 });
  } catch (error) {
    throw new Failure(
      `The data folder ${folder} cannot be written (${reasonOf(error)}): make it writable, or name another one with BECKON_DATA.`,
    );
  }
  return folder;
}

/** Not by `recursive`, which never ends below a folder that is there and says ENOENT to new ones, such as /proc. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

export function databaseUrl(config: Config): string {
  return config.database === "" ? `sqlite:${join(resolve(config.data), "beckon.sqlite")}` : config.database;
}

/** From the setting, else from `master.key`; `create`: makes the file if there is none. */
export function readMasterKey(config: Config, folder: string, create: boolean): Uint8Array {
  if (config.masterKey !== "") return Buffer.from(config.masterKey, "hex");
  const path = join(folder, "master.key");
  const found =
    readIfPresent(path) ?? (create ? createFile(path, `${randomBytes(masterKeyBytes).toString("hex")}\n`) : undefined);
  if (found === undefined)
    throw new Failure(
      `There is no master key: run 'beckon setup' first, or set BECKON_MASTER_KEY to the key of this installation.`,
    );
  const key = found.trim();
  if (!/^[0-9a-fA-F]{64}$/.test(key))
    throw new Failure(
      `${path} must hold 64 hexadecimal digits; restore it from a backup, a new key would orphan what the old one signed.`,
    );
  return Buffer.from(key, "hex");
}

export function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Failure(`${path} cannot be read (${reasonOf(error)}).`);
  }
}

/** Mode 0600; never overwrites. */
export function createFile(path: string, content: string): string {
  writeFileSync(path, content, { mode: 0o600, flag: "wx" });
  return content;
}

export function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
}
