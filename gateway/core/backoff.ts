/** Waits between tries of something that storage did not do: doubled each time, with jitter. */
import type { Ids } from "./core.ts";

const firstMs = 250;
const longestMs = 5000;

/** `tries`: how often it failed so far, from 1. */
export function backoffMs(ids: Ids, tries: number): number {
  const upTo = Math.min(longestMs, firstMs * 2 ** (tries - 1));
  return upTo / 2 + (upTo / 2) * ids.fraction();
}
