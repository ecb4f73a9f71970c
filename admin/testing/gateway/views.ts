import type { Row } from "../../../protocol/rows.ts";
import type { Tell } from "./sockets.ts";

export interface Views {
  /** A fresh snapshot, with an id of its own. */
  watch(name: string, tell: Tell): void;
  upsert(name: string, rows: readonly Row[]): void;
  remove(name: string, keys: readonly string[]): void;
}

export function openViews(tellAll: Tell): Views {
  const views = new Map<string, { rows: Map<string, Row>; id: number; number: number }>();
  const viewOf = (name: string) => {
    const view = views.get(name) ?? { rows: new Map<string, Row>(), id: 1, number: 0 };
    views.set(name, view);
    return view;
  };
  const change = (name: string, upserts: readonly Row[], removes: readonly string[]) => {
    const view = viewOf(name);
    for (const row of upserts) view.rows.set(row.key, row);
    for (const key of removes) view.rows.delete(key);
    const number = ++view.number;
    tellAll({
      kind: "difference",
      view: name,
      id: String(view.id),
      number,
      upserts: [...upserts],
      removes: [...removes],
    });
  };
  return {
    watch: (name, tell) => {
      const view = viewOf(name);
      view.id++;
      view.number = 0;
      const rows = [...view.rows.values()];
      tell({ kind: "snapshot", view: name, id: String(view.id), number: 0, rows, last: true });
    },
    upsert: (name, rows) => change(name, rows, []),
    remove: (name, keys) => change(name, [], keys),
  };
}
