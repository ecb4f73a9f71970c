/** `beckon migrate`: shows and applies what the database's schema lacks. */
import { appliedMigrations, migrateDatabase } from "../../storage/migrate-database.ts";
import type { Command } from "./command.ts";
import { findInstallation } from "./installation.ts";
import { readOptions } from "./options.ts";

export const migrateCommand: Command = {
  name: "migrate",
  summary: "show and apply migrations of the database's schema",
  usage: "migrate [--dry-run]",
  help: "Lists migrations with their state and applies the missing ones, in order, forward only. --dry-run: only lists them.",
  async run(words) {
    const { flags } = readOptions("migrate", words, [], ["dry-run"]);
    const { databaseUrl } = findInstallation();
    const states = await appliedMigrations(databaseUrl);
    for (const { name, appliedAt } of states)
      process.stdout.write(`${appliedAt === null ? "missing " : "applied "} ${name}\n`);
    const missing = states.filter((state) => state.appliedAt === null);
    if (flags.has("dry-run") || missing.length === 0) {
      process.stdout.write(missing.length === 0 ? "The schema is up to date.\n" : `${missing.length} to apply.\n`);
      return 0;
    }
    await migrateDatabase(databaseUrl);
    process.stdout.write(`${missing.length} applied.\n`);
    return 0;
  },
};
