/**
 * A view is a table that is not a log: a paged snapshot, then numbered differences, at most one each `viewTickMs`. Behind a
 * slow link they are merged by row, never queued.
 */
import type { Row } from "../../protocol/rows.ts";
import type { SharedTexts, Watcher } from "./watcher.ts";

/** Where the rows of one view of one tenant come from. */
export interface ViewSource {
  readonly name: string;
  /** False: not known yet; a fresh snapshot follows when it is. */
  readonly ready: boolean;
  /** Keys of all rows, each with the department of its site (null: everybody's). */
  keys(): Iterable<readonly [key: string, department: number | null]>;
  /** Null: it is gone. */
  row(key: string, watcher: Watcher): Row | null;
  /** Rows are the same for all watchers with the same text here. */
  audience(watcher: Watcher): string;
  watched?(watcher: Watcher): void;
  unwatched?(watcher: Watcher): void;
}

export class View {
  readonly source: ViewSource;
  readonly watchers = new Set<Watcher>();
  /** Rows that changed since the last tick, with their departments. */
  changes = new Map<string, number | null>();

  constructor(source: ViewSource) {
    this.source = source;
  }

  tick(): void {
    if (this.changes.size === 0) return;
    const changes = this.changes;
    this.changes = new Map();
    const texts: SharedTexts = new Map();
    for (const watcher of this.watchers) watcher.change(changes, texts);
  }
}
