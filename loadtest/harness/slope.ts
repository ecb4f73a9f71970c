import { median } from "../bench-result.ts";

/** Median of the last third to that of the middle third: above 1 it grows. 1 where there is nothing. */
export function slope(values: readonly number[]): number {
  const third = Math.floor(values.length / 3);
  const before = median(values.slice(third, values.length - third));
  const after = median(values.slice(-third));
  return before === after ? 1 : after / before;
}
