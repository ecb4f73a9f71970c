/** All migrations in order. Forward only: a number is never reused, a file never changed once released. */
import type { DialectFlags } from "../dialects/dialect.ts";
import { tables } from "./0001-first.ts";
import { createTable } from "./table.ts";

export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Repeatable statements: an engine that commits each of them may be stopped in between. */
  statements(flags: DialectFlags): string[];
}

export const migrations: readonly Migration[] = [
  {
    number: 1,
    name: "first",
    statements: (flags) => tables.flatMap((table) => createTable(table, flags)),
  },
];
