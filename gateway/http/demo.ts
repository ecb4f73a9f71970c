/** What the demo shop's own server would do: it signs who is signed in to the shop. Only `npm start` serves it. */
import type { Directory, Signer } from "../core/core.ts";
import type { HttpRequest, HttpResponse } from "../runtime/runtime.ts";
import { noStore } from "./api-error.ts";

export const demoSiteKey = "demo";

/** The same people as in the shop's own list. */
export const signedCustomers: ReadonlyMap<string, { id: string; name: string; email: string }> = new Map([
  ["henrik", { id: "c-1001", name: "Henrik Solberg", email: "henrik.solberg@mail.example" }],
  ["siyuan", { id: "c-1002", name: "陈思远", email: "siyuan.chen@mail.example" }],
  ["priya", { id: "c-1003", name: "Priya Raman", email: "priya.raman@mail.example" }],
]);

const validMs = 3_600_000;

export interface DemoParts {
  readonly directory: Directory;
  readonly signer: Signer;
  readonly now: () => number;
  /** The text of README.md. */
  readonly readme: string;
  /** What else whoever started the demo answers. */
  readonly more: (request: HttpRequest, response: HttpResponse) => boolean;
}

export function createDemo(parts: DemoParts): (request: HttpRequest, response: HttpResponse) => boolean {
  return (request, response) => {
    if (request.path === "/demo/identity") answerIdentity(parts, request, response);
    else if (request.path === "/demo/readme")
      response.send(200, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache" }, parts.readme);
    else return parts.more(request, response);
    return true;
  };
}

function answerIdentity(parts: DemoParts, request: HttpRequest, response: HttpResponse): void {
  const customer = signedCustomers.get(new URLSearchParams(request.query).get("customer") ?? "");
  const site = parts.directory.siteByKey(demoSiteKey);
  if (customer === undefined || site === undefined) {
    response.send(404, noStore, JSON.stringify({ error: { code: "not-found", detail: "no such customer" } }));
    return;
  }
  const expires = parts.now() + validMs;
  // The canonical text of SPEC §6.
  const signature = parts.signer.signWith(
    site.secret,
    `${customer.id}\n${customer.name}\n${customer.email}\n${expires}`,
  );
  response.send(200, noStore, JSON.stringify({ ...customer, expires, signature }));
}
