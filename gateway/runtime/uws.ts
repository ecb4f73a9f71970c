import type * as uws from "uWebSockets.js";
import { probeAddress } from "./runtime/probe-address.ts";
import { AddressUnavailable, type Runtime, type ServeOptions, type Server, type WebSocketRoute } from "./runtime.ts";
import { Corking } from "./uws/corking.ts";
import { announcedBytes, BodyReader, UwsRequest } from "./uws/request.ts";
import { UwsResponse } from "./uws/response.ts";
import { type SocketData, socketBehavior, UwsSocket } from "./uws/web-socket.ts";

/** A request's header block above this is answered 431. Cookies of the host site count, so the library's 4 KiB are too few. */
const maxHeaderBlockBytes = 16_384;

type Uws = typeof uws;

/**
 * The runtime on uWebSockets.js. The library reads its header limit from the environment when it is loaded, so it is
 * imported here and nowhere else.
 */
export async function openUws(): Promise<Runtime> {
  process.env.UWS_HTTP_MAX_HEADERS_SIZE ??= String(maxHeaderBlockBytes);
  const library = await import("uWebSockets.js");
  leaveOutServerHeader(library);
  return { name: "uws", serve: (options) => serve(library, options) };
}

async function serve(library: Uws, options: ServeOptions): Promise<Server> {
  const address = await probeAddress(options.host, options.port);
  return new UwsServer(library, options).listen(address);
}

class UwsServer implements Server {
  readonly host: string;
  port: number;
  readonly #library: Uws;
  readonly #options: ServeOptions;
  readonly #app: uws.TemplatedApp;
  readonly #corking = new Corking();
  #connections = 0;
  #listenSocket: uws.us_listen_socket | null = null;

  constructor(library: Uws, options: ServeOptions) {
    this.host = options.host;
    this.port = options.port;
    this.#library = library;
    this.#options = options;
    this.#app = library.App();
    this.#app.filter((connection, change) => this.#count(connection, change));
    for (const route of options.webSockets) this.#addRoute(route);
    this.#app.any("/*", (response, request) => this.#http(response, request));
  }

  /** Shared with nobody, as `probeAddress` has seen; the library's exclusive option would forbid a second listener of our own (TLS reload, hand-over). */
  listen(address: string): Promise<Server> {
    return new Promise((resolve, reject) => {
      this.#app.listen(address, this.#options.port, (listenSocket) => {
        if (listenSocket === false) {
          reject(new AddressUnavailable(this.host, this.#options.port, "EADDRINUSE"));
          return;
        }
        this.#listenSocket = listenSocket;
        this.port = this.#library.us_socket_local_port(listenSocket as unknown as uws.us_socket);
        resolve(this);
      });
    });
  }

  connections(): number {
    return this.#connections;
  }

  stopListening(): void {
    if (this.#listenSocket === null) return;
    this.#library.us_listen_socket_close(this.#listenSocket);
    this.#listenSocket = null;
  }

  async close(): Promise<void> {
    this.stopListening();
    this.#corking.flush();
    this.#app.close();
    await new Promise((resolve) => setImmediate(resolve));
  }

  #count(connection: uws.HttpResponse, change: number): void {
    this.#connections += change;
    if (change > 0 && this.#connections > this.#options.maxConnections) connection.close();
  }

  #http(rawResponse: uws.HttpResponse, rawRequest: uws.HttpRequest): void {
    const bodyBytes = announcedBytes(rawRequest);
    const body = bodyBytes > 0 ? new BodyReader(rawResponse, bodyBytes) : null;
    const request = new UwsRequest(rawRequest, rawResponse, body);
    const response = new UwsResponse(rawResponse, this.#corking, request.method === "HEAD", body);
    this.#corking.handle(response, () => this.#options.http(request, response));
    if (!response.done) body?.pauseUnlessAsked();
  }

  #addRoute(route: WebSocketRoute): void {
    const names = Array.from(route.path.matchAll(/:(\w+)/g), (match) => match[1] ?? "");
    this.#app.ws<SocketData>(route.path, {
      ...socketBehavior(route, () => {
        this.#connections -= 1; // the filter counts connections in, but not out again once they are WebSockets
      }),
      upgrade: (response, request, context) => this.#upgrade(route, names, response, request, context),
    });
  }

  #upgrade(
    route: WebSocketRoute,
    names: readonly string[],
    rawResponse: uws.HttpResponse,
    rawRequest: uws.HttpRequest,
    context: uws.us_socket_context_t,
  ): void {
    if (!asksForUpgrade(rawRequest)) return this.#http(rawResponse, rawRequest);
    const parameters: Record<string, string> = Object.create(null);
    names.forEach((name, index) => {
      parameters[name] = rawRequest.getParameter(index) ?? "";
    });
    const key = rawRequest.getHeader("sec-websocket-key");
    const request = new UwsRequest(rawRequest, rawResponse, null);
    const decision = route.accept(request, parameters);
    if ("status" in decision) {
      const response = new UwsResponse(rawResponse, this.#corking, false, null);
      this.#corking.handle(response, () => response.send(decision.status, decision.headers ?? {}, decision.body));
      return;
    }
    const socket = new UwsSocket(this.#corking, route.maxBufferedBytes, decision.open);
    rawResponse.upgrade<SocketData>({ socket }, key, "", "", context);
  }
}

/** The library looks at the key only; a proxy that dropped `Upgrade` or sent `Connection: close` could not carry a socket. */
function asksForUpgrade(request: uws.HttpRequest): boolean {
  return (
    request.getHeader("upgrade").toLowerCase() === "websocket" &&
    /(^|[,\s])upgrade([,\s]|$)/i.test(request.getHeader("connection"))
  );
}

/** Nobody needs to know what serves them. The switch is missing in the library's types. */
function leaveOutServerHeader(library: Uws): void {
  const { _cfg: configure } = library as Uws & { readonly _cfg?: (key: string) => void };
  configure?.("silent");
}
