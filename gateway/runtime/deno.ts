import { matchPath, type PathPattern, pathPattern } from "./deno/path-pattern.ts";
import { DenoRequest } from "./deno/request.ts";
import { DenoResponse } from "./deno/response.ts";
import { DenoSocket } from "./deno/web-socket.ts";
import { probeAddress } from "./runtime/probe-address.ts";
import {
  AddressUnavailable,
  plainAddress,
  type Runtime,
  type ServeOptions,
  type Server,
  type WebSocketRoute,
} from "./runtime.ts";

/**
 * The runtime on Deno 2. Where `Deno.serve` shows less than the port asks for: connections are counted by requests under
 * way and open WebSockets, and those above the limit are answered 503 instead of being cut; so is everybody after
 * `stopListening`, as Deno would cut the open WebSockets with the listener; `terminate` sends a close frame all the same.
 */
export async function openDeno(): Promise<Runtime> {
  return { name: "deno", serve };
}

async function serve(options: ServeOptions): Promise<Server> {
  const address = await probeAddress(options.host, options.port);
  try {
    return new DenoServer(options, address);
  } catch (error) {
    throw new AddressUnavailable(
      options.host,
      options.port,
      error instanceof Deno.errors.AddrInUse ? "EADDRINUSE" : String(error),
    );
  }
}

interface Route {
  readonly route: WebSocketRoute;
  readonly pattern: PathPattern;
}

class DenoServer implements Server {
  readonly host: string;
  readonly port: number;
  readonly #options: ServeOptions;
  readonly #routes: readonly Route[];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #ending = new AbortController();
  readonly #sockets = new Set<DenoSocket>();
  readonly #responses = new Set<DenoResponse>();
  #listening = true;

  constructor(options: ServeOptions, address: string) {
    this.#options = options;
    this.#routes = options.webSockets.map((route) => ({ route, pattern: pathPattern(route.path) }));
    this.#server = Deno.serve(
      { hostname: address, port: options.port, signal: this.#ending.signal, onListen() {}, onError: internalError },
      (request, info) => this.#handle(request, plainAddress(info.remoteAddr.hostname)),
    );
    this.host = options.host;
    this.port = this.#server.addr.port;
  }

  connections(): number {
    return this.#responses.size + this.#sockets.size;
  }

  stopListening(): void {
    this.#listening = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#ending.abort();
    for (const response of this.#responses) response.peerGone();
    await this.#server.finished;
  }

  #handle(raw: Request, peerAddress: string): Response | Promise<Response> {
    if (!this.#listening || this.connections() >= this.#options.maxConnections)
      return new Response(null, { status: 503 });
    const request = new DenoRequest(raw, peerAddress);
    return asksForUpgrade(request) ? this.#upgrade(raw, request) : this.#http(raw, request);
  }

  #http(raw: Request, request: DenoRequest): Promise<Response> {
    const response = new DenoResponse(raw, request, () => this.#responses.delete(response));
    this.#responses.add(response);
    this.#options.http(request, response);
    return response.answer;
  }

  #upgrade(raw: Request, request: DenoRequest): Response | Promise<Response> {
    for (const { route, pattern } of this.#routes) {
      const parameters = matchPath(pattern, request.path);
      if (parameters === null) continue;
      const decision = route.accept(request, parameters);
      if ("status" in decision) {
        return new Response(decision.body ?? null, { status: decision.status, headers: decision.headers ?? {} });
      }
      const { socket: rawSocket, response } = Deno.upgradeWebSocket(raw, {
        idleTimeout: Math.ceil(route.idleTimeoutMs / 1000),
      });
      const socket = new DenoSocket(rawSocket, route, decision.open, () => this.#sockets.delete(socket));
      this.#sockets.add(socket);
      return response;
    }
    return this.#http(raw, request);
  }
}

function asksForUpgrade({ method, headers }: DenoRequest): boolean {
  return (
    method === "GET" &&
    headers.get("upgrade")?.toLowerCase() === "websocket" &&
    /(^|[,\s])upgrade([,\s]|$)/i.test(headers.get("connection") ?? "") &&
    headers.has("sec-websocket-key")
  );
}

function internalError(): Response {
  return new Response(null, { status: 500 });
}
