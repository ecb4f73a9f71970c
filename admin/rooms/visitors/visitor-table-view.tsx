import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { useApp, useFocusGiver } from "../../components/use-app.ts";
import { useVirtualRows } from "../../components/use-virtual-rows.ts";
import { useWidth } from "../../components/use-width.ts";
import type { SortColumn } from "../../state/visitor-groups.ts";
import { GroupLine } from "./group-line.tsx";
import type { VisitorTable } from "./use-visitor-table.ts";
import { columnsFor, gridTemplate, type VisitorColumn } from "./visitor-columns.ts";
import { VisitorLine } from "./visitor-line.tsx";

export const groupHeight = 30;
const rowHeight = 34;
const phoneRowHeight = 58;

export interface VisitorTableViewProps {
  table: VisitorTable;
  phone: boolean;
  /** Filled with what moves the focus to a row. */
  focusRow: { current: ((key: string) => void) | null };
  peek(key: string): void;
}

export function VisitorTableView({ table, phone, focusRow, peek }: VisitorTableViewProps) {
  const { texts } = useApp();
  const focus = useFocusGiver();
  const scroller = useRef<HTMLDivElement>(null);
  const columns = columnsFor(useWidth(scroller));
  const lines = table.lines.value;
  const fresh = useFreshKeys(table);
  const rows = useVirtualRows({
    count: lines.length,
    sizeOf: (index) => (lines[index]?.type === "group" ? groupHeight : phone ? phoneRowHeight : rowHeight),
    keyOf: (index) => lineKey(lines[index]),
    scroller,
    paddingTop: phone ? 0 : groupHeight,
  });
  const picked = table.picked.value;
  const reachable = picked ?? table.order.value[0];
  focusRow.current = (key) => {
    const place = lines.findIndex((line) => line.type === "row" && line.key === key);
    if (place < 0) return;
    rows.scrollTo(place);
    requestAnimationFrame(() => {
      const line = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
      if (line) focus.give(line);
    });
  };
  return (
    <div
      ref={scroller}
      class={`visitor-table${phone ? " visitor-table-phone" : ""}`}
      role="grid"
      aria-label={texts.value.rooms.visitors}
      aria-rowcount={lines.length + 1}
      style={{ "--columns": gridTemplate(columns) }}
      onPointerEnter={(event) => (table.pointed.value = event.pointerType === "mouse")}
      onPointerLeave={() => (table.pointed.value = false)}
    >
      <ColumnHeads columns={columns} table={table} phone={phone} />
      <div role="rowgroup" class="visitor-lines" style={{ blockSize: `${rows.totalSize}px` }}>
        {rows.items.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          return line.type === "group" ? (
            <GroupLine
              key={item.key}
              group={line.group}
              here={line.here}
              table={table}
              phone={phone}
              lineIndex={item.index}
              offset={item.start}
            />
          ) : (
            <VisitorLine
              key={item.key}
              rowKey={line.key}
              columns={columns}
              phone={phone}
              picked={line.key === picked}
              fresh={fresh.has(line.key)}
              reachable={line.key === reachable}
              lineIndex={item.index}
              offset={item.start}
              pick={(key) => {
                table.picked.value = key;
                peek(key);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function lineKey(line: { type: "group"; group: { group: string } } | { type: "row"; key: string } | undefined): string {
  if (!line) return "";
  return line.type === "group" ? `group:${line.group.group}` : line.key;
}

/** Rows that came since the last drawing get a tint; those of the first drawing do not. */
function useFreshKeys(table: VisitorTable): Set<string> {
  const known = useRef<Set<string> | null>(null);
  const order = table.order.value;
  const before = known.current;
  const fresh = new Set(before === null ? [] : order.filter((key) => !before.has(key)));
  useLayoutEffect(() => {
    known.current = new Set(order);
  }, [order]);
  return fresh;
}

function ColumnHeads({
  columns,
  table,
  phone,
}: {
  columns: readonly VisitorColumn[];
  table: VisitorTable;
  phone: boolean;
}) {
  const { texts } = useApp();
  const sort = table.sort.value;
  const sortBy = (column: SortColumn) => {
    if (sort?.column !== column) table.sort.value = { column, descending: false };
    else table.sort.value = sort.descending ? null : { column, descending: true };
  };
  return (
    <div role="rowgroup" class={`column-heads${phone ? " unseen" : ""}`}>
      <div role="row" class="column-head-line" aria-rowindex={1}>
        {columns.map(({ name, align }) => (
          <span
            key={name}
            role="columnheader"
            class={`column-head cell-${name} cell-${align}`}
            aria-sort={sort?.column !== name ? "none" : sort.descending ? "descending" : "ascending"}
          >
            <button type="button" tabIndex={phone ? -1 : 0} onClick={() => sortBy(name)}>
              <span class="cut">{texts.value.visitors.columns[name]}</span>
              {sort?.column === name && <Icon name={sort.descending ? "down" : "up"} size={12} />}
            </button>
          </span>
        ))}
      </div>
    </div>
  );
}
