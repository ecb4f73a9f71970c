/**
 * Error codes: what they mean, who is wrong, and whether trying again helps. SPEC.md §8 is the same table.
 * They travel in `refuse` (about one publish), `error` (about a frame or the connection) and in HTTP answers.
 */
export type ErrorCode =
  | "malformed"
  | "too-large"
  | "unknown-frame"
  | "unsupported-version"
  | "hello-expected"
  | "hello-repeated"
  | "unauthenticated"
  | "expired"
  | "revoked"
  | "forbidden"
  | "origin"
  | "not-found"
  | "gap"
  | "mismatch"
  | "conflict"
  | "taken"
  | "closed"
  | "fenced"
  | "pending"
  | "rate"
  | "busy"
  | "draining"
  | "invalid"
  | "unsupported"
  | "internal";

export interface ErrorMeaning {
  /** Who has to change something. */
  readonly fault: "client" | "server" | "nobody";
  /** `never`: the same again fails again. `later`: after `retryAfterMs`. `reauthenticate`: with a new token. `renumber`: as told by the answer. */
  readonly retry: "never" | "later" | "reauthenticate" | "renumber";
  /** Status of an HTTP answer. */
  readonly httpStatus: number;
  /** Close code of a connection that ends for this reason; 0: the connection stays. 4000-4499: do not come back unchanged, 4500-4999: come back. */
  readonly closeCode: number;
}

export const errorMeanings: { readonly [code in ErrorCode]: ErrorMeaning } = {
  malformed: { fault: "client", retry: "never", httpStatus: 400, closeCode: 4400 },
  "too-large": { fault: "client", retry: "never", httpStatus: 413, closeCode: 4413 },
  "unknown-frame": { fault: "client", retry: "never", httpStatus: 400, closeCode: 0 },
  "unsupported-version": { fault: "client", retry: "never", httpStatus: 400, closeCode: 4426 },
  "hello-expected": { fault: "client", retry: "never", httpStatus: 400, closeCode: 4401 },
  "hello-repeated": { fault: "client", retry: "never", httpStatus: 400, closeCode: 4402 },
  unauthenticated: { fault: "client", retry: "reauthenticate", httpStatus: 401, closeCode: 4403 },
  expired: { fault: "client", retry: "reauthenticate", httpStatus: 401, closeCode: 4404 },
  revoked: { fault: "client", retry: "never", httpStatus: 403, closeCode: 4405 },
  forbidden: { fault: "client", retry: "never", httpStatus: 403, closeCode: 0 },
  origin: { fault: "client", retry: "never", httpStatus: 403, closeCode: 4406 },
  "not-found": { fault: "client", retry: "never", httpStatus: 404, closeCode: 0 },
  gap: { fault: "client", retry: "renumber", httpStatus: 409, closeCode: 0 },
  mismatch: { fault: "client", retry: "renumber", httpStatus: 409, closeCode: 0 },
  conflict: { fault: "client", retry: "never", httpStatus: 409, closeCode: 0 },
  taken: { fault: "nobody", retry: "never", httpStatus: 409, closeCode: 0 },
  closed: { fault: "nobody", retry: "never", httpStatus: 409, closeCode: 0 },
  fenced: { fault: "nobody", retry: "never", httpStatus: 409, closeCode: 4410 },
  pending: { fault: "nobody", retry: "later", httpStatus: 503, closeCode: 0 },
  rate: { fault: "client", retry: "later", httpStatus: 429, closeCode: 0 },
  busy: { fault: "server", retry: "later", httpStatus: 503, closeCode: 4503 },
  draining: { fault: "nobody", retry: "later", httpStatus: 503, closeCode: 4512 },
  invalid: { fault: "client", retry: "never", httpStatus: 400, closeCode: 0 },
  unsupported: { fault: "client", retry: "never", httpStatus: 400, closeCode: 0 },
  internal: { fault: "server", retry: "later", httpStatus: 500, closeCode: 4500 },
};
