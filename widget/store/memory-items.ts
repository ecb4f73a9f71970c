import type { Items } from "./item-store.ts";

/** Stands in for localStorage where there is none; in the order of writing. */
export function memoryItems(): Items {
  let list: { key: string; value: string }[] = [];
  const items = {
    length: 0,
    key: (index: number) => list[index]?.key ?? null,
    getItem(key: string) {
      for (const item of list) if (item.key === key) return item.value;
      return null;
    },
    setItem(key: string, value: string) {
      items.removeItem(key);
      list.push({ key, value });
      items.length = list.length;
    },
    removeItem(key: string) {
      const kept = [];
      for (const item of list) if (item.key !== key) kept.push(item);
      list = kept;
      items.length = list.length;
    },
  };
  return items;
}
