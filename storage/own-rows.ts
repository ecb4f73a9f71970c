/**
 * Rows as this process wrote them last. One that another process writes too is worth nothing here: after it was found changed, it is
 * kept again only when it was written twice.
 */
import { createRecentlyUsed } from "./recently-used.ts";

export interface OwnRows<Row> {
  find(key: string): Row | undefined;
  leave(key: string, row: Row): void;
  /** The same for one that is kept already. */
  refresh(key: string, row: Row): void;
  /** Somebody else has changed it. */
  contend(key: string): void;
}

export function createOwnRows<Row>(maxRows: number): OwnRows<Row> {
  const rows = createRecentlyUsed<Row>(maxRows);
  const contended = createRecentlyUsed<true>(maxRows);
  return {
    find: (key) => rows.get(key),
    leave(key, row) {
      if (contended.get(key) === undefined) rows.set(key, row);
      else contended.delete(key);
    },
    refresh(key, row) {
      if (rows.get(key) !== undefined) rows.set(key, row);
    },
    contend(key) {
      rows.delete(key);
      contended.set(key, true);
    },
  };
}
