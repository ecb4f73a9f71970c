import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Difference, Snapshot } from "../../protocol/frames.ts";
import type { Row } from "../../protocol/rows.ts";

/**
 * The rows of one view as signals: a row that changes redraws itself alone, and only who lists rows reads `structure`.
 * Holds what was last known while a fresh snapshot is on its way, so that nothing blinks on a reconnect.
 */
export interface LiveView<R extends Row> {
  /** Counts up with every change of any row. Read it before `all()`. */
  readonly structure: ReadonlySignal<number>;
  /** `unknown`: nothing came yet. `pending`: the gateway does not know the rows yet. */
  readonly phase: ReadonlySignal<"unknown" | "pending" | "ready">;
  row(key: string): ReadonlySignal<R> | undefined;
  all(): R[];
  /** Applies a frame; `false`: a number or id is broken, watch the view again. */
  apply(frame: Snapshot | Difference): boolean;
  clear(): void;
}

export function createLiveView<R extends Row>(): LiveView<R> {
  const rows = new Map<string, Signal<R>>();
  const structure = signal(0);
  const phase = signal<"unknown" | "pending" | "ready">("unknown");
  let id = "";
  let number = 0;
  /** Keys of the snapshot that is arriving in pages; null when none is. */
  let arriving: Set<string> | null = null;

  const put = (row: Row) => {
    const held = rows.get(row.key);
    // The view's name tells the type of its rows; the gateway sends no others.
    if (held) held.value = row as R;
    else rows.set(row.key, signal(row as R));
  };
  const changed = () => {
    structure.value = structure.peek() + 1;
  };

  const applySnapshot = (frame: Snapshot): boolean => {
    if (frame.pending) {
      if (rows.size === 0) phase.value = "pending";
      return true;
    }
    if (arriving === null || frame.id !== id) arriving = new Set();
    id = frame.id;
    number = frame.number;
    for (const row of frame.rows) {
      put(row);
      arriving.add(row.key);
    }
    if (frame.last) {
      for (const key of [...rows.keys()]) if (!arriving.has(key)) rows.delete(key);
      arriving = null;
      phase.value = "ready";
    }
    changed();
    return true;
  };

  const applyDifference = (frame: Difference): boolean => {
    if (frame.id !== id || arriving !== null || frame.number !== number + 1) return false;
    number = frame.number;
    for (const row of frame.upserts) put(row);
    for (const key of frame.removes) rows.delete(key);
    changed();
    return true;
  };

  return {
    structure,
    phase,
    row: (key) => rows.get(key),
    all: () => [...rows.values()].map((row) => row.peek()),
    apply: (frame) => batch(() => (frame.kind === "snapshot" ? applySnapshot(frame) : applyDifference(frame))),
    clear: () =>
      batch(() => {
        rows.clear();
        id = "";
        arriving = null;
        phase.value = "unknown";
        changed();
      }),
  };
}
