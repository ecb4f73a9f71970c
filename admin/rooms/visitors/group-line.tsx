import { useApp } from "../../components/use-app.ts";
import type { HeldGroup } from "../../state/held-order.ts";
import type { VisitorTable } from "./use-visitor-table.ts";

export function GroupLine({
  group,
  here,
  table,
  phone,
  lineIndex,
  offset,
}: {
  group: HeldGroup;
  here: number;
  table: VisitorTable;
  /** Nothing points there, so nothing is held. */
  phone: boolean;
  lineIndex: number;
  offset: number;
}) {
  const { texts, format } = useApp();
  const t = texts.value.visitors;
  const sort = table.sort.value;
  const orderText =
    sort !== null
      ? t.sorted(t.columns[sort.column])
      : group.group === "waiting"
        ? t.longestFirst
        : group.group === "browsing"
          ? phone
            ? t.newestFirst
            : t.newestHeld
          : "";
  return (
    <div role="row" class="group-line" aria-rowindex={lineIndex + 2} style={{ transform: `translateY(${offset}px)` }}>
      <span role="gridcell" class="group-cell">
        <b>{t.groups[group.group]}</b>
        <span class="faint">{format.value.count(here)}</span>
        {group.fresh.length > 0 && (
          <button type="button" class="fresh-count" title={t.showNew(group.fresh.length)} onClick={table.release}>
            {t.newRows(group.fresh.length)}
          </button>
        )}
        <span class="group-order faint">{orderText}</span>
      </span>
    </div>
  );
}
