/**
 * Natural group commit: appends that arrive while a commit is in flight queue up, and when it returns everything queued becomes the
 * next batch. No timer: at low load an append costs one commit, at high load batches grow. A batch is one transaction. A database
 * that serves several connections has several lanes: while one batch waits for the disk, the next is prepared.
 */
import { assertAppendRequest } from "./append/assert-request.ts";
import type { Settlement } from "./append/batch.ts";
import { createWaitingLine, maxBatchRows, type Waiting } from "./append/waiting-line.ts";
import { createHistogram, type HistogramBucket } from "./histogram.ts";
import { type AppendRequest, type AppendResult, StorageBusy } from "./storage.ts";

export interface AppendQueueOptions {
  /** One transaction; one settlement for each request, in order. Rejects only where nothing of the batch can be told. */
  commit(batch: AppendRequest[]): Promise<Settlement[]>;
  /** Batches that may be in flight side by side. */
  readonly lanes: number;
  /** Appends that may wait. */
  readonly maxQueued: number;
  /** Monotonic milliseconds, for the figures only. */
  readonly now: () => number;
}

export interface AppendQueue {
  append(request: AppendRequest): Promise<AppendResult>;
  depth(): number;
  figures(): { batches: number; appended: number; batchSizes: HistogramBucket[]; commitMs: HistogramBucket[] };
  /** Resolves when nothing waits or is in flight. */
  idle(): Promise<void>;
}

const minRetryMs = 100;
const maxRetryMs = 5000;

export function createAppendQueue(options: AppendQueueOptions): AppendQueue {
  const line = createWaitingLine();
  const running = new Set<Promise<void>>();
  let openLanes = 0;
  let inFlight = 0;
  const batchSizes = createHistogram([1, 2, 4, 8, 16, 32, 64, 128, 256]);
  const commitMs = createHistogram([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]);
  const figures = { batches: 0, appended: 0 };

  const commit = async (batch: readonly Waiting[]): Promise<void> => {
    const startedAt = options.now();
    inFlight += 1;
    const settlements = await options
      .commit(batch.map(({ request }) => request))
      .catch((error: unknown) => ({ error }));
    inFlight -= 1;
    commitMs.add(options.now() - startedAt);
    batchSizes.add(batch.length);
    figures.batches += 1;
    figures.appended += batch.length;
    line.release(batch);
    for (const [index, one] of batch.entries()) {
      const settlement = "error" in settlements ? settlements : settlements[index];
      if (settlement && "result" in settlement) line.learn(one.request, settlement.result);
      settle(one, settlement);
    }
  };
  const run = async (): Promise<void> => {
    // What is offered within the same turn belongs to the first batch.
    await Promise.resolve();
    for (;;) {
      const batch = line.take(options.lanes - inFlight);
      if (batch.length === 0) break;
      if (line.length() > 0) openLane();
      await commit(batch);
    }
    // In the same step: what comes next opens a lane again.
    openLanes -= 1;
  };
  const openLane = (): void => {
    if (openLanes >= options.lanes) return;
    openLanes += 1;
    const lane = run().finally(() => running.delete(lane));
    running.add(lane);
  };

  return {
    async append(request) {
      assertAppendRequest(request);
      const waiting = line.length();
      if (waiting >= options.maxQueued) throw new StorageBusy(retryAfterMs(waiting, commitMs.mean()));
      return new Promise((resolve, reject) => {
        if (line.push({ request, resolve, reject })) openLane();
      });
    },
    depth: line.length,
    figures: () => ({ ...figures, batchSizes: batchSizes.buckets(), commitMs: commitMs.buckets() }),
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function settle(one: Waiting, settlement: Settlement | undefined): void {
  if (settlement && "result" in settlement) one.resolve(settlement.result);
  else one.reject(settlement?.error ?? new Error("the batch did not answer for this append"));
}

/** About the time in which what waits will be written. */
function retryAfterMs(depth: number, meanCommitMs: number): number {
  return Math.round(Math.min(maxRetryMs, Math.max(minRetryMs, (depth / maxBatchRows) * meanCommitMs)));
}
