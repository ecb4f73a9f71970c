import type {
  AgentChange,
  AgentInfo,
  ApiError,
  ConversationInfo,
  ConversationPage,
  DepartmentInfo,
  NewAgent,
  NewSite,
  OwnChange,
  SearchPage,
  Session,
  SignIn,
  SiteChange,
  SiteInfo,
  SocketToken,
  VisitInfo,
  VisitorInfo,
} from "../../protocol/api.ts";

/** `offline`: no answer came. `code` is one of `protocol/errors.ts`, `offline` or, for an answer that is none of ours, `internal`. */
export type ApiResult<T> = { ok: true; value: T } | ApiRefusal;

export interface ApiRefusal {
  ok: false;
  code: string;
  field?: string;
  retryAfterMs?: number;
}

/** What an agent asks for once. Nothing here throws. */
export interface Api {
  /** `null`: nobody is signed in. */
  session(): Promise<ApiResult<Session | null>>;
  signIn(entry: SignIn): Promise<ApiResult<Session>>;
  signOut(): Promise<ApiResult<null>>;
  socketToken(): Promise<ApiResult<SocketToken>>;
  /** 401 at `password.current`: the present password is wrong, the session goes on. */
  changeOwn(change: OwnChange): Promise<ApiResult<AgentInfo>>;
  departments(): Promise<ApiResult<DepartmentInfo[]>>;
  addDepartment(department: { name: string }): Promise<ApiResult<DepartmentInfo>>;
  renameDepartment(department: number, change: { name: string }): Promise<ApiResult<DepartmentInfo>>;
  agents(): Promise<ApiResult<AgentInfo[]>>;
  addAgent(agent: NewAgent): Promise<ApiResult<AgentInfo>>;
  changeAgent(id: string, change: AgentChange): Promise<ApiResult<AgentInfo>>;
  sites(): Promise<ApiResult<SiteInfo[]>>;
  addSite(site: NewSite): Promise<ApiResult<SiteInfo>>;
  changeSite(key: string, change: SiteChange): Promise<ApiResult<SiteInfo>>;
  visitor(id: string): Promise<ApiResult<VisitorInfo>>;
  earlierVisit(visitor: string, visit: string): Promise<ApiResult<VisitInfo>>;
  conversation(id: string): Promise<ApiResult<ConversationInfo>>;
  /** Closed ones, newest first. `before`: `next` of the page before. */
  closedConversations(before: string | null): Promise<ApiResult<ConversationPage>>;
  search(text: string, before: string | null, signal: AbortSignal): Promise<ApiResult<SearchPage>>;
}

export interface ApiOptions {
  /** `/api/v1` without a slash at its end. */
  baseUrl: string;
  /** Of the present session; sent with everything but GET. */
  csrf(): string;
  /** The cookie session has ended. */
  unauthenticated(): void;
}

export function createApi(options: ApiOptions): Api {
  async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<ApiResult<T>> {
    try {
      const response = await fetch(`${options.baseUrl}${path}`, requestOf(method, body, options.csrf(), signal));
      if (response.ok)
        return { ok: true, value: response.status === 204 ? (null as T) : ((await response.json()) as T) };
      const failure = await failureOf(response);
      // One that names a field is about what was typed there.
      if (response.status === 401 && path !== "/session" && failure.field === undefined) options.unauthenticated();
      return failure;
    } catch {
      return { ok: false, code: "offline" };
    }
  }
  const part = encodeURIComponent;
  return {
    session: () => call("GET", "/session"),
    signIn: (entry) => call("POST", "/session", entry),
    signOut: () => call("DELETE", "/session"),
    socketToken: () => call("POST", "/socket-token"),
    changeOwn: (change) => call("PATCH", "/me", change),
    departments: () => call("GET", "/departments"),
    addDepartment: (department) => call("POST", "/departments", department),
    renameDepartment: (department, change) => call("PATCH", `/departments/${department}`, change),
    agents: () => call("GET", "/agents"),
    addAgent: (agent) => call("POST", "/agents", agent),
    changeAgent: (id, change) => call("PATCH", `/agents/${part(id)}`, change),
    sites: () => call("GET", "/sites"),
    addSite: (site) => call("POST", "/sites", site),
    changeSite: (key, change) => call("PATCH", `/sites/${part(key)}`, change),
    visitor: (id) => call("GET", `/visitors/${part(id)}`),
    earlierVisit: (visitor, visit) => call("GET", `/visitors/${part(visitor)}/visits/${part(visit)}`),
    conversation: (id) => call("GET", `/conversations/${part(id)}`),
    closedConversations: (before) => call("GET", `/conversations${before === null ? "" : `?before=${part(before)}`}`),
    search: (text, before, signal) =>
      call("GET", `/search?q=${part(text)}${before === null ? "" : `&before=${part(before)}`}`, undefined, signal),
  };
}

function requestOf(method: string, body: unknown, csrf: string, signal: AbortSignal | undefined): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrf !== "") headers["X-Beckon-CSRF"] = csrf;
  return {
    method,
    headers,
    credentials: "same-origin",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
}

async function failureOf(response: Response): Promise<ApiRefusal> {
  const answer = (await response.json().catch(() => null)) as Partial<ApiError> | null;
  const error = answer?.error;
  return {
    ok: false,
    code: error?.code ?? (response.status === 401 ? "unauthenticated" : "internal"),
    ...(error?.field === undefined ? {} : { field: error.field }),
    ...(error?.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}
