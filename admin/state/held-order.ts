import type { GroupedKeys, VisitorGroup } from "./visitor-groups.ts";

export interface HeldGroup extends GroupedKeys {
  /** Rows that belong here now but are not shown until the order is released. */
  fresh: string[];
}

/**
 * The order that is drawn. While it is held, rows stay where the agent last saw them (also those that left or changed group) and new ones
 * are only counted, so that nothing moves under the pointer.
 */
export function heldOrder(shown: readonly GroupedKeys[], wanted: readonly GroupedKeys[], held: boolean): HeldGroup[] {
  if (!held || shown.length === 0) return wanted.map((group) => ({ ...group, fresh: [] }));
  const known = new Set(shown.flatMap((group) => group.keys));
  const freshIn = new Map<VisitorGroup, string[]>(
    wanted.map(({ group, keys }) => [group, keys.filter((key) => !known.has(key))]),
  );
  const kept = shown.map(({ group, keys }) => ({ group, keys, fresh: freshIn.get(group) ?? [] }));
  const shownGroups = new Set(shown.map(({ group }) => group));
  // A group that was empty has no heading to count at: the last one counts for it.
  const homeless = wanted
    .filter(({ group }) => !shownGroups.has(group))
    .flatMap(({ group }) => freshIn.get(group) ?? []);
  const last = kept[kept.length - 1];
  if (last) last.fresh = [...last.fresh, ...homeless];
  return kept;
}
