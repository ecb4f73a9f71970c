/** An answer that is an error: a code of `protocol/errors.ts`, in the shape of `ApiError`. */
import { type ErrorCode, errorMeanings } from "../../protocol/errors.ts";
import type { HttpResponse } from "../runtime/runtime.ts";

export class ApiFailure extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(code: ErrorCode, detail: string, more: { field?: string; retryAfterMs?: number } = {}) {
    super(detail);
    this.name = "ApiFailure";
    this.code = code;
    this.field = more.field;
    this.retryAfterMs = more.retryAfterMs;
  }
}

export function sendFailure(response: HttpResponse, failure: ApiFailure): void {
  const headers: Record<string, string> = { ...noStore };
  if (failure.retryAfterMs !== undefined) headers["Retry-After"] = String(Math.ceil(failure.retryAfterMs / 1000));
  const error = {
    code: failure.code,
    detail: failure.message,
    ...(failure.field === undefined ? {} : { field: failure.field }),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  };
  response.send(errorMeanings[failure.code].httpStatus, headers, JSON.stringify({ error }));
}

export const noStore = {
  "Content-Type": "application/json; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
} as const;
