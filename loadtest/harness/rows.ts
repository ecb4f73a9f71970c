/** What a benchmark says: rows with a figure, its ratio to the baseline of the same run, and what it must show. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** To the baseline; null where the figure stands for itself. */
  ratio: number | null;
  /** `<= 9216`, `>= 3`; null: printed only. Judged on the ratio where there is one. */
  must: string | null;
}

export interface BenchResult {
  bench: string;
  ok: boolean;
  rows: BenchRow[];
}

export function benchResult(bench: string, rows: BenchRow[]): BenchResult {
  return { bench, ok: rows.every(holds), rows };
}

export function holds({ value, ratio, must }: BenchRow): boolean {
  if (must === null) return true;
  const [sign, bound] = must.split(" ");
  const judged = ratio ?? value;
  return sign === "<=" ? judged <= Number(bound) : judged >= Number(bound);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
