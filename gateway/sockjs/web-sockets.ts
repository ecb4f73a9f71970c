import { Buffer } from "node:buffer";
import type { CarrierEvents, CarrierInfo, CarrierSocket, SendResult } from "../core/core.ts";
import type {
  HttpRequest,
  WebSocketConnection,
  WebSocketDecision,
  WebSocketListener,
  WebSocketRoute,
} from "../runtime/runtime.ts";
import type { Admission } from "./admission.ts";
import { closeFrame, decodeTexts, messagesFrame, openFrame } from "./encode.ts";

export interface WebSocketSettings {
  /** Largest text of one message. */
  readonly maxMessageBytes: number;
  readonly maxQueuedBytes: number;
  readonly idleTimeoutMs: number;
}

export interface WebSocketHost {
  readonly admission: Admission;
  connect(socket: CarrierSocket, info: CarrierInfo): CarrierEvents;
  info(request: HttpRequest, carrier: CarrierInfo["carrier"]): CarrierInfo;
  /** Whether the page of this request may talk to us. */
  allowed(request: HttpRequest): boolean;
}

/** WebSocket as it is: a message is a text, a close code is a close code. */
export function rawRoute(path: string, settings: WebSocketSettings, host: WebSocketHost): WebSocketRoute {
  return {
    path,
    maxMessageBytes: settings.maxMessageBytes,
    maxBufferedBytes: settings.maxQueuedBytes,
    idleTimeoutMs: settings.idleTimeoutMs,
    accept: (request) => admitted(request, host, "websocket", (socket, info) => host.connect(socket, info)),
  };
}

/** SockJS frames over WebSocket. Needs no heartbeat frame: the runtime pings. */
export function framedRoute(
  path: string,
  settings: WebSocketSettings,
  host: WebSocketHost,
  validPath: (parameters: Readonly<Record<string, string>>) => boolean,
): WebSocketRoute {
  return {
    path,
    maxMessageBytes: maxFramingBytes(settings.maxMessageBytes),
    maxBufferedBytes: settings.maxQueuedBytes,
    idleTimeoutMs: settings.idleTimeoutMs,
    accept: (request, parameters) => {
      if (!validPath(parameters)) return { status: 404 };
      return admitted(request, host, "sockjs-websocket", (socket, info) => {
        socket.send(openFrame);
        const framed = new FramedSocket(socket, settings.maxMessageBytes);
        framed.start(host.connect(framed, info));
        return framed;
      });
    },
  };
}

/** Room for a text that JSON has to escape throughout, and its brackets. */
export function maxFramingBytes(maxMessageBytes: number): number {
  return 2 * maxMessageBytes + 1024;
}

function admitted(
  request: HttpRequest,
  host: WebSocketHost,
  carrier: CarrierInfo["carrier"],
  open: (socket: WebSocketConnection, info: CarrierInfo) => WebSocketListener,
): WebSocketDecision {
  if (!host.allowed(request)) return { status: 403 };
  const info = host.info(request, carrier);
  if (!host.admission.admit(info.ipAddress)) return { status: 503, headers: { "Retry-After": "5" } };
  return { open: (socket) => new Released(open(socket, info), host.admission, info.ipAddress) };
}

/** Gives the place back when the socket is gone. */
class Released implements WebSocketListener {
  readonly #listener: WebSocketListener;
  readonly #admission: Admission;
  readonly #address: string;

  constructor(listener: WebSocketListener, admission: Admission, address: string) {
    this.#listener = listener;
    this.#admission = admission;
    this.#address = address;
  }

  message(text: string): void {
    this.#listener.message(text);
  }

  drained(): void {
    this.#listener.drained();
  }

  closed(code: number, reason: string): void {
    this.#admission.release(this.#address);
    this.#listener.closed(code, reason);
  }
}

class FramedSocket implements CarrierSocket, WebSocketListener {
  readonly #socket: WebSocketConnection;
  readonly #maxMessageBytes: number;
  #events: CarrierEvents | null = null;

  constructor(socket: WebSocketConnection, maxMessageBytes: number) {
    this.#socket = socket;
    this.#maxMessageBytes = maxMessageBytes;
  }

  start(events: CarrierEvents): void {
    this.#events = events;
  }

  send(text: string): SendResult {
    return this.#socket.send(messagesFrame([text]));
  }

  close(code: number, reason: string): void {
    this.#socket.send(closeFrame(code, reason));
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  bufferedBytes(): number {
    return this.#socket.bufferedBytes();
  }

  message(frame: string): void {
    if (frame === "") return;
    const texts = decodeTexts(frame);
    if (texts === null) return this.#socket.terminate();
    for (const text of texts) {
      if (Buffer.byteLength(text) > this.#maxMessageBytes) return this.close(1009, "message too large");
      this.#events?.message(text);
    }
  }

  drained(): void {
    this.#events?.drained();
  }

  closed(code: number, reason: string): void {
    this.#events?.closed(code, reason);
  }
}
