/**
 * Natural group commit: appends that arrive while a commit is in flight queue up, and when it returns everything queued becomes the
 * next batch. No timer: at low load an append costs one commit, at high load batches grow. A batch is one transaction.
 */
import { assertAppendRequest } from "./append/assert-request.ts";
import type { Settlement } from "./append/batch.ts";
import { createHistogram, type HistogramBucket } from "./histogram.ts";
import { type AppendRequest, type AppendResult, StorageBusy } from "./storage.ts";

export interface AppendQueueOptions {
  /** One transaction; one settlement for each request, in order. Rejects only where nothing of the batch can be told. */
  commit(batch: AppendRequest[]): Promise<Settlement[]>;
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

const maxBatchRows = 256;
const maxBatchBytes = 1_048_576;
/** What a row takes beside its texts. */
const rowBytes = 400;
const minRetryMs = 100;
const maxRetryMs = 5000;

interface Waiting {
  readonly request: AppendRequest;
  readonly bytes: number;
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

export function createAppendQueue(options: AppendQueueOptions): AppendQueue {
  const waiting: Waiting[] = [];
  const batchSizes = createHistogram([1, 2, 4, 8, 16, 32, 64, 128, 256]);
  const commitMs = createHistogram([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]);
  const figures = { batches: 0, appended: 0 };
  let running: Promise<void> | null = null;

  const commitNext = async (): Promise<void> => {
    const batch = takeBatch(waiting);
    const startedAt = options.now();
    const settlements = await options
      .commit(batch.map(({ request }) => request))
      .catch((error: unknown) => ({ error }));
    commitMs.add(options.now() - startedAt);
    batchSizes.add(batch.length);
    figures.batches += 1;
    figures.appended += batch.length;
    batch.forEach((one, index) => {
      settle(one, "error" in settlements ? settlements : settlements[index]);
    });
  };
  const run = async (): Promise<void> => {
    // What is offered within the same turn belongs to the first batch.
    await Promise.resolve();
    while (waiting.length > 0) await commitNext();
    running = null;
  };

  return {
    async append(request) {
      assertAppendRequest(request);
      if (waiting.length >= options.maxQueued) throw new StorageBusy(retryAfterMs(waiting.length, commitMs.mean()));
      return new Promise((resolve, reject) => {
        waiting.push({ request, bytes: bytesOf(request), resolve, reject });
        running ??= run();
      });
    },
    depth: () => waiting.length,
    figures: () => ({ ...figures, batchSizes: batchSizes.buckets(), commitMs: commitMs.buckets() }),
    idle: async () => {
      while (running) await running;
    },
  };
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  let count = 0;
  let rows = 0;
  let bytes = 0;
  for (const { request, bytes: own } of waiting) {
    rows += Math.max(1, request.events.length);
    bytes += own;
    // The first one goes whatever its size.
    if (count > 0 && (rows > maxBatchRows || bytes > maxBatchBytes)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

function settle(one: Waiting, settlement: Settlement | undefined): void {
  if (settlement && "result" in settlement) one.resolve(settlement.result);
  else one.reject(settlement?.error ?? new Error("the batch did not answer for this append"));
}

function bytesOf({ events }: AppendRequest): number {
  let bytes = rowBytes;
  for (const { body } of events) bytes += rowBytes + ("text" in body ? body.text.length * 3 : 0);
  return bytes;
}

/** About the time in which what waits will be written. */
function retryAfterMs(depth: number, meanCommitMs: number): number {
  return Math.round(Math.min(maxRetryMs, Math.max(minRetryMs, (depth / maxBatchRows) * meanCommitMs)));
}
