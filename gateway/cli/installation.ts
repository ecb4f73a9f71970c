/** What a command works on: the settings of this machine, the data folder, the database. */
import { openStorage } from "../../storage/open-storage.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Config } from "../config.ts";
import { databaseUrl, prepareDataFolder, readMasterKey } from "./data-folder.ts";
import { loadConfig } from "./load-config.ts";

export interface Installation {
  readonly config: Config;
  /** The data folder, absolute; it is there. */
  readonly folder: string;
  readonly databaseUrl: string;
}

/** Reads the settings and makes the data folder if it is missing; opens nothing. `fallbacks`: for settings that nobody made. */
export function findInstallation(fallbacks: Partial<Config> = {}): Installation {
  const config = loadConfig(fallbacks);
  return { config, folder: prepareDataFolder(config), databaseUrl: databaseUrl(config) };
}

/**
 * Opens the storage for the time of `work`. `as-it-is`: refuses where the master key is missing or the schema is not today's;
 * `set-up`: makes the one and migrates the other.
 */
export async function withStorage<T>(
  { config, folder, databaseUrl }: Installation,
  state: "as-it-is" | "set-up",
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  const setUp = state === "set-up";
  const masterKey = readMasterKey(config, folder, setUp);
  const storage = await openStorage(databaseUrl, { migrate: setUp ? "always" : "never", masterKey });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}
