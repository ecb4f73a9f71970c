/** Tables as data, so that one migration serves every engine. */
import type { ColumnType, DialectFlags } from "../dialects/dialect.ts";

export interface TableDefinition {
  readonly name: string;
  /** `?` at the end: may be null. */
  readonly columns: { readonly [name: string]: ColumnType | `${ColumnType}?` };
  /** Rows are clustered by it. */
  readonly primaryKey: readonly string[];
  readonly unique?: { readonly [index: string]: readonly string[] };
  readonly indexes?: { readonly [index: string]: readonly string[] };
}

/** Repeatable: what a crash left behind of an earlier try is kept. */
export function createTable(table: TableDefinition, flags: DialectFlags): string[] {
  const lines = Object.entries(table.columns).map(([name, type]) => columnLine(name, type, flags));
  lines.push(`PRIMARY KEY (${table.primaryKey.join(", ")})`);
  const indexes = indexLines(table);
  if (flags.indexesInTable)
    lines.push(...indexes.map((index) => `${index.unique}KEY ${index.name} (${index.columns})`));
  const create = `CREATE TABLE IF NOT EXISTS ${table.name} (\n  ${lines.join(",\n  ")}\n) ${flags.tableOptions}`;
  if (flags.indexesInTable) return [create];
  return [
    create,
    ...indexes.map(
      (index) => `CREATE ${index.unique}INDEX IF NOT EXISTS ${index.name} ON ${table.name} (${index.columns})`,
    ),
  ];
}

function columnLine(name: string, type: ColumnType | `${ColumnType}?`, flags: DialectFlags): string {
  const nullable = type.endsWith("?");
  const kind = (nullable ? type.slice(0, -1) : type) as ColumnType;
  return `${name} ${flags.columnTypes[kind]}${nullable ? "" : " NOT NULL"}`;
}

function indexLines(table: TableDefinition): { unique: string; name: string; columns: string }[] {
  const lines = (group: TableDefinition["indexes"], unique: string) =>
    Object.entries(group ?? {}).map(([name, columns]) => ({
      unique,
      name: `${table.name}_${name}`,
      columns: columns.join(", "),
    }));
  return [...lines(table.unique, "UNIQUE "), ...lines(table.indexes, "")];
}
