/** Texts of multi-row statements. Kysely builds the rest; these are on the write path, where building a tree per row would cost more than the database. */
import type { CompiledQuery } from "kysely";
import type { Connection, DialectFlags, SqlValue } from "./dialects/dialect.ts";

type Row<Column extends string> = { readonly [column in Column]: SqlValue };

/** SQLite binds at most 32,766 values to a statement. */
const maxValuesPerStatement = 30_000;

/** Inserts all rows, or fails with a duplicate (at the commit at the latest). */
export async function insertRows<Column extends string>(
  connection: Connection,
  table: string,
  columns: readonly Column[],
  rows: readonly Row<Column>[],
): Promise<void> {
  await inChunks(connection, table, columns, rows, "");
}

/**
 * Inserts rows; where the primary key is taken, `update` columns are replaced. `update` may give an expression instead of the new value.
 * Written as an upsert also where rows are known to exist: an UPDATE by a list of keys scans the table when statistics are stale.
 */
export async function upsertRows<Column extends string>(
  connection: Connection,
  flags: DialectFlags,
  table: string,
  keys: readonly Column[],
  columns: readonly Column[],
  rows: readonly Row<Column>[],
  update: { readonly [column in Column]?: (incoming: string, column: string) => string } = {},
): Promise<void> {
  const assignments = columns
    .filter((column) => !keys.includes(column))
    .map((column) => {
      const incoming = flags.incoming(column);
      return `${column} = ${update[column]?.(incoming, `${table}.${column}`) ?? incoming}`;
    });
  // With nothing to replace, the row that stands stays as it is.
  const replace = assignments.length > 0 ? assignments.join(", ") : `${keys[0]} = ${table}.${keys[0]}`;
  await inChunks(connection, table, columns, rows, ` ${flags.onDuplicate(keys)} ${replace}`);
}

/** Replaces the columns of one row that differ from what is stored. */
export async function updateRow<Column extends string>(
  connection: Connection,
  table: string,
  keys: readonly Column[],
  columns: readonly Column[],
  row: Row<Column>,
  stored: Row<Column>,
): Promise<void> {
  const changed = columns.filter((column) => row[column] !== stored[column]);
  if (changed.length === 0) return;
  const assignments = changed.map((column) => `${column} = ?`).join(", ");
  const where = keys.map((column) => `${column} = ?`).join(" AND ");
  const values = [...changed, ...keys].map((column) => row[column]);
  await connection.defer(`UPDATE ${table} SET ${assignments} WHERE ${where}`, values);
}

async function inChunks<Column extends string>(
  connection: Connection,
  table: string,
  columns: readonly Column[],
  rows: readonly Row<Column>[],
  ending: string,
): Promise<void> {
  const rowsPerStatement = Math.floor(maxValuesPerStatement / columns.length);
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const chunk = rows.slice(from, from + rowsPerStatement);
    const values: SqlValue[] = [];
    for (const row of chunk) for (const column of columns) values.push(row[column]);
    const oneRow = `(${columns.map(() => "?").join(", ")})`;
    const text = `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${new Array(chunk.length).fill(oneRow).join(", ")}${ending}`;
    await connection.defer(text, values);
  }
}

/** `tenant = ? AND column IN (...)`, one group per tenant, joined by OR. */
export function whereTenantAndIn<Value extends SqlValue>(
  column: string,
  wanted: readonly { tenant: number; value: Value }[],
): { text: string; values: SqlValue[] } {
  const byTenant = new Map<number, Value[]>();
  for (const { tenant, value } of wanted) {
    const values = byTenant.get(tenant);
    if (values) values.push(value);
    else byTenant.set(tenant, [value]);
  }
  const parts: string[] = [];
  const values: SqlValue[] = [];
  for (const [tenant, group] of [...byTenant].sort((a, b) => a[0] - b[0])) {
    parts.push(`(tenant = ? AND ${column} IN (${group.map(() => "?").join(", ")}))`);
    values.push(tenant, ...group);
  }
  return { text: parts.join(" OR "), values };
}

interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** Runs a query that Kysely built. */
export function rowsOf<Row>(connection: Connection, query: Compilable<Row>): Promise<Row[]> {
  const compiled = query.compile();
  return connection.query<Row>(compiled.sql, compiled.parameters as SqlValue[]);
}

export async function firstRow<Row>(connection: Connection, query: Compilable<Row>): Promise<Row | null> {
  const [row] = await rowsOf(connection, query);
  return row ?? null;
}

/** Runs an INSERT, UPDATE or DELETE that Kysely built; the number of rows that were changed. */
export function run(connection: Connection, query: Compilable<unknown>): Promise<number> {
  const compiled = query.compile();
  return connection.execute(compiled.sql, compiled.parameters as SqlValue[]);
}
