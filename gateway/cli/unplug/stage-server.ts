/** What the stage's page asks for: its own files, its switches, and everything else from the gateway, as the agent. On 127.0.0.1 only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createStaticFiles, type StaticFiles } from "../../http/static-files.ts";
import type { AgentsDoor } from "./agents-door.ts";
import { isLocalHost, isOwnPage } from "./own-page.ts";

/** Answers a POST to `/unplug/NAME`; undefined: there is no such thing. */
export type Control = (body: string) => Promise<unknown>;

export interface StageServerParts {
  readonly door: AgentsDoor;
  /** Of the stage's pages. */
  readonly folder: string;
  readonly controls: Readonly<Record<string, Control>>;
}

const ownPath = "/unplug/";
const maxBodyBytes = 1024;
const noStore = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };

export class StageServer {
  readonly #parts: StageServerParts;
  readonly #files: StaticFiles;
  readonly #server: Server;
  /** Upgraded ones are not the HTTP server's any more. */
  readonly #upgraded = new Set<Socket>();

  static async listen(parts: StageServerParts): Promise<StageServer> {
    const stage = new StageServer(parts);
    await new Promise<void>((resolve) => stage.#server.listen(0, "127.0.0.1", resolve));
    return stage;
  }

  private constructor(parts: StageServerParts) {
    this.#parts = parts;
    this.#files = createStaticFiles([{ prefix: ownPath, folder: parts.folder, cacheControl: "no-cache" }]);
    this.#server = createServer((asked, answer) => void this.#answer(asked, answer));
    this.#server.on("upgrade", (asked: IncomingMessage, socket: Socket, head: Buffer) => {
      if (!isLocalHost(asked.headers.host ?? "")) return void socket.destroy();
      this.#upgraded.add(socket);
      socket.on("close", () => this.#upgraded.delete(socket));
      parts.door.passSocket(asked, socket, head);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
    await closed;
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { host = "" } = asked.headers;
    const path = (asked.url ?? "/").split("?")[0] ?? "/";
    if (!isLocalHost(host)) return end(answer, 403);
    if (!path.startsWith(ownPath)) return this.#parts.door.pass(asked, answer);
    const control = Object.hasOwn(this.#parts.controls, path.slice(ownPath.length))
      ? this.#parts.controls[path.slice(ownPath.length)]
      : undefined;
    if (control === undefined) return this.#file(asked, answer, path);
    if (asked.method !== "POST") return end(answer, 405);
    if (!isOwnPage(host, asked.headers.origin ?? "")) return end(answer, 403);
    try {
      const told = JSON.stringify((await control(await bodyOf(asked))) ?? {});
      answer.writeHead(200, noStore).end(told);
    } catch {
      end(answer, 400);
    }
  }

  #file(asked: IncomingMessage, answer: ServerResponse, path: string): void {
    const headers = new Map(Object.entries(asked.headers).map(([name, value]) => [name, String(value)]));
    const request = {
      method: asked.method ?? "GET",
      path,
      query: "",
      headers,
      peerAddress: "127.0.0.1",
      body: () => Promise.resolve(new Uint8Array()),
    };
    const response = {
      done: false,
      onClose: () => undefined,
      stream: () => {
        throw new Error("files are sent whole");
      },
      send: (status: number, sent: Readonly<Record<string, string | readonly string[]>>, body?: string | Uint8Array) =>
        void answer.writeHead(status, sent as Record<string, string>).end(body),
    };
    if (!this.#files.serve(request, response)) end(answer, 404);
  }
}

function end(answer: ServerResponse, status: number): void {
  answer.writeHead(status, noStore).end("{}");
}

async function bodyOf(asked: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of asked as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new Error("the body is too large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
