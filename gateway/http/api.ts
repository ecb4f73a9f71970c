/** The router of `/api/v1`: finds the route, checks who asks, reads the body, answers. */
import { errorMeanings } from "../../protocol/errors.ts";
import { StorageBusy, StorageUnavailable } from "../../storage/storage.ts";
import { readCookie, sessionCookie } from "../accounts/session.ts";
import { actorOf, may } from "../core/permissions.ts";
import { BodyTooLarge, type HttpRequest, type HttpResponse, PeerGone } from "../runtime/runtime.ts";
import { agentRoutes } from "./api/agent-routes.ts";
import { conversationRoutes } from "./api/conversation-routes.ts";
import type { ApiPorts } from "./api/ports.ts";
import { searchRoutes } from "./api/search-routes.ts";
import { sessionRoutes } from "./api/session-routes.ts";
import { siteRoutes } from "./api/site-routes.ts";
import { ApiFailure, noStore, sendFailure } from "./api-error.ts";
import type { ClientAddress } from "./client-address.ts";
import { openApiDocument } from "./openapi.ts";
import type { Answer, Route, SignedIn } from "./route.ts";

export const maxBodyBytes = 65_536;

/** The header that a form on another site cannot send. */
export const csrfHeader = "x-beckon-csrf";

export function apiRoutes(ports: ApiPorts): Route[] {
  const routes = [
    ...sessionRoutes(ports),
    ...agentRoutes(ports),
    ...siteRoutes(ports),
    ...conversationRoutes(ports),
    ...searchRoutes(ports),
  ];
  const document: Route = {
    method: "GET",
    path: "/api/v1/openapi.json",
    summary: "This document",
    access: "public",
    status: 200,
    handle: async () => ({ status: 200, body: openApiDocument([...routes, document]) }),
  };
  return [...routes, document];
}

/** Handles a request below `/api/`. */
export function createApi(
  ports: ApiPorts,
  clients: ClientAddress,
): (request: HttpRequest, response: HttpResponse) => void {
  const routes = apiRoutes(ports).map((route) => ({ route, pattern: patternOf(route.path) }));
  return (request, response) => {
    const matching = routes.filter(({ pattern }) => pattern.test(request.path));
    const found = matching.find(({ route }) => route.method === request.method);
    if (found === undefined) {
      refuse(
        request,
        response,
        matching.map(({ route }) => route.method),
      );
      return;
    }
    const parameters = found.pattern.exec(request.path)?.groups ?? {};
    answer(ports, clients, found.route, request, parameters).then(
      (result) => send(response, result),
      (error: unknown) => sendFailure(response, failureOf(ports, found.route, error)),
    );
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:(\w+)/g, "(?<$1>[\\w-]{1,64})")}$`);
}

function refuse(request: HttpRequest, response: HttpResponse, allowed: readonly string[]): void {
  if (allowed.length === 0) {
    sendFailure(response, new ApiFailure("not-found", `there is no ${request.path.slice(0, 200)}`));
    return;
  }
  const error = { code: "invalid", detail: `this route takes ${allowed.join(", ")}` };
  response.send(405, { ...noStore, Allow: allowed.join(", ") }, JSON.stringify({ error }));
}

async function answer(
  ports: ApiPorts,
  clients: ClientAddress,
  route: Route,
  request: HttpRequest,
  parameters: Readonly<Record<string, string>>,
): Promise<Answer> {
  // The body is asked for first: after an await the runtime may have lost its beginning.
  const body = route.method === "POST" || route.method === "PATCH" ? readJson(request) : Promise.resolve(undefined);
  body.catch(() => undefined);
  const context = {
    parameters,
    query: new URLSearchParams(request.query),
    address: clients.address(request),
    secure: clients.secure(request),
  };
  if (route.access === "public") return route.handle({ ...context, body: await body });
  const who = await whoAsks(ports, request);
  if (who === null) {
    if (route.nobody !== undefined) return route.nobody;
    throw new ApiFailure("unauthenticated", "sign in first");
  }
  if (route.method !== "GET") checkCsrf(ports, request, who);
  if (route.action !== null && !may(actorOf(who.agent), route.action, { tenant: who.agent.tenant, department: null }))
    throw new ApiFailure("forbidden", "your role does not allow this");
  return route.handle({ ...context, body: await body }, who);
}

async function readJson(request: HttpRequest): Promise<unknown> {
  const bytes = await request.body(maxBodyBytes);
  if (bytes.length === 0) return undefined;
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new ApiFailure("invalid", "the body must be application/json");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ApiFailure("malformed", "the body is no JSON text in UTF-8");
  }
}

async function whoAsks(ports: ApiPorts, request: HttpRequest): Promise<SignedIn | null> {
  const token = readCookie(request.headers.get("cookie"), sessionCookie);
  const session = token === "" ? null : await ports.sessions.find(token);
  const agent = session === null ? undefined : ports.core.directory.agent(session.tenant, session.agent);
  if (session === null || agent === undefined || agent.disabled) return null;
  return { agent, token, expiresAt: session.expiresAt };
}

function checkCsrf(ports: ApiPorts, request: HttpRequest, who: SignedIn): void {
  const given = request.headers.get(csrfHeader) ?? "";
  if (!ports.signer.equal(given, ports.signer.sign("csrf", who.token)))
    throw new ApiFailure("forbidden", `the header ${csrfHeader} is missing or wrong`);
}

function send(response: HttpResponse, result: Answer): void {
  const headers = { ...noStore, ...result.headers };
  if (result.body === undefined) response.send(result.status, headers);
  else response.send(result.status, headers, JSON.stringify(result.body));
}

function failureOf(ports: ApiPorts, route: Route, error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof BodyTooLarge) return new ApiFailure("too-large", error.message);
  if (error instanceof PeerGone) return new ApiFailure("malformed", error.message);
  if (error instanceof StorageBusy) return new ApiFailure("busy", error.message, { retryAfterMs: error.retryAfterMs });
  if (error instanceof StorageUnavailable)
    return new ApiFailure("busy", "the database does not answer", { retryAfterMs: 2000 });
  ports.log.error("api-failed", {
    route: `${route.method} ${route.path}`,
    error: error instanceof Error ? error.message : String(error),
  });
  return new ApiFailure(
    "internal",
    `status ${errorMeanings.internal.httpStatus}: something broke here, the log knows more`,
  );
}
