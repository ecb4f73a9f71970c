import { Buffer } from "node:buffer";
import type { CarrierEvents, CarrierInfo, CarrierSocket } from "../core/core.ts";
import { BodyTooLarge, type HttpRequest, type HttpResponse } from "../runtime/runtime.ts";
import { parse } from "./encode.ts";
import { PollReceiver, StreamReceiver } from "./receivers.ts";
import { methodNotAllowed, plainAnswer, Reply, stickyCookie } from "./reply.ts";
import type { Receiver, Session } from "./session.ts";
import type { SessionTable } from "./session-table.ts";
import { maxFramingBytes } from "./web-sockets.ts";

export interface RouteSettings {
  /** Without a trailing slash, such as `/sockjs`. */
  readonly prefix: string;
  readonly webSocket: boolean;
  readonly cookieNeeded: boolean;
  /** After this much an `xhr_streaming` answer ends and the client asks for the next. */
  readonly responseBytes: number;
  readonly maxMessageBytes: number;
}

export interface RouteHost {
  readonly sessions: SessionTable;
  connect(socket: CarrierSocket, info: CarrierInfo): CarrierEvents;
  info(request: HttpRequest, carrier: CarrierInfo["carrier"]): CarrierInfo;
  allowed(request: HttpRequest): boolean;
  /** A fresh 32-bit number. */
  entropy(): number;
  /** Wall clock. */
  now(): number;
}

interface Exchange {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly sessionId: string;
}

interface Endpoint {
  readonly methods: string;
  readonly handle: (exchange: Exchange) => void;
}

const maxSegmentChars = 128;

/** The HTTP half of SockJS: which path and method does what. */
export class Routes {
  readonly #settings: RouteSettings;
  readonly #host: RouteHost;
  readonly #underPrefix: ReadonlyMap<string, Endpoint>;
  readonly #underSession: ReadonlyMap<string, Endpoint>;

