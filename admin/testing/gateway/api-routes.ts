import type { NewAgent, Session, SiteInfo } from "../../../protocol/api.ts";
import { idOf } from "../id-of.ts";
import type { ApiLists } from "./api.ts";

export interface Ask {
  readonly method: string;
  /** `PATCH /me`. */
  readonly route: string;
  /** The parts of the path: `/<room>/<id>/<more>/<last>`. */
  readonly room: string;
  readonly id: string | undefined;
  readonly more: string | undefined;
  readonly last: string | undefined;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** `undefined`: there is no such thing. */
export function answerFor(ask: Ask, lists: ApiLists, session: Session): Answer | undefined {
  return rooms[ask.room]?.(ask, lists, session);
}

type Room = (ask: Ask, lists: ApiLists, session: Session) => Answer | undefined;

const rooms: { readonly [room: string]: Room } = {
  session: ({ method }, _, session) => (method === "DELETE" ? { status: 204 } : found(session)),
  "socket-token": () => found({ token: "t".repeat(40), expiresAt: Date.now() + 60_000 }),
  me: ({ body }, _, session) => found(Object.assign(session.agent, body.name === undefined ? {} : { name: body.name })),
  sites: ({ method, id, body }, { sites }) => {
    if (method === "PATCH") return changed(sites, ({ key }) => key === id, body);
    return method === "POST" ? added(sites, newSite(String(body.name))) : found(sites);
  },
  departments: ({ method, id, body }, { departments }) => {
    if (method === "PATCH") return changed(departments, ({ department }) => String(department) === id, body);
    return method === "POST"
      ? added(departments, { department: departments.length + 1, name: String(body.name) })
      : found(departments);
  },
  agents: ({ method, id, body }, { agents }) => {
    if (method === "PATCH") return changed(agents, (agent) => agent.id === id, body);
    return method === "POST" ? added(agents, newAgent(body as unknown as NewAgent)) : found(agents);
  },
  visitors: ({ id = "", more, last = "" }, { visits, visitors }) =>
    found(more === "visits" ? visits.get(last) : visitors.get(id)),
  conversations: ({ id }, { conversations }) =>
    id === undefined
      ? found({
          conversations: [...conversations.values()].filter(({ status }) => status === "closed"),
          next: null,
        })
      : found(conversations.get(id)),
  search: ({ query }, { searches, asked }) => {
    const before = query.get("before");
    const page = `${query.get("q") ?? ""}${before === null ? "" : ` before ${before}`}`;
    asked.push(page);
    return found(searches.get(page) ?? { hits: [], people: [], next: null, partial: false });
  },
};

function found(body: unknown): Answer | undefined {
  return body === undefined ? undefined : { status: 200, body };
}

function added<T>(list: T[], entry: T): Answer {
  list.push(entry);
  return { status: 201, body: entry };
}

function changed<T extends object>(list: T[], is: (entry: T) => boolean, change: object): Answer | undefined {
  const entry = list.find(is);
  return entry && found(Object.assign(entry, change));
}

function newAgent({ name, email, role }: NewAgent) {
  return { id: idOf(email), name, email, role, face: null, available: false, disabled: false, departments: [] };
}

function newSite(name: string): SiteInfo {
  return {
    key: idOf(name),
    name,
    color: null,
    side: "right",
    origins: [],
    previews: false,
    remembers: false,
    requireSignature: false,
    reopenDays: 7,
    department: null,
    secret: "a".repeat(64),
  };
}
