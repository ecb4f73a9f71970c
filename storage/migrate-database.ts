/** For `beckon migrate`: the schema of the database that a URL names. Both reject as `openStorage` does. */
import { type MigrationState, migrate, migrationStates } from "./migrate.ts";
import { withDialect } from "./open-storage.ts";

/** All migrations of this program, in order, each with the time at which it was applied or null. */
export function appliedMigrations(url: string): Promise<MigrationState[]> {
  return withDialect(url, migrationStates);
}

/** Applies what is missing, in order, and returns the names. */
export function migrateDatabase(url: string): Promise<string[]> {
  return withDialect(url, (dialect) => migrate(dialect, Date.now()));
}