  constructor(settings: RouteSettings, host: RouteHost) {
    this.#settings = settings;
    this.#host = host;
    const greeting: Endpoint = { methods: "GET", handle: ({ response }) => greet(response) };
    const upgrade: [string, Endpoint][] = settings.webSocket
      ? [["websocket", { methods: "GET", handle: ({ response }) => refuseUpgrade(response) }]]
      : [];
    this.#underPrefix = new Map([
      ["", greeting],
      ["info", { methods: "OPTIONS, GET", handle: (exchange) => this.#info(exchange) }],
      ...upgrade,
    ]);
    this.#underSession = new Map([
      ["xhr", { methods: "OPTIONS, POST", handle: (exchange) => this.#poll(exchange) }],
      ["xhr_streaming", { methods: "OPTIONS, POST", handle: (exchange) => this.#stream(exchange) }],
      ["xhr_send", { methods: "OPTIONS, POST", handle: (exchange) => this.#send(exchange) }],
      ...upgrade,
    ]);
  }

  /** True if the path is ours; it is then answered. */
  handle(request: HttpRequest, response: HttpResponse): boolean {
    const { prefix } = this.#settings;
    if (request.path !== prefix && !request.path.startsWith(`${prefix}/`)) return false;
    const found = this.#find(request.path.slice(prefix.length));
    if (found === null) plainAnswer(response, 404, "404 Not Found\n");
    else this.#dispatch(found.endpoint, { request, response, sessionId: found.sessionId });
    return true;
  }

  #find(rest: string): { readonly endpoint: Endpoint; readonly sessionId: string } | null {
    const segments = rest.split("/");
    if (segments.length <= 2) {
      const endpoint = this.#underPrefix.get(segments[1] ?? "");
      return endpoint === undefined ? null : { endpoint, sessionId: "" };
    }
    const [, server = "", sessionId = "", transport = ""] = segments;
    const endpoint = this.#underSession.get(transport);
    if (segments.length !== 4 || endpoint === undefined || !validSegment(server) || !validSegment(sessionId))
      return null;
    return { endpoint, sessionId };
  }

  #dispatch(endpoint: Endpoint, exchange: Exchange): void {
    const { request, response } = exchange;
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (!endpoint.methods.split(", ").includes(method)) methodNotAllowed(response, endpoint.methods);
    else if (!this.#host.allowed(request)) plainAnswer(response, 403, "Origin not allowed.");
    else if (method === "OPTIONS") this.#reply(exchange).preflight(endpoint.methods, request, this.#host.now());
    else endpoint.handle(exchange);
  }

  #info(exchange: Exchange): void {
    const info = {
      websocket: this.#settings.webSocket,
      origins: ["*:*"],
      cookie_needed: this.#settings.cookieNeeded,
      entropy: this.#host.entropy(),
    };
    new Reply(exchange.response, originOf(exchange.request), null).send(200, "json", JSON.stringify(info));
  }

  #poll(exchange: Exchange): void {
    const reply = this.#reply(exchange);
    const session = this.#session(exchange, "xhr-polling", reply);
    if (session !== null) attach(session, new PollReceiver(reply), exchange.response);
  }

  #stream(exchange: Exchange): void {
    const reply = this.#reply(exchange);
    const session = this.#session(exchange, "xhr-streaming", reply);
    if (session === null) return;
    attach(session, new StreamReceiver(reply, session, this.#settings.responseBytes), exchange.response);
  }

  /** The session of the path; a new one is opened, if there is room. */
  #session({ request, sessionId }: Exchange, carrier: CarrierInfo["carrier"], reply: Reply): Session | null {
    const known = this.#host.sessions.find(sessionId);
    if (known !== undefined) return known;
    const info = this.#host.info(request, carrier);
    const session = this.#host.sessions.create(sessionId, info.ipAddress);
    if (session === null) reply.send(503, "text", "Too many sessions.");
    else session.start(this.#host.connect(session, info));
    return session;
  }

  #send(exchange: Exchange): void {
    const reply = this.#reply(exchange);
    const { request, sessionId } = exchange;
    if (this.#host.sessions.find(sessionId) === undefined) return reply.send(404, "text", "");
    request.body(maxFramingBytes(this.#settings.maxMessageBytes)).then(
      (body) => this.#received(sessionId, body, reply),
      (error: unknown) => {
        if (error instanceof BodyTooLarge) reply.send(413, "text", "Payload too large.");
      },
    );
  }

  #received(sessionId: string, body: Uint8Array, reply: Reply): void {
    if (body.length === 0) return reply.send(500, "text", "Payload expected.");
    const value = parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
    if (value === undefined) return reply.send(500, "text", "Broken JSON encoding.");
    if (!isTexts(value)) return reply.send(500, "text", "Payload expected.");
    if (value.some((text) => Buffer.byteLength(text) > this.#settings.maxMessageBytes)) {
      return reply.send(413, "text", "Payload too large.");
    }
    const session = this.#host.sessions.find(sessionId);
    if (session === undefined || session.closed) return reply.send(404, "text", "");
    session.deliver(value);
    reply.accepted();
  }

  #reply({ request, response }: Exchange): Reply {
    return new Reply(response, originOf(request), this.#settings.cookieNeeded ? stickyCookie(request) : null);
  }
}

/** What SockJS allows in a path, and no longer than anybody needs. */
export function validSegment(segment: string): boolean {
  return segment.length > 0 && segment.length <= maxSegmentChars && !segment.includes(".");
}

function originOf(request: HttpRequest): string | null {
  const origin = request.headers.get("origin");
  return origin === undefined || origin === "" ? null : origin;
}

function attach(session: Session, receiver: Receiver, response: HttpResponse): void {
  session.attach(receiver);
  if (!response.done) response.onClose(() => session.receiverGone(receiver));
}

function greet(response: HttpResponse): void {
  plainAnswer(response, 200, "Welcome to SockJS!\n");
}

function refuseUpgrade(response: HttpResponse): void {
  plainAnswer(response, 400, 'Can "Upgrade" only to "WebSocket".');
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
