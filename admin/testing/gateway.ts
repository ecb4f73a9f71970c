/** A gateway for the screens' tests: real frames through the codec over a real socket, with rows and logs that a test sets by hand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type {
  AgentInfo,
  ConversationInfo,
  DepartmentInfo,
  NewAgent,
  SearchPage,
  Session,
  SiteInfo,
  VisitInfo,
  VisitorInfo,
} from "../../protocol/api.ts";
import { decodeClientMessage, encodeServerFrame } from "../../protocol/codec.ts";
import type {
  ClientFrame,
  ConversationState,
  Cursor,
  EventBody,
  LogEvent,
  LogPosition,
  Publish,
  Row,
  Sender,
  ServerFrame,
} from "../../protocol/frames.ts";
import { initialEvents } from "../../protocol/limits.ts";
import { buildAdminPage } from "./bundle.ts";

/** A readable name as an identifier of the right length. */
export function idOf(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_-]/g, "-")
    .padEnd(22, "_")
    .slice(0, 22);
}

export interface TestLog {
  events: LogEvent[];
  visitor: Cursor;
  /** How far the signed-in agent has read when the page opens it. */
  own?: Cursor;
  conversation?: ConversationState;
}

export interface TestGateway {
  readonly url: string;
  readonly session: Session;
  readonly password: string;
  /** Everything that the page published, in order. */
  readonly published: Publish[];
  readonly frames: ClientFrame[];
  readonly sites: SiteInfo[];
  readonly agents: AgentInfo[];
  readonly visitors: Map<string, VisitorInfo>;
  readonly conversations: Map<string, ConversationInfo>;
  readonly visits: Map<string, VisitInfo>;
  /** By the words; a further page by `words before cursor`. */
  readonly searches: Map<string, SearchPage>;
  /** Keys of `searches` that were asked for, in order. */
  readonly asked: string[];
  /** What the page changed by the HTTP API, in order. */
  readonly changes: readonly { route: string; body: Record<string, unknown> }[];
  readonly departments: DepartmentInfo[];
  /** Puts rows into a view and tells the watchers. */
  upsert(view: string, rows: readonly Row[]): void;
  remove(view: string, keys: readonly string[]): void;
  log(address: string): TestLog;
  append(address: string, sender: Sender, body: EventBody, more?: Partial<LogEvent>): LogEvent;
  /** The visitor's cursors of a public log. */
  positions(address: string, visitor: Cursor): void;
  send(frame: ServerFrame): void;
  /** The next publish of this kind is refused for good. */
  refuseNext(kind: Publish["body"]["kind"], code: string, by?: string): void;
  /** Holds acknowledgements back (messages stay on the way) until it is called with false. */
  holdPublishes(hold: boolean): void;
  /** Closes every socket; with `refuse` new ones too, until it is called with false. */
  dropSockets(refuse: boolean): void;
  /** The cookie session has ended: 401 until somebody signs in. */
  endSession(): void;
  /** The next request to `route` (`PATCH /me`) is answered with this error. */
  failNext(route: string, status: number, error: { code: string; field?: string }): void;
  /** Searches are answered with `busy` until it is called with false. */
  failSearches(fail: boolean): void;
  close(): Promise<void>;
}

const epoch = idOf("epoch");

