import type * as uws from "uWebSockets.js";
import {
  closeReason,
  type SendResult,
  type WebSocketConnection,
  type WebSocketDecision,
  type WebSocketListener,
  type WebSocketRoute,
} from "../runtime.ts";
import type { Corked, Corking } from "./corking.ts";

type Open = Extract<WebSocketDecision, { open: unknown }>["open"];
export type RawSocket = uws.WebSocket<SocketData>;
export interface SocketData {
  readonly socket: UwsSocket;
}

const none: readonly string[] = [];

export class UwsSocket implements WebSocketConnection, Corked {
  readonly #corking: Corking;
  readonly #maxBufferedBytes: number;
  #raw: RawSocket | null = null;
  #open: Open | null;
  #listener: WebSocketListener | null = null;
  #waiting: string[] | readonly string[] = none;
  #waitingBytes = 0;
  #owesDrain = false;
  /** We are inside our own call of `end` or `close`, where uWebSockets.js reports the close at once. */
  #ending = false;

  constructor(corking: Corking, maxBufferedBytes: number, open: Open) {
    this.#corking = corking;
    this.#open = open;
    this.#maxBufferedBytes = maxBufferedBytes;
  }

  opened(raw: RawSocket): void {
    this.#raw = raw;
    this.#corking.handle(this, () => {
      this.#listener = this.#open?.(this) ?? null;
    });
    this.#open = null;
  }

  received(message: ArrayBuffer, binary: boolean): void {
    if (this.#raw === null) return;
    if (binary) return this.close(1003, "text only");
    const text = Buffer.from(message).toString("utf8");
    this.#corking.handle(this, () => this.#listener?.message(text));
  }

  /** uWebSockets.js could write; it may still hold something. */
  drained(): void {
    const raw = this.#raw;
    if (raw === null || !this.#owesDrain || raw.getBufferedAmount() > this.#maxBufferedBytes / 2) return;
    this.#owesDrain = false;
    this.#listener?.drained();
  }

  ended(code: number, reason: ArrayBuffer): void {
    this.#raw = null;
    this.#waiting = none;
    this.#waitingBytes = 0;
    const text = Buffer.from(reason).toString("utf8");
    if (this.#ending) queueMicrotask(() => this.#tellClosed(code, text));
    else this.#tellClosed(code, text);
  }

  send(text: string): SendResult {
    const raw = this.#raw;
    if (raw === null) return "dropped";
    const behind = raw.getBufferedAmount();
    if (behind + this.#waitingBytes >= this.#maxBufferedBytes) {
      this.#owesDrain = true;
      return "dropped";
    }
    if (this.#corking.handling === this && this.#waitingBytes === 0) raw.send(text, false);
    else this.#defer(text);
    if (behind === 0) return "sent";
    this.#owesDrain = true;
    return "queued";
  }

  flush(): void {
    const raw = this.#raw;
    const waiting = this.#waiting;
    if (raw === null || waiting.length === 0) return;
    this.#waiting = none;
    this.#waitingBytes = 0;
    raw.cork(() => {
      for (const text of waiting) raw.send(text, false);
    });
    this.drained();
  }

  close(code: number, reason: string): void {
    this.flush();
    this.#end((raw) => raw.end(code, closeReason(reason)));
  }

  terminate(): void {
    this.#end((raw) => raw.close());
  }

  bufferedBytes(): number {
    return (this.#raw?.getBufferedAmount() ?? 0) + this.#waitingBytes;
  }

  #defer(text: string): void {
    if (this.#waiting === none) {
      this.#waiting = [];
      this.#corking.defer(this);
    }
    (this.#waiting as string[]).push(text);
    this.#waitingBytes += Buffer.byteLength(text);
  }

  #tellClosed(code: number, reason: string): void {
    const listener = this.#listener;
    this.#listener = null;
    listener?.closed(code, reason);
  }

  #end(end: (raw: RawSocket) => void): void {
    const raw = this.#raw;
    if (raw === null) return;
    this.#raw = null;
    this.#ending = true;
    end(raw);
  }
}

/** uWebSockets.js ends the process for an idle time that is neither 0 nor 8 to 960 s. */
export function idleSeconds(idleTimeoutMs: number): number {
  return idleTimeoutMs === 0 ? 0 : Math.min(960, Math.max(8, Math.ceil(idleTimeoutMs / 1000)));
}

/** The behaviour that all routes share; `upgrade` is the route's own. `ended` is called for each socket that closes. */
export function socketBehavior(route: WebSocketRoute, ended: () => void): uws.WebSocketBehavior<SocketData> {
  return {
    maxPayloadLength: route.maxMessageBytes,
    maxBackpressure: 0, // unlimited: `UwsSocket.send` refuses before, and knows what it refused
    idleTimeout: idleSeconds(route.idleTimeoutMs),
    sendPingsAutomatically: true,
    maxLifetime: 0,
    open: (raw) => raw.getUserData().socket.opened(raw),
    message: (raw, message, binary) => raw.getUserData().socket.received(message, binary),
    drain: (raw) => raw.getUserData().socket.drained(),
    close: (raw, code, reason) => {
      ended();
      raw.getUserData().socket.ended(code, reason);
    },
  };
}
