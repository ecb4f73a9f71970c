/** What every benchmark answers: `loadtest/<name>.ts` exports `run(): Promise<BenchResult>`. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** To the baseline of the same run; null: this row is a baseline, or has none. */
  readonly ratio: number | null;
  /** What the ratio (or the value, where there is none) must show, as text: `>= 4`. Null: printed for information. */
  readonly must: string | null;
}

export interface BenchResult {
  readonly bench: string;
  readonly ok: boolean;
  readonly rows: readonly BenchRow[];
}

export function benchResult(bench: string, rows: readonly BenchRow[]): BenchResult {
  return { bench, ok: rows.every(holds), rows };
}

/** A row; without `must` it is printed for information. */
export function benchRow(
  name: string,
  value: number,
  unit: string,
  ratio: number | null = null,
  must: string | null = null,
): BenchRow {
  return { name, value, unit, ratio, must };
}

/** Whether a row shows what it must. */
export function holds({ value, ratio, must }: BenchRow): boolean {
  if (must === null) return true;
  const [, sign, bound] = /^(<=|>=) (\d+(?:\.\d+)?)$/.exec(must) ?? [];
  if (sign === undefined) throw new RangeError(`a row must show "<= NUMBER" or ">= NUMBER", not ${must}`);
  const figure = ratio ?? value;
  return sign === "<=" ? figure <= Number(bound) : figure >= Number(bound);
}

/** Of an empty list: NaN. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