export async function startTestGateway(session: Session): Promise<TestGateway> {
  const page = await buildAdminPage();
  const password = "correct horse battery";
  const views = new Map<string, { rows: Map<string, Row>; id: number; number: number }>();
  const logs = new Map<string, TestLog>();
  const sockets = new Set<WebSocket>();
  const ordinals = new Map<string, number>();
  const refusals: { kind: string; code: string; by: string | undefined }[] = [];
  const waiting: { socket: WebSocket; frame: Publish }[] = [];
  const published: Publish[] = [];
  const asked: string[] = [];
  const changes: TestGateway["changes"][number][] = [];
  const wrongAnswers: { route: string; status: number; error: { code: string; field?: string } }[] = [];
  const frames: ClientFrame[] = [];
  const state = { signedIn: false, refuseSockets: false, holdPublishes: false, failSearches: false };
  const lists = {
    sites: [] as SiteInfo[],
    agents: [] as AgentInfo[],
    departments: [] as DepartmentInfo[],
    visitors: new Map<string, VisitorInfo>(),
    conversations: new Map<string, ConversationInfo>(),
    visits: new Map<string, VisitInfo>(),
    searches: new Map<string, SearchPage>(),
  };

  const tell = (socket: WebSocket, frame: ServerFrame) => socket.send(encodeServerFrame(frame, JSON));
  const tellAll = (frame: ServerFrame) => {
    for (const socket of sockets) tell(socket, frame);
  };
  const viewOf = (name: string) => {
    let view = views.get(name);
    if (!view) {
      view = { rows: new Map(), id: 1, number: 0 };
      views.set(name, view);
    }
    return view;
  };
  const logOf = (address: string): TestLog => {
    let log = logs.get(address);
    if (!log) {
      log = { events: [], visitor: { delivered: 0, read: 0 } };
      logs.set(address, log);
    }
    return log;
  };
  const append: TestGateway["append"] = (address, sender, body, more = {}) => {
    const log = logOf(address);
    const seq = log.events.length + 1;
    const event: LogEvent = {
      seq,
      id: idOf(`m${seq}-${address}`),
      producer: idOf("elsewhere"),
      ordinal: seq,
      at: Date.now(),
      sender,
      body,
      visitorCount: 0,
      agentCount: 0,
      ...more,
    };
    log.events.push(event);
    tellAll({ kind: "events", log: address, epoch, head: seq, events: [event] });
    return event;
  };

  const openLog = (socket: WebSocket, { address, seen }: LogPosition) => {
    const log = logOf(address);
    const head = log.events.length;
    const none = { delivered: 0, read: 0 };
    const producers = [...ordinals].flatMap(([key, ordinal]) => {
      const [producer = "", at] = key.split(" ");
      return at === address ? [{ producer, ordinal }] : [];
    });
    tell(socket, {
      kind: "log",
      address,
      log: address,
      epoch,
      head,
      state: seen > 0 ? "replay" : "tail",
      ordinals: producers,
      own: log.own ?? none,
      visitor: log.visitor,
      agents: none,
      ...(log.conversation ? { conversation: log.conversation } : {}),
    });
    const events = seen > 0 ? log.events.slice(seen) : log.events.slice(-initialEvents);
    if (events.length > 0) tell(socket, { kind: "events", log: address, epoch, head, events });
  };

  const own: Sender = {
    side: "agent",
    id: session.agent.id,
    name: session.agent.name,
    ...(session.agent.face ? { face: session.agent.face } : {}),
  };
  /** What an accepted publish writes. */
  const bodyOf = (body: Publish["body"]): EventBody => {
    switch (body.kind) {
      case "take":
        return { kind: "joined" };
      case "close":
        return { kind: "closed" };
      case "reopen":
        return { kind: "reopened" };
      case "assign":
        return { kind: "assigned", agent: body.agent, previous: null };
      default:
        return body;
    }
  };
  const accept = (socket: WebSocket, frame: Publish) => {
    const { producer, address, ordinal, id } = frame;
    published.push(frame);
    ordinals.set(`${producer} ${address}`, ordinal);
    const refusal = refusals.findIndex(({ kind }) => kind === frame.body.kind);
    if (refusal >= 0) {
      const [{ code, by }] = refusals.splice(refusal, 1) as [(typeof refusals)[0]];
      tell(socket, {
        kind: "refuse",
        producer,
        address,
        ordinal,
        id,
        code,
        final: true,
        ...(by === undefined ? {} : { by }),
      });
      return;
    }
    const log = address.startsWith("visit:") ? `${idOf(`invited-${address.slice(6, 12)}`)}/public` : address;
    const event = append(log, own, bodyOf(frame.body), {
      id,
      producer,
      ordinal,
      ...(log.endsWith("/staff") ? { after: logOf(log.replace("/staff", "/public")).events.length } : {}),
    });
    tell(socket, { kind: "ack", producer, address, ordinal, id, log, epoch, seq: event.seq, at: event.at });
  };

  const receive = (socket: WebSocket, frame: ClientFrame) => {
    frames.push(frame);
    switch (frame.kind) {
      case "hello":
        tell(socket, {
          kind: "ok",
          session: idOf("session"),
          gateway: "test",
          now: Date.now(),
          heartbeatMs: 20_000,
          principal: session.agent.id,
          agent: { name: session.agent.name, role: session.agent.role, tenant: session.tenant.name, available: true },
          fenced: [],
        });
        for (const position of frame.positions) openLog(socket, position);
        for (const { outgoing } of frame.producers) {
          for (const { address } of outgoing)
            if (!frame.positions.some((position) => position.address === address))
              openLog(socket, { address, epoch, seen: 0, delivered: 0, read: 0 });
        }
        return;
      case "subscribe":
        return openLog(socket, frame.position);
      case "watch": {
        const view = viewOf(frame.view);
        view.id++;
        view.number = 0;
        const rows = [...view.rows.values()];
        return tell(socket, { kind: "snapshot", view: frame.view, id: String(view.id), number: 0, rows, last: true });
      }
      case "publish":
        if (state.holdPublishes) waiting.push({ socket, frame });
        else accept(socket, frame);
        return;
      case "fetch":
        return tell(socket, {
          kind: "events",
          log: frame.log,
          epoch,
          head: logOf(frame.log).events.length,
          events: logOf(frame.log).events.slice(frame.from - 1, frame.to),
          request: frame.request,
        });
      case "heartbeat":
        return tell(socket, { kind: "heartbeat", nonce: frame.nonce, now: Date.now(), heads: [] });
      default:
        return;
    }
  };

  const api = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    };
    const missing = () => answer(404, { error: { code: "not-found", detail: "" } });
    const body = request.method === "GET" ? {} : await bodyJson(request);
    if (path === "/session" && request.method === "POST") {
      if (body.email !== session.agent.email || body.password !== password)
        return answer(401, { error: { code: "unauthenticated", detail: "" } });
      state.signedIn = true;
      return answer(200, session);
    }
    if (!state.signedIn) return answer(401, { error: { code: "unauthenticated", detail: "" } });
    if (request.method !== "GET" && request.headers["x-beckon-csrf"] !== session.csrf)
      return answer(403, { error: { code: "forbidden", detail: "csrf" } });
    const wrong = wrongAnswers.findIndex(({ route }) => route === `${request.method} ${path}`);
    if (wrong >= 0) {
      const [{ status, error }] = wrongAnswers.splice(wrong, 1) as [(typeof wrongAnswers)[0]];
      return answer(status, { error: { detail: "words for programs", ...error } });
    }
    if (request.method !== "GET") changes.push({ route: `${request.method} ${path}`, body });
    const [, room, id, more, last] = path.split("?")[0]?.split("/") ?? [];
    switch (room) {
      case "session":
        if (request.method === "DELETE") state.signedIn = false;
        return request.method === "DELETE" ? answer(204, null) : answer(200, session);
      case "socket-token":
        return answer(200, { token: "t".repeat(40), expiresAt: Date.now() + 60_000 });
      case "sites": {
        const site = lists.sites.find(({ key }) => key === id);
        if (request.method === "PATCH") return site ? answer(200, Object.assign(site, body)) : missing();
        if (request.method === "POST") {
          const added = newSite(String(body.name));
          lists.sites.push(added);
          return answer(201, added);
        }
        return answer(200, lists.sites);
      }
      case "me":
        Object.assign(session.agent, body.name === undefined ? {} : { name: body.name });
        return answer(200, session.agent);
      case "departments":
        if (request.method === "POST") {
          lists.departments.push({ department: lists.departments.length + 1, name: String(body.name) });
          return answer(201, lists.departments.at(-1));
        }
        return answer(200, lists.departments);
      case "agents":
        if (request.method === "PATCH") {
          const agent = lists.agents.find((other) => other.id === id);
          return agent ? answer(200, Object.assign(agent, body)) : missing();
        }
        if (request.method === "POST") {
          const { name, email, role } = body as unknown as NewAgent;
          const agent: AgentInfo = {
            id: idOf(email),
            name,
            email,
            role,
            face: null,
            available: false,
            disabled: false,
            departments: [],
          };
          lists.agents.push(agent);
          return answer(200, agent);
        }
        return answer(200, lists.agents);
      case "visitors": {
        const found = more === "visits" ? lists.visits.get(last ?? "") : lists.visitors.get(id ?? "");
        return found ? answer(200, found) : missing();
      }
      case "conversations": {
        if (id === undefined)
          return answer(200, {
            conversations: [...lists.conversations.values()].filter(({ status }) => status === "closed"),
            next: null,
          });
        const found = lists.conversations.get(id);
        return found ? answer(200, found) : missing();
      }
      case "search": {
        const query = new URL(path, "http://x").searchParams;
        const words = query.get("q") ?? "";
        const before = query.get("before");
        const page = before === null ? words : `${words} before ${before}`;
        asked.push(page);
        if (state.failSearches) return answer(503, { error: { code: "busy", detail: "" } });
        return answer(200, lists.searches.get(page) ?? { hits: [], people: [], next: null, partial: false });
      }
      default:
        return missing();
    }
  };

  const http: Server = createServer((request, response) => {
    const url = request.url ?? "/";
    if (url.startsWith("/api/v1")) return void api(request, response, url.slice(7));
    const file = page.get(url.split("?")[0] === "/admin/" ? "/admin/index.html" : url);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": file.type });
    response.end(file.content);
  });
  const server = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    if (state.refuseSockets || !request.url?.startsWith("/ws")) return void socket.destroy();
    server.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.on("close", () => sockets.delete(opened));
      opened.on("message", (data) => {
        for (const frame of decodeClientMessage(String(data), JSON)) {
          if (frame.kind === "bad") throw new Error(`the page sent a bad frame: ${frame.about} ${frame.detail}`);
          receive(opened, frame);
        }
      });
    });
  });
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    session,
    password,
    published,
    asked,
    changes,
    frames,
    ...lists,
    upsert: (name, rows) => {
      const view = viewOf(name);
      for (const row of rows) view.rows.set(row.key, row);
      view.number++;
      tellAll({
        kind: "difference",
        view: name,
        id: String(view.id),
        number: view.number,
        upserts: [...rows],
        removes: [],
      });
    },
    remove: (name, keys) => {
      const view = viewOf(name);
      for (const key of keys) view.rows.delete(key);
      view.number++;
      tellAll({
        kind: "difference",
        view: name,
        id: String(view.id),
        number: view.number,
        upserts: [],
        removes: [...keys],
      });
    },
    log: logOf,
    append,
    positions: (address, visitor) => {
      logOf(address).visitor = visitor;
      tellAll({ kind: "positions", log: address, epoch, visitor });
    },
    send: tellAll,
    refuseNext: (kind, code, by) => void refusals.push({ kind, code, by }),
    holdPublishes: (hold) => {
      state.holdPublishes = hold;
      if (!hold) for (const { socket, frame } of waiting.splice(0)) accept(socket, frame);
    },
    dropSockets: (refuse) => {
      state.refuseSockets = refuse;
      for (const socket of sockets) socket.terminate();
    },
    endSession: () => {
      state.signedIn = false;
    },
    failNext: (route, status, error) => void wrongAnswers.push({ route, status, error }),
    failSearches: (fail) => {
      state.failSearches = fail;
    },
    close: async () => {
      for (const socket of sockets) socket.terminate();
      server.close();
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
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

async function bodyJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
}
