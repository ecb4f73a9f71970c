/**
 * What waits to be written, and which of it may be written beside the batches that are in flight: never the next of a producer whose
 * last one is in flight, because it would look like a gap; and nothing of the same visitor or conversation, because it would only wait
 * for a lock. What is passed over goes with the next batch, in its order.
 */
import { createRecentlyUsed } from "../recently-used.ts";
import type { AppendRequest, AppendResult } from "../storage.ts";
import { producerKey } from "./offer.ts";

export interface Waiting {
  readonly request: AppendRequest;
  readonly bytes: number;
  /** Two that share one are never in flight side by side. */
  readonly keys: readonly string[];
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

export interface WaitingLine {
  length(): number;
  /** Whether nothing that is in flight stands in its way. */
  push(one: Pick<Waiting, "request" | "resolve" | "reject">): boolean;
  /** The next batch, which is in flight from now on; empty where nothing may go. `freeLanes`: how many share what waits. */
  take(freeLanes: number): Waiting[];
  /** The batch is no longer in flight. */
  release(batch: readonly Waiting[]): void;
  /** Where this visitor's messages went: those of the conversation's agents stay out of their way. */
  learn(request: AppendRequest, result: AppendResult): void;
}

export const maxBatchRows = 256;
const maxBatchBytes = 1_048_576;
/** What a row takes beside its texts. */
const rowBytes = 400;
/** Fewer are not shared out: each batch costs a commit. */
const minSharedAppends = 16;
const maxRemembered = 20_000;

export function createWaitingLine(): WaitingLine {
  let line: Waiting[] = [];
  const inFlight = new Set<string>();
  const conversations = createRecentlyUsed<string>(maxRemembered);

  const keysOf = (request: AppendRequest): string[] => {
    const { tenant, target } = request;
    const keys = [producerKey(request)];
    if (target.type === "log") keys.push(`${tenant} ${target.conversation}`);
    if (target.type === "visit") keys.push(`${tenant} ${target.visit}`);
    if (target.type === "current" && target.answers !== undefined) keys.push(`${tenant} ${target.answers}`);
    if (target.type === "current" && target.again) keys.push(`${tenant} ${target.newConversation}`);
    if (target.type === "log" || target.visitor === undefined) return keys;
    const visitor = `${tenant} ${target.visitor}`;
    keys.push(visitor);
    const conversation = conversations.get(visitor);
    if (conversation !== undefined) keys.push(conversation);
    return keys;
  };
  const isFree = ({ keys }: Waiting) => !keys.some((key) => inFlight.has(key));

  return {
    length: () => line.length,
    push(one) {
      const waiting = { ...one, bytes: bytesOf(one.request), keys: keysOf(one.request) };
      line.push(waiting);
      return isFree(waiting);
    },
    take(freeLanes) {
      const share = Math.max(minSharedAppends, Math.ceil(line.length / freeLanes));
      const { batch, rest } = split(line, share, isFree);
      line = rest;
      for (const { keys } of batch) for (const key of keys) inFlight.add(key);
      return batch;
    },
    release(batch) {
      for (const { keys } of batch) for (const key of keys) inFlight.delete(key);
    },
    learn({ tenant, target }, result) {
      if (target.type === "current" && result.outcome === "stored")
        conversations.set(`${tenant} ${target.visitor}`, `${tenant} ${result.conversation}`);
    },
  };
}

/** `share`: of those that could as well go in another lane; what shares a key with one of the batch goes with it. */
function split(line: readonly Waiting[], share: number, isFree: (one: Waiting) => boolean) {
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  const taken = new Set<string>();
  const passedOver = new Set<string>();
  let rows = 0;
  let bytes = 0;
  for (const [index, one] of line.entries()) {
    const belongs = batch.length < share || one.keys.some((key) => taken.has(key));
    if (!belongs || !isFree(one) || one.keys.some((key) => passedOver.has(key))) {
      for (const key of one.keys) passedOver.add(key);
      rest.push(one);
      continue;
    }
    rows += Math.max(1, one.request.events.length);
    bytes += one.bytes;
    // The first one goes whatever its size.
    if (batch.length > 0 && (rows > maxBatchRows || bytes > maxBatchBytes)) {
      rest.push(...line.slice(index));
      break;
    }
    for (const key of one.keys) taken.add(key);
    batch.push(one);
  }
  return { batch, rest };
}

function bytesOf({ events }: AppendRequest): number {
  let bytes = rowBytes;
  for (const { body } of events) bytes += rowBytes + ("text" in body ? body.text.length * 3 : 0);
  return bytes;
}
