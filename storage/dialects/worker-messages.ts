/** What a storage worker and its owner tell each other. */
import type { Settlement } from "../append/batch.ts";
import type { Operations } from "../operations.ts";
import { SchemaMismatch, StorageBusy, StorageUnavailable } from "../storage.ts";

export interface WorkerStart {
  readonly path: string;
  readonly readOnly: boolean;
  readonly migrate: "never" | "always";
  readonly masterKey: Uint8Array;
  readonly consumers: readonly string[];
}

export interface WorkerCall {
  readonly call: number;
  /** `close`: finish what runs, then end. */
  readonly method: keyof Operations | "close";
  readonly args: readonly unknown[];
}

/** `call` 0: the answer to the start. */
export type WorkerReply = { readonly call: number; readonly statements: number } & (
  | { readonly result: unknown }
  | { readonly error: SentError }
);

/** Errors lose their class on the way; this brings back the port's own. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly detail: string | number | undefined;
}

export function sendError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: undefined, detail: undefined };
  const detail =
    error instanceof StorageBusy ? error.retryAfterMs : error instanceof SchemaMismatch ? error.state : undefined;
  return { name: error.name, message: error.message, stack: error.stack, detail };
}

export function receiveError({ name, message, stack, detail }: SentError): Error {
  if (name === "StorageBusy") return new StorageBusy(Number(detail));
  if (name === "StorageUnavailable")
    return new StorageUnavailable(message.replace(/^the database does not answer: /, ""));
  if (name === "SchemaMismatch")
    return new SchemaMismatch(detail === "empty" || detail === "older" ? detail : "newer", message);
  const error = name === "RangeError" ? new RangeError(message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

export type SentSettlement = Extract<Settlement, { result: unknown }> | { error: SentError };
