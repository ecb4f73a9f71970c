import type { SortColumn } from "../../state/visitor-groups.ts";

export interface VisitorColumn {
  name: SortColumn;
  /** CSS grid track. */
  track: string;
  /** Pixels that it needs at least. */
  least: number;
  align: "start" | "end";
  /** Pixels where all columns would not stand otherwise. */
  narrow?: number;
}

const columns: readonly VisitorColumn[] = [
  { name: "visitor", track: "176px", least: 176, align: "start", narrow: 160 },
  { name: "page", track: "minmax(0, 1fr)", least: 170, align: "start" },
  { name: "trail", track: "124px", least: 124, align: "start" },
  { name: "time", track: "50px", least: 50, align: "end" },
  { name: "visits", track: "40px", least: 40, align: "end" },
  { name: "place", track: "112px", least: 112, align: "start", narrow: 100 },
  { name: "from", track: "104px", least: 104, align: "start", narrow: 84 },
  { name: "device", track: "84px", least: 84, align: "start", narrow: 40 },
  { name: "cart", track: "58px", least: 58, align: "end" },
  { name: "with", track: "130px", least: 130, align: "start", narrow: 120 },
];

const gap = 14;
const gutters = 32;
/** What goes first where there is less room. */
const dropped: readonly SortColumn[] = ["from", "device", "visits", "place", "cart"];
/** The page's title may be cut this far before one more column goes. */
const leastPage = 118;

/** The columns that fit into a table of this width, narrower before one goes. Before it is laid out (0) all of them. */
export function columnsFor(tableWidth: number): VisitorColumn[] {
  let shown = [...columns];
  if (tableWidth > 0 && widthOf(shown) > tableWidth && widthOf(narrowColumns) <= tableWidth) return [...narrowColumns];
  for (const name of dropped) {
    if (tableWidth === 0 || widthOf(shown) <= tableWidth) break;
    shown = shown.filter((column) => column.name !== name);
  }
  return shown;
}

const narrowColumns: readonly VisitorColumn[] = columns.map((column) =>
  column.narrow === undefined ? column : { ...column, track: `${column.narrow}px`, least: column.narrow },
);

function widthOf(shown: readonly VisitorColumn[]): number {
  const whole = shown.length === columns.length && shown !== narrowColumns;
  const least = shown.reduce((sum, column) => sum + (column.name === "page" && !whole ? leastPage : column.least), 0);
  return least + gap * (shown.length - 1) + gutters;
}

export function gridTemplate(shown: readonly VisitorColumn[]): string {
  return shown.map((column) => column.track).join(" ");
}
