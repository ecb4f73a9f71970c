export interface HistogramBucket {
  /** Upper bound, included; the last is Infinity. */
  le: number;
  /** Cumulative. */
  count: number;
}

export interface Histogram {
  add(value: number): void;
  /** 0 while empty. */
  mean(): number;
  buckets(): HistogramBucket[];
}

export function createHistogram(bounds: readonly number[]): Histogram {
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((le) => ({ le, count: 0 }));
  let sum = 0;
  let count = 0;
  return {
    add: (value) => {
      sum += value;
      count += 1;
      for (const bucket of buckets) if (value <= bucket.le) bucket.count += 1;
    },
    mean: () => (count === 0 ? 0 : sum / count),
    buckets: () => buckets.map((bucket) => ({ ...bucket })),
  };
}
