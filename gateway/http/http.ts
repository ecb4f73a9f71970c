/** Everything that is plain HTTP, in the order in which it is asked. */
import type { HttpHandler, HttpRequest, HttpResponse } from "../runtime/runtime.ts";
import { ApiFailure, sendFailure } from "./api-error.ts";
import { sendMissingPage } from "./missing-page.ts";
import type { StaticFiles } from "./static-files.ts";

export interface HttpParts {
  /** Each says whether the request was its own. */
  readonly sockJs: (request: HttpRequest, response: HttpResponse) => boolean;
  readonly health: (request: HttpRequest, response: HttpResponse) => boolean;
  /** Only with the demo shop. */
  readonly demo: ((request: HttpRequest, response: HttpResponse) => boolean) | null;
  readonly files: StaticFiles;
  readonly api: (request: HttpRequest, response: HttpResponse) => void;
}

export function createHttp(parts: HttpParts): HttpHandler {
  return (request, response) => {
    if (parts.sockJs(request, response)) return;
    if (parts.health(request, response)) return;
    if (request.path.startsWith("/api/")) parts.api(request, response);
    else if (parts.demo?.(request, response)) return;
    else if (request.path === "/") response.send(302, { Location: "/admin/", "Cache-Control": "no-store" });
    else if (request.path === "/favicon.ico" && request.method === "GET")
      response.send(204, { "Cache-Control": "public, max-age=86400" });
    else if (!parts.files.serve(request, response) && !sendMissingPage(request, response))
      sendFailure(response, new ApiFailure("not-found", "there is nothing here"));
  };
}
