/** Brings a database to the schema of this program, forward only, and tells whether it is there. */
import { createHash } from "node:crypto";
import type { Connection, Dialect } from "./dialects/dialect.ts";
import { type Migration, migrations } from "./migrations/migrations.ts";
import type { MigrationRow } from "./schema.ts";
import { SchemaMismatch } from "./storage.ts";

export interface MigrationState {
  /** `0001-first`. */
  readonly name: string;
  /** UTC milliseconds; null: it is missing. */
  readonly appliedAt: number | null;
}

/** All migrations of this program in order. Rejects with SchemaMismatch if the database is newer than this program. */
export function migrationStates(dialect: Dialect): Promise<MigrationState[]> {
  return dialect.read((connection) => readStates(dialect, connection));
}

/** Those that `migrate` would apply. */
export async function pendingMigrations(dialect: Dialect): Promise<string[]> {
  const states = await migrationStates(dialect);
  return states.filter(({ appliedAt }) => appliedAt === null).map(({ name }) => name);
}

/** Applies what is pending and returns the names. Rejects with SchemaMismatch if the database is newer than this program. */
export async function migrate(dialect: Dialect, now: number): Promise<string[]> {
  // Looking needs no lock and no right to write, so that the usual start of a gateway takes neither.
  if ((await pendingMigrations(dialect)).length === 0) return [];
  return dialect.exclusively(async (connection) => {
    await connection.execute(migrationsTable(dialect), []);
    const missing = (await readStates(dialect, connection)).filter(({ appliedAt }) => appliedAt === null);
    const todo = migrations.filter((migration) => missing.some(({ name }) => name === nameOf(migration)));
    for (const migration of todo) await apply(dialect, connection, migration, now);
    return todo.map(nameOf);
  });
}

/** Rejects with SchemaMismatch unless the schema is exactly the one that this program knows. */
export async function checkSchema(dialect: Dialect): Promise<void> {
  const missing = await pendingMigrations(dialect);
  if (missing.length === 0) return;
  if (missing.length === migrations.length)
    throw new SchemaMismatch("empty", "the database has no tables yet: run `beckon migrate`");
  throw new SchemaMismatch("older", `the database lacks migrations (${missing.join(", ")}): run \`beckon migrate\``);
}

/** What a migration does on this engine; a released one that was changed is found by it. */
export function checksumOf(dialect: Dialect, migration: Migration): string {
  return createHash("sha256").update(migration.statements(dialect.flags).join(";\n")).digest("hex").slice(0, 32);
}

async function readStates(dialect: Dialect, connection: Connection): Promise<MigrationState[]> {
  const applied = await appliedMigrations(connection);
  for (const row of applied) {
    const known = migrations.find((migration) => migration.number === row.number);
    if (!known || known.name !== row.name || checksumOf(dialect, known) !== row.checksum)
      throw new SchemaMismatch(
        "newer",
        `the database has the migration ${nameOf(row)}, which this program does not know: use a newer one`,
      );
  }
  return migrations.map((migration) => ({
    name: nameOf(migration),
    appliedAt: applied.find((row) => row.number === migration.number)?.applied_at ?? null,
  }));
}

function nameOf({ number, name }: { number: number; name: string }): string {
  return `${String(number).padStart(4, "0")}-${name}`;
}

async function appliedMigrations(connection: Connection): Promise<MigrationRow[]> {
  try {
    return await connection.query<MigrationRow>("SELECT number, name, checksum, applied_at FROM migrations", []);
  } catch (error) {
    if (error instanceof Error && /no such table|doesn't exist/.test(error.message)) return [];
    throw error;
  }
}

async function apply(dialect: Dialect, connection: Connection, migration: Migration, now: number): Promise<void> {
  for (const statement of migration.statements(dialect.flags)) await connection.execute(statement, []);
  await connection.execute("INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)", [
    migration.number,
    migration.name,
    checksumOf(dialect, migration),
    now,
  ]);
}

function migrationsTable({ flags }: Dialect): string {
  const type = flags.columnTypes;
  return `CREATE TABLE IF NOT EXISTS migrations (number ${type.int} NOT NULL, name ${type.address} NOT NULL, checksum ${type.hash} NOT NULL, applied_at ${type.big} NOT NULL, PRIMARY KEY (number)) ${flags.tableOptions}`;
}
