import { type DialectAdapter, DummyDriver, Kysely, type QueryCompiler } from "kysely";
import type { Schema } from "../schema.ts";

/** Kysely as a typed builder of SQL text; `Connection` runs it. */
export function queryBuilder(adapter: DialectAdapter, compiler: QueryCompiler): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => new DummyDriver(),
      createQueryCompiler: () => compiler,
      createIntrospector: () => ({
        getSchemas: async () => [],
        getTables: async () => [],
        getMetadata: async () => ({ tables: [] }),
      }),
    },
  });
}
