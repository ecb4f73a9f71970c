import { maxReceivedBytes } from "../../protocol/limits.ts";
import type { Clock } from "../../protocol/ports.ts";
import type { CarrierEvents, CarrierInfo, CarrierSocket } from "../core/core.ts";
import type { HttpRequest, HttpResponse, WebSocketRoute } from "../runtime/runtime.ts";
import { Admission } from "./admission.ts";
import { Routes, validSegment } from "./routes.ts";
import { SessionTable } from "./session-table.ts";
import { framedRoute, rawRoute } from "./web-sockets.ts";

export interface SockJsOptions {
  /** Where it lives, without a trailing slash: `/sockjs`. Two instances share nothing, whatever their prefixes. */
  readonly prefix: string;
  /** A connection opened. One shape for every transport; what it returns hears of it until `closed`, exactly once. */
  readonly connect: (socket: CarrierSocket, info: CarrierInfo) => CarrierEvents;
  /** The client's address, for the limit for each address and for `CarrierInfo`. */
  readonly clientAddress: (request: HttpRequest) => string;
  /** Asked before anything of a named origin is echoed; no `Origin` header, no question. Refused: 403. */
  readonly allowOrigin: (origin: string, request: HttpRequest) => boolean;
  readonly clock: Clock;
  /** A random integer from 0 to 2^32 - 1. */
  readonly entropy: () => number;
  /** `false`: no WebSocket routes, and `/info` says so. Default `true`. */
  readonly webSocket?: boolean;
  /** Sets `JSESSIONID` for balancers that stick to it. Default `false`. */
  readonly cookieNeeded?: boolean;
  /** Default 25,000. */
  readonly heartbeatMs?: number;
  /** How long a session lives without a receiver. Default 5,000. */
  readonly graceMs?: number;
  /** Default 131,072. */
  readonly responseBytes?: number;
  /** One message. Default {@link maxReceivedBytes}. */
  readonly maxMessageBytes?: number;
  /** What may wait for one client before `send` answers `dropped`. Default 262,144. */
  readonly maxQueuedBytes?: number;
  /** Sessions and WebSockets. Default unlimited. */
  readonly maxSessions?: number;
  /** Default unlimited. */
  readonly maxSessionsPerAddress?: number;
}

export interface SockJs {
  /** True if the path was ours; it is then answered, now or later. */
  http(request: HttpRequest, response: HttpResponse): boolean;
  readonly webSockets: readonly WebSocketRoute[];
  /** Sessions and WebSockets that are open now, and closed ones that are still remembered. */
  sessions(): number;
  /** Closes all polling and streaming sessions with this code; held requests get their answer. WebSockets are the application's to close. */
  closeSessions(code: number, reason: string): void;
  /** Ends what is left and stops the timer. */
  close(): void;
}

/** Below a proxy's usual 60 s, so that a silent socket is pinged before the proxy cuts it. */
const idleTimeoutMs = 32_000;

/** The SockJS 0.3.3 protocol: WebSocket, streaming and polling. Other transports are answered 404. */
export function createSockJs(options: SockJsOptions): SockJs {
  const { prefix, connect, clock, entropy, webSocket = true } = options;
  const maxMessageBytes = options.maxMessageBytes ?? maxReceivedBytes;
  const maxQueuedBytes = options.maxQueuedBytes ?? 262_144;
  const unlimited = Number.POSITIVE_INFINITY;
  const admission = new Admission(options.maxSessions ?? unlimited, options.maxSessionsPerAddress ?? unlimited);
  const sessions = new SessionTable(
    { heartbeatMs: options.heartbeatMs ?? 25_000, graceMs: options.graceMs ?? 5_000, maxQueuedBytes },
    clock,
    admission,
  );
  const host = {
    sessions,
    admission,
    connect,
    entropy,
    now: () => clock.now(),
    allowed: (request: HttpRequest) => allowed(options, request),
    info: (request: HttpRequest, carrier: CarrierInfo["carrier"]) => carrierInfo(options, request, carrier),
  };
  const routes = new Routes(
    {
      prefix,
      webSocket,
      cookieNeeded: options.cookieNeeded ?? false,
      responseBytes: options.responseBytes ?? 131_072,
      maxMessageBytes,
    },
    host,
  );
  const socketSettings = { maxMessageBytes, maxQueuedBytes, idleTimeoutMs };
  const validPath = (path: Readonly<Record<string, string>>) =>
    validSegment(path.server ?? "") && validSegment(path.session ?? "");
  return {
    http: (request, response) => routes.handle(request, response),
    webSockets: webSocket
      ? [
          rawRoute(`${prefix}/websocket`, socketSettings, host),
          framedRoute(`${prefix}/:server/:session/websocket`, socketSettings, host, validPath),
        ]
      : [],
    sessions: () => admission.count,
    closeSessions: (code, reason) => sessions.closeAll(code, reason),
    close: () => sessions.stop(),
  };
}

function allowed({ allowOrigin }: SockJsOptions, request: HttpRequest): boolean {
  const origin = request.headers.get("origin") ?? "";
  return origin === "" || allowOrigin(origin, request);
}

function carrierInfo(
  { clientAddress }: SockJsOptions,
  request: HttpRequest,
  carrier: CarrierInfo["carrier"],
): CarrierInfo {
  return {
    carrier,
    ipAddress: clientAddress(request),
    userAgent: request.headers.get("user-agent") ?? "",
    origin: request.headers.get("origin") ?? "",
    acceptLanguage: request.headers.get("accept-language") ?? "",
  };
}
