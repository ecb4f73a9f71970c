import assert from "node:assert/strict";

/** Base addresses of the four standard services. */
export interface Services {
  readonly echo: string;
  readonly close: string;
  readonly disabledWebSocket: string;
  readonly cookieNeeded: string;
}

export interface ConformanceCase {
  /** Begins with the number of the rule in the list of what SockJS obliges a server to. */
  readonly name: string;
  readonly run: (services: Services) => Promise<void>;
  /** Why the reference server is not held to it. */
  readonly notTheReference?: string;
}

export const noCache = "no-store, no-cache, no-transform, must-revalidate, max-age=0";

export function assertNotCached({ headers }: Response): void {
  assert.equal(headers.get("cache-control"), noCache);
  assert.equal(headers.get("expires"), null);
  assert.equal(headers.get("last-modified"), null);
}

export function assertCors({ headers }: Response, origin: string | null): void {
  assert.equal(headers.get("access-control-allow-origin"), origin ?? "*");
  assert.equal(headers.get("access-control-allow-credentials"), origin === null ? null : "true");
  assert.match(headers.get("vary") ?? "", /Origin/);
}

export async function assertNotFound(url: string, init?: RequestInit): Promise<void> {
  const answer = await fetch(url, init);
  assert.equal(answer.status, 404, url);
  assert.equal(answer.headers.get("set-cookie"), null);
  await answer.text();
}

export async function assertMethodNotAllowed(url: string, method: string): Promise<void> {
  const answer = await fetch(url, { method });
  assert.equal(answer.status, 405, `${method} ${url}`);
  assert.ok(answer.headers.get("allow"));
  assert.equal(answer.headers.get("content-type"), null);
  assert.equal(await answer.text(), "");
}
