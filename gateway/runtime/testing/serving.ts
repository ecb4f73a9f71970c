import type {
  HttpHandler,
  Runtime,
  ServeOptions,
  Server,
  WebSocketConnection,
  WebSocketListener,
  WebSocketRoute,
} from "../runtime.ts";

export interface ContractCase {
  readonly name: string;
  readonly run: (runtime: Runtime) => Promise<void>;
}

/** Serves on a free port of 127.0.0.1 while `use` runs. */
export async function serving(
  runtime: Runtime,
  options: Partial<ServeOptions>,
  use: (server: Server, url: string) => Promise<void>,
): Promise<void> {
  const server = await runtime.serve({
    host: "127.0.0.1",
    port: 0,
    maxConnections: 1000,
    http: notFound,
    webSockets: [],
    ...options,
  });
  try {
    await use(server, `http://127.0.0.1:${server.port}`);
  } finally {
    await server.close();
  }
}

export const notFound: HttpHandler = (_request, response) => response.send(404, {}, "not found");

/** A route for `/ws` that lets everybody in. */
export function socketRoute(
  open: (socket: WebSocketConnection) => Partial<WebSocketListener>,
  settings: Partial<WebSocketRoute> = {},
): WebSocketRoute {
  return {
    path: "/ws",
    maxMessageBytes: 65_536,
    maxBufferedBytes: 1_048_576,
    idleTimeoutMs: 32_000,
    accept: () => ({ open: (socket) => ({ message() {}, drained() {}, closed() {}, ...open(socket) }) }),
    ...settings,
  };
}

/** A value that comes later, from wherever. */
export interface Later<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

export function later<T = void>(): Later<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A WebSocket client with everything it heard. */
export class Client {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  readonly opened: Promise<void>;
  /** Also if it never opened. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #wake: () => void = () => {};
  #gone = false;

  constructor(url: string, path = "/ws") {
    this.socket = new WebSocket(`${url.replace("http", "ws")}${path}`);
    this.opened = new Promise((resolve, reject) => {
      this.socket.addEventListener("open", () => resolve());
      this.socket.addEventListener("close", () => reject(new Error("never opened")));
    });
    this.opened.catch(() => {}); // whoever waits for it is told
    this.closed = new Promise((resolve) => {
      this.socket.addEventListener("close", ({ code, reason }) => {
        this.#gone = true;
        this.#wake();
        resolve({ code, reason });
      });
    });
    this.socket.addEventListener("message", ({ data }) => {
      this.texts.push(String(data));
      this.#wake();
    });
  }

  static async open(url: string, path?: string): Promise<Client> {
    const client = new Client(url, path);
    await client.opened;
    return client;
  }

  async hears(count: number): Promise<readonly string[]> {
    while (this.texts.length < count) {
      if (this.#gone) throw new Error(`closed after ${this.texts.length} of ${count} messages`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.texts;
  }
}
