/** The port over operations: the queue of appends in front, figures beside. */
import { createAppendQueue } from "./append.ts";
import type { PoolState } from "./dialects/dialect.ts";
import type { Operations } from "./operations.ts";
import { type Storage, StorageUnavailable } from "./storage.ts";

export interface StorageParts {
  readonly engine: Storage["engine"];
  readonly operations: Operations;
  readonly maxQueuedAppends: number;
  /** Batches of appends that may be in flight side by side. */
  readonly appendLanes: number;
  /** Monotonic milliseconds, for figures only. */
  readonly now: () => number;
  statements(): number;
  pools(): PoolState[];
  close(): Promise<void>;
}

export function createStorage(parts: StorageParts): Storage {
  const { appendBatch, ...operations } = parts.operations;
  const { appendLanes: lanes, maxQueuedAppends: maxQueued, now } = parts;
  const queue = createAppendQueue({ commit: appendBatch, lanes, maxQueued, now });
  let closing = false;
  return {
    ...operations,
    engine: parts.engine,
    append: (request) =>
      closing ? Promise.reject(new StorageUnavailable("this gateway is closing")) : queue.append(request),
    metrics: () => ({
      queueDepth: queue.depth(),
      ...queue.figures(),
      pools: parts.pools(),
      statements: parts.statements(),
    }),
    close: async () => {
      if (closing) return;
      closing = true;
      await queue.idle();
      await parts.close();
    },
  };
}
