/**
 * The runtime port: HTTP and WebSocket primitives, and nothing of what is said over them.
 *
 * Adapters: `uws.ts` (uWebSockets.js on Node), `deno.ts` (Deno.serve). All pass `contract.ts`.
 * An adapter never throws into its caller for something a peer did: a broken peer ends in `closed` or `onClose`.
 */

/** What a peer asked for. Everything is read before the handler is called, so it stays valid after an await. */
export interface HttpRequest {
  /** Upper case: `GET`, `POST`, ... */
  readonly method: string;
  /** Percent-encoded path without the query, beginning with `/`. */
  readonly path: string;
  /** The query without `?`, percent-encoded; empty if there is none. */
  readonly query: string;
  /** All headers, names in lower case; repeated ones are joined by `, ` (cookies by `; `). */
  readonly headers: ReadonlyMap<string, string>;
  /** The address of the TCP peer (the proxy, if there is one), as text without a port; IPv4-mapped IPv6 is given as IPv4. */
  readonly peerAddress: string;
  /**
   * Collects the body. Rejects with {@link BodyTooLarge} beyond `maxBytes`, with {@link PeerGone} if the peer leaves first.
   * May be called once, also after an await.
   */
  body(maxBytes: number): Promise<Uint8Array>;
}

export interface HttpResponse {
  /** Sends a complete answer. Exactly one of `send` or `stream` may be called, once; after the peer has gone both do nothing. HEAD: the body is left out, its length is told. */
  send(status: number, headers: Readonly<Record<string, string | readonly string[]>>, body?: string | Uint8Array): void;
  /** Begins a chunked answer that stays open. */
  stream(status: number, headers: Readonly<Record<string, string | readonly string[]>>): HttpStream;
  /** Called once, if the peer leaves before the answer is complete. */
  onClose(listener: () => void): void;
  /** True once the peer has gone or the answer is complete. */
  readonly done: boolean;
}

export interface HttpStream {
  /** `false`: the peer reads too slowly; what was written is kept, wait for `onDrain`. */
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string | Uint8Array): void;
  onDrain(listener: () => void): void;
}

export type HttpHandler = (request: HttpRequest, response: HttpResponse) => void;

/** `sent`: handed to the kernel. `queued`: kept by the runtime, wait for `drained`. `dropped`: NOT kept; resume from a cursor after `drained`. */
export type SendResult = "sent" | "queued" | "dropped";

export interface WebSocketConnection {
  /** Text only: every carrier has to be able to say the same. After close: `dropped`. */
  send(text: string): SendResult;
  /** Clean close with a code (1000, 1001, 1012, 3000-4999) and a reason of at most 123 bytes. */
  close(code: number, reason: string): void;
  /** Cuts without a closing handshake. */
  terminate(): void;
  /** Bytes that the runtime holds for this socket. */
  bufferedBytes(): number;
}

export interface WebSocketListener {
  /** Binary messages never arrive here: the adapter closes with 1003. */
  message(text: string): void;
  /** The socket can take more after `queued` or `dropped`; never inside `send`. */
  drained(): void;
  /** Exactly once, never inside a call of `send`, `close` or `terminate`. `code` is 1006 if there was no closing handshake, or one that the runtime cannot read (uWebSockets.js: 1012 to 3999 from a peer). */
  closed(code: number, reason: string): void;
}

export interface WebSocketRoute {
  /** Path with at most two `:name` segments, such as `/ws` or `/sockjs/:server/:session/websocket`. */
  readonly path: string;
  /** Largest accepted message; above it the socket is closed (1009, or 1006 where the runtime cannot say more). */
  readonly maxMessageBytes: number;
  /** `dropped` begins when the runtime already holds this many bytes. */
  readonly maxBufferedBytes: number;
  /** Silence (nothing received, pings included) after which the socket is closed; pings are sent by the runtime before. */
  readonly idleTimeoutMs: number;
  /** Decides about the upgrade, synchronously. An answer with `status` refuses it. */
  accept(request: HttpRequest, parameters: Readonly<Record<string, string>>): WebSocketDecision;
}

export type WebSocketDecision =
  | { readonly open: (socket: WebSocketConnection) => WebSocketListener }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

export interface ServeOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** TCP connections above this are closed at once, so that the process never reaches its file limit. */
  readonly maxConnections: number;
  readonly http: HttpHandler;
  readonly webSockets: readonly WebSocketRoute[];
}

export interface Server {
  readonly host: string;
  readonly port: number;
  /** TCP connections now. */
  connections(): number;
  /** Takes no new connections; the open ones live on. */
  stopListening(): void;
  /** Closes what is left and frees the port. Call after the sockets were closed with a code, else peers see 1006. */
  close(): Promise<void>;
}

export interface Runtime {
  /** `uws` or `deno`. */
  readonly name: string;
  /** Rejects with {@link AddressUnavailable} if somebody else listens there: a shared port is never taken silently. */
  serve(options: ServeOptions): Promise<Server>;
}

export class AddressUnavailable extends Error {
  readonly host: string;
  readonly port: number;
  /** `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, ... */
  readonly reason: string;
  constructor(host: string, port: number, reason: string) {
    super(`cannot listen on ${host}:${port}: ${reason}`);
    this.name = "AddressUnavailable";
    this.host = host;
    this.port = port;
    this.reason = reason;
  }
}

export class BodyTooLarge extends Error {
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.name = "BodyTooLarge";
    this.maxBytes = maxBytes;
  }
}

export class PeerGone extends Error {
  constructor() {
    super("the peer left before its request was complete");
    this.name = "PeerGone";
  }
}

// ---------------------------------------------------------------- what every adapter does alike

/** IPv4-mapped IPv6 (`::ffff:127.0.0.1`, in any spelling) as IPv4; other IPv6 addresses in their shortest form. */
export function plainAddress(address: string): string {
  if (!address.includes(":")) return address;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (mapped === null) return short;
  const high = Number.parseInt(mapped[1] ?? "", 16);
  const low = Number.parseInt(mapped[2] ?? "", 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** A header value that cannot end its line: what is not printable ASCII becomes `?`. */
export function safeHeaderValue(value: string): string {
  return /^[\t\x20-\x7e]*$/.test(value) ? value : value.replace(/[^\t\x20-\x7e]/g, "?");
}

const maxCloseReasonBytes = 123;

/** The longest beginning of `reason` that fits a close frame, whole characters only. */
export function closeReason(reason: string): string {
  const bytes = new TextEncoder().encode(reason);
  if (bytes.length <= maxCloseReasonBytes) return reason;
  return new TextDecoder().decode(bytes.subarray(0, maxCloseReasonBytes), { stream: true });
}
