import type { IncomingMessage, ServerResponse } from "node:http";
import type {
  AgentInfo,
  ConversationInfo,
  DepartmentInfo,
  SearchPage,
  Session,
  SiteInfo,
  VisitInfo,
  VisitorInfo,
} from "../../../protocol/api.ts";
import { type Answer, type Ask, answerFor } from "./api-routes.ts";

/** What the API answers with; a test fills it, the page changes it. */
export interface ApiLists {
  readonly sites: SiteInfo[];
  readonly agents: AgentInfo[];
  readonly departments: DepartmentInfo[];
  readonly visitors: Map<string, VisitorInfo>;
  readonly conversations: Map<string, ConversationInfo>;
  readonly visits: Map<string, VisitInfo>;
  /** By the words; a further page by `words before cursor`. */
  readonly searches: Map<string, SearchPage>;
  /** Keys of `searches` that were asked for, in order. */
  readonly asked: string[];
}

export interface TestApi {
  readonly lists: ApiLists;
  /** What the page changed, in order. */
  readonly changes: readonly { route: string; body: Record<string, unknown> }[];
  /** `path` after `/api/v1`. */
  serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
  endSession(): void;
  failNext(route: string, status: number, error: { code: string; field?: string }): void;
  failSearches(fail: boolean): void;
}

export function openApi(session: Session, password: string): TestApi {
  const lists: ApiLists = {
    sites: [],
    agents: [],
    departments: [],
    visitors: new Map(),
    conversations: new Map(),
    visits: new Map(),
    searches: new Map(),
    asked: [],
  };
  const changes: TestApi["changes"][number][] = [];
  const failures: { route: string; answer: Answer }[] = [];
  let signedIn = false;
  let searchesFail = false;

  const signIn = ({ email, password: given }: Ask["body"]): Answer => {
    if (email !== session.agent.email || given !== password) return unauthenticated;
    signedIn = true;
    return { status: 200, body: session };
  };
  const answerTo = (ask: Ask, csrf: unknown): Answer => {
    const { method, route, body } = ask;
    if (route === "POST /session") return signIn(body);
    if (!signedIn) return route === "GET /session" ? { status: 204 } : unauthenticated;
    if (method !== "GET" && csrf !== session.csrf) return refusal(403, { code: "forbidden" });
    const failure = failures.findIndex((one) => one.route === route);
    for (const { answer } of failure < 0 ? [] : failures.splice(failure, 1)) return answer;
    if (method !== "GET") changes.push({ route, body });
    if (route === "DELETE /session") signedIn = false;
    const answer = answerFor(ask, lists, session) ?? refusal(404, { code: "not-found" });
    return searchesFail && ask.room === "search" ? refusal(503, { code: "busy" }) : answer;
  };
  return {
    lists,
    changes,
    serve: async (request, response, path) => {
      const { status, body } = answerTo(await askOf(request, path), request.headers["x-beckon-csrf"]);
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    },
    endSession: () => {
      signedIn = false;
    },
    failNext: (route, status, error) => void failures.push({ route, answer: refusal(status, error) }),
    failSearches: (fail) => {
      searchesFail = fail;
    },
  };
}

function refusal(status: number, error: { code: string; field?: string }): Answer {
  return { status, body: { error: { detail: "words for programs", ...error } } };
}

const unauthenticated = refusal(401, { code: "unauthenticated" });

async function askOf(request: IncomingMessage, path: string): Promise<Ask> {
  const { pathname, searchParams } = new URL(path, "http://x");
  const [, room = "", id, more, last] = pathname.split("/");
  const method = request.method ?? "GET";
  let text = "";
  for await (const chunk of request) text += chunk;
  return {
    method,
    route: `${method} ${pathname}`,
    room,
    id,
    more,
    last,
    query: searchParams,
    body: text === "" ? {} : JSON.parse(text),
  };
}
