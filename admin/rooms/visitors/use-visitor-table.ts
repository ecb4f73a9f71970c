import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useApp, useDesk } from "../../components/use-app.ts";
import { type HeldGroup, heldOrder } from "../../state/held-order.ts";
import {
  type GroupedKeys,
  groupVisitors,
  inScope,
  matchesFilter,
  type VisitorScope,
  type VisitorSort,
} from "../../state/visitor-groups.ts";

/** `here`: those of the group who have not left. */
export type TableLine = { type: "group"; group: HeldGroup; here: number } | { type: "row"; key: string };

export interface VisitorTable {
  readonly lines: ReadonlySignal<readonly TableLine[]>;
  readonly order: ReadonlySignal<readonly string[]>;
  readonly filter: Signal<string>;
  readonly sort: Signal<VisitorSort>;
  readonly picked: Signal<string | null>;
  /** The pointer is inside: nothing moves. */
  readonly pointed: Signal<boolean>;
  /** Lets the new rows in once. */
  release(): void;
}

export function useVisitorTable(scope: VisitorScope): VisitorTable {
  const { peeked, picked } = useApp();
  const { visitors } = useDesk();
  const filter = useSignal("");
  const sort = useSignal<VisitorSort>(null);
  const pointed = useSignal(false);
  const releases = useSignal(0);
  const scopeSignal = useSignal(scope);
  if (scopeSignal.peek() !== scope) scopeSignal.value = scope;
  const shown = useRef<{ groups: readonly GroupedKeys[]; choice: string }>({ groups: [], choice: "" });

  const groups = useComputed(() => {
    const rows = visitors.value.filter((row) => inScope(row, scopeSignal.value) && matchesFilter(row, filter.value));
    const present = new Set(rows.map((row) => row.key));
    const wanted = groupVisitors(rows, sort.value);
    // A choice of the agent's own shows at once; what moves by itself waits for the pointer.
    const choice = JSON.stringify([scopeSignal.value, filter.value, sort.value, releases.value]);
    const held = (pointed.value || peeked.value !== null) && shown.current.choice === choice;
    const kept = shown.current.groups
      .map(({ group, keys }) => ({ group, keys: keys.filter((key) => present.has(key)) }))
      .filter(({ keys }) => keys.length > 0);
    const next = heldOrder(kept, wanted, held);
    shown.current = { groups: next, choice };
    return next;
  });
  const lines = useComputed(() => {
    const gone = new Set(visitors.value.flatMap((row) => (row.state === "gone" ? [row.key] : [])));
    return groups.value.flatMap((group): TableLine[] => [
      { type: "group", group, here: group.keys.filter((key) => !gone.has(key)).length },
      ...group.keys.map((key): TableLine => ({ type: "row", key })),
    ]);
  });
  const order = useComputed(() => groups.value.flatMap(({ keys }) => keys));
  return { lines, order, filter, sort, picked, pointed, release: () => void releases.value++ };
}
