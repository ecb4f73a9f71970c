import {
  closeReason,
  type SendResult,
  type WebSocketConnection,
  type WebSocketDecision,
  type WebSocketListener,
  type WebSocketRoute,
} from "../runtime.ts";

type Open = Extract<WebSocketDecision, { open: unknown }>["open"];

/** Deno tells nobody when a socket can take more, so one that is owed an answer looks now and then. */
const drainPollMs = 20;
/** Deno counts as buffered what it has not handed over yet, even a moment ago. */
const busyBytes = 65_536;

const encoder = new TextEncoder();

export class DenoSocket implements WebSocketConnection {
  readonly #raw: WebSocket;
  readonly #route: WebSocketRoute;
  readonly #ended: () => void;
  #listener: WebSocketListener | null = null;
  #state: "open" | "closing" | "closed" = "open";
  /** What our own close will be told as. */
  #closing = { code: 1006, reason: "" };
  #polling = false;

  constructor(raw: WebSocket, route: WebSocketRoute, open: Open, ended: () => void) {
    this.#raw = raw;
    this.#route = route;
    this.#ended = ended;
    raw.binaryType = "arraybuffer";
    raw.addEventListener("open", () => {
      this.#listener = open(this);
    });
    raw.addEventListener("message", ({ data }) => this.#received(data));
    raw.addEventListener("close", ({ code, reason }) => this.#closed(code, reason));
    raw.addEventListener("error", () => this.#closed(1006, ""));
  }

  send(text: string): SendResult {
    if (this.#state !== "open" || this.#raw.readyState !== WebSocket.OPEN) return "dropped";
    const behind = this.#raw.bufferedAmount;
    if (behind >= this.#route.maxBufferedBytes) {
      this.#pollDrain();
      return "dropped";
    }
    this.#raw.send(text);
    if (behind < busyBytes) return "sent";
    this.#pollDrain();
    return "queued";
  }

  close(code: number, reason: string): void {
    if (this.#state !== "open") return;
    this.#state = "closing";
    this.#closing = { code, reason: closeReason(reason) };
    this.#raw.close(code, this.#closing.reason);
  }

  terminate(): void {
    if (this.#state === "closed") return;
    if (this.#state === "open") this.#raw.close();
    this.#state = "closing";
    queueMicrotask(() => this.#closed(this.#closing.code, this.#closing.reason));
  }

  bufferedBytes(): number {
    return this.#raw.bufferedAmount;
  }

  #received(data: unknown): void {
    if (this.#state !== "open") return;
    if (typeof data !== "string") return this.close(1003, "text only");
    if (tooLong(data, this.#route.maxMessageBytes)) return this.close(1009, "message too large");
    this.#listener?.message(data);
  }

  #closed(code: number, reason: string): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#ended();
    this.#listener?.closed(code, reason);
  }

  #pollDrain(): void {
    if (this.#polling) return;
    this.#polling = true;
    setTimeout(() => {
      this.#polling = false;
      if (this.#state !== "open") return;
      if (this.#raw.bufferedAmount > this.#route.maxBufferedBytes / 2) this.#pollDrain();
      else this.#listener?.drained();
    }, drainPollMs);
  }
}

function tooLong(text: string, maxBytes: number): boolean {
  return text.length > maxBytes || (text.length * 3 > maxBytes && encoder.encode(text).length > maxBytes);
}
