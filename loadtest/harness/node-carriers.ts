/** Carriers for Node: a WebSocket, and SockJS streaming and polling over node:http. The same wire as a browser's. */

import { randomBytes } from "node:crypto";
import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { WebSocket } from "ws";
import type { Carrier, CarrierKind, CarrierListener } from "../../protocol/ports.ts";

export interface Surroundings {
  /** `http://HOST:PORT`. */
  readonly url: string;
  readonly userAgent: string;
  /** An address of 127.0.0.0/8 to come from. */
  readonly localAddress: string;
}

export type BenchCarrier = "websocket" | "xhr-streaming" | "xhr-polling";

export function carrierOf(name: BenchCarrier, surroundings: Surroundings): CarrierKind {
  const dial = name === "websocket" ? dialWebSocket : dialSockJs;
  return { name, dial: (listener) => dial(name, surroundings, listener) };
}

function dialWebSocket(
  _name: BenchCarrier,
  { url, userAgent, localAddress }: Surroundings,
  listener: CarrierListener,
): Carrier {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, {
    localAddress,
    perMessageDeflate: false,
    headers: { "User-Agent": userAgent },
  });
  let over = false;
  socket.on("open", () => listener.opened());
  socket.on("message", (data) => {
    if (!over) listener.message(String(data));
  });
  socket.on("error", () => undefined);
  socket.on("close", (code, reason) => {
    if (!over) listener.closed(code, String(reason));
    over = true;
  });
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      over = true;
      socket.terminate();
    },
  };
}

const receivers = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
/** Let go soon: ten thousand visitors with two connections each are more than a process may have open here. */
const senders = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, timeout: 4000 });

function dialSockJs(name: BenchCarrier, surroundings: Surroundings, listener: CarrierListener): Carrier {
  const session = new SockJsSession(name === "xhr-streaming" ? "xhr_streaming" : "xhr", surroundings, listener);
  session.receive();
  return { send: (text) => session.send(text), close: () => session.close() };
}

/** One receiver at a time; sends go one after another, so that their order is kept. */
class SockJsSession {
  private readonly receiver: "xhr" | "xhr_streaming";
  private readonly surroundings: Surroundings;
  private readonly listener: CarrierListener;
  private readonly path = `/sockjs/000/${randomBytes(8).toString("hex")}`;
  private waiting: string[] = [];
  private sending = false;
  private over = false;
  private held: ClientRequest | undefined;

  constructor(receiver: "xhr" | "xhr_streaming", surroundings: Surroundings, listener: CarrierListener) {
    this.receiver = receiver;
    this.surroundings = surroundings;
    this.listener = listener;
  }

  receive(): void {
    if (this.over) return;
    let rest = "";
    this.held = this.post(this.receiver, "", (response) => {
      if (response.statusCode !== 200) return this.end(1006, `status ${response.statusCode}`);
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) this.hear(line);
      });
      // A turn later the connection is free again, and carries the next poll.
      response.on("end", () => setImmediate(() => this.receive()));
    });
  }

  send(text: string): void {
    this.waiting.push(text);
    if (!this.sending) this.flush();
  }

  close(): void {
    this.over = true;
    this.held?.destroy();
  }

  private flush(): void {
    if (this.over || this.waiting.length === 0) return;
    this.sending = true;
    const body = JSON.stringify(this.waiting);
    this.waiting = [];
    this.post("xhr_send", body, (response) => {
      response.resume();
      if (response.statusCode !== 204) return this.end(1006, `send answered ${response.statusCode}`);
      response.on("end", () => {
        this.sending = false;
        this.flush();
      });
    });
  }

  private hear(line: string): void {
    if (this.over) return;
    if (line.startsWith("o")) this.listener.opened();
    else if (line.startsWith("a"))
      for (const text of JSON.parse(line.slice(1)) as string[]) this.listener.message(text);
    else if (line.startsWith("c")) {
      const [code, reason] = JSON.parse(line.slice(1)) as [number, string];
      this.end(code, reason);
    }
  }

  private end(code: number, reason: string): void {
    if (this.over) return;
    this.close();
    this.listener.closed(code, reason);
  }

  private post(action: string, body: string, answered: (response: IncomingMessage) => void): ClientRequest {
    const { url, userAgent, localAddress } = this.surroundings;
    const headers = {
      "User-Agent": userAgent,
      "Content-Type": "text/plain",
      "Content-Length": Buffer.byteLength(body),
    };
    const agent = action === "xhr_send" ? senders : receivers;
    const options = { method: "POST", agent, localAddress, headers };
    let begun = false;
    const sent = request(`${url}${this.path}/${action}`, options, (response) => {
      begun = true;
      response.on("error", (error) => this.end(1006, error.message));
      answered(response);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // The server had closed this kept connection meanwhile. Browsers try again on a fresh one, unless an answer has begun.
      if (sent.reusedSocket && error.code === "ECONNRESET" && !begun && !this.over) this.post(action, body, answered);
      else this.end(1006, error.message);
    });
    sent.end(body);
    return sent;
  }
}
