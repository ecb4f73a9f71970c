/**
 * A token bucket in one number (GCRA): the moment from which the bucket is full again. A connection has several of
 * them, so they must be small.
 */
interface RateLimit {
  /** How much time one use costs, milliseconds. */
  readonly costMs: number;
  /** Uses that may come at once. */
  readonly burst: number;
}

export function perMinute(uses: number, burst: number): RateLimit {
  return { costMs: 60_000 / uses, burst };
}

/** `fullAt` is kept by the caller (0 at first). Refused uses cost nothing. */
export function useRate(
  limit: RateLimit,
  fullAt: number,
  now: number,
): { allowed: true; fullAt: number } | { allowed: false; retryAfterMs: number } {
  const from = Math.max(fullAt, now);
  const spare = limit.costMs * limit.burst - (from - now);
  if (spare >= limit.costMs) return { allowed: true, fullAt: from + limit.costMs };
  return { allowed: false, retryAfterMs: Math.ceil(limit.costMs - spare) };
}
