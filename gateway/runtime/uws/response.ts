import type * as uws from "uWebSockets.js";
import { STATUS_CODES } from "node:http";
import { type HttpResponse, type HttpStream, safeHeaderValue } from "../runtime.ts";
import type { Corked, Corking } from "./corking.ts";
import type { BodyReader } from "./request.ts";

type Headers = Readonly<Record<string, string | readonly string[]>>;
type Chunk = string | Uint8Array;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Chunk;
}

/** Above this many unwritten bytes a stream asks its writer to wait. */
const streamHighWaterBytes = 65_536;

/** uWebSockets.js sets these itself; a second one would contradict it. */
const framingHeaders = new Set(["content-length", "transfer-encoding", "connection"]);

export class UwsResponse implements HttpResponse, Corked {
  readonly corking: Corking;
  readonly head: boolean;
  #raw: uws.HttpResponse | null;
  #body: BodyReader | null;
  #state: "open" | "streaming" | "done" = "open";
  #output: Answer | UwsStream | null = null;
  #closeListener: (() => void) | null = null;

  constructor(raw: uws.HttpResponse, corking: Corking, head: boolean, body: BodyReader | null) {
    this.corking = corking;
    this.head = head;
    this.#raw = raw;
    this.#body = body;
    raw.onAborted(() => this.#peerGone());
  }

  get done(): boolean {
    return this.#state === "done";
  }

  onClose(listener: () => void): void {
    this.#closeListener = listener;
  }

  send(status: number, headers: Headers, body: Chunk = ""): void {
    if (this.#state !== "open") return;
    this.#state = "done";
    if (this.#raw === null) return;
    this.#output = { status, headers, body };
    this.#schedule();
  }

  stream(status: number, headers: Headers): HttpStream {
    const stream = new UwsStream(this, status, headers);
    if (this.#state !== "open") return stream;
    this.#state = "streaming";
    this.#output = stream;
    this.#schedule();
    return stream;
  }

  /** Writes what waits, under one cork. */
  flush(): void {
    const raw = this.#raw;
    const output = this.#output;
    if (raw === null || output === null) return;
    if (output instanceof UwsStream) {
      raw.cork(() => output.writeTo(raw));
      return;
    }
    const close = this.#body?.endless ?? false;
    this.finished();
    raw.cork(() => writeAnswer(raw, output, this.head, close));
  }

  /** The answer is complete: nothing of this request may be touched any more. */
  finished(): void {
    this.#state = "done";
    this.#body?.answered();
    this.#body = null;
    this.#raw = null;
    this.#output = null;
    this.#closeListener = null;
  }

  #schedule(): void {
    if (this.corking.handling === this) this.flush();
    else this.corking.defer(this);
  }

  #peerGone(): void {
    const listener = this.#closeListener;
    const body = this.#body;
    this.#body = null;
    this.finished();
    body?.peerGone();
    listener?.();
  }
}

class UwsStream implements HttpStream {
  readonly #response: UwsResponse;
  #opening: { readonly status: number; readonly headers: Headers } | null;
  #chunks: Chunk[] = [];
  #bytes = 0;
  #scheduled = true;
  #blocked = false;
  #ended = false;
  #drainListener: (() => void) | null = null;
  #owesDrain = false;

  constructor(response: UwsResponse, status: number, headers: Headers) {
    this.#response = response;
    this.#opening = { status, headers };
  }

  write(chunk: Chunk): boolean {
    if (this.#ended || this.#response.done) return false;
    if (chunk.length === 0 || this.#response.head) return true;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#schedule();
    this.#owesDrain = this.#blocked || this.#bytes > streamHighWaterBytes;
    return !this.#owesDrain;
  }

  end(chunk: Chunk = ""): void {
    if (this.#ended || this.#response.done) return;
    if (chunk.length > 0) this.write(chunk);
    this.#ended = true;
    this.#schedule();
  }

  onDrain(listener: () => void): void {
    this.#drainListener = listener;
  }

  /** Called under a cork. */
  writeTo(raw: uws.HttpResponse): void {
    this.#scheduled = false;
    if (this.#opening !== null) this.#open(raw, this.#opening);
    if (this.#response.done) return;
    if (this.#blocked && !this.#ended) return; // onWritable comes back
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#bytes = 0;
    for (const chunk of chunks) this.#blocked = !raw.write(chunk);
    if (this.#ended) {
      this.#response.finished();
      raw.end();
    } else if (!this.#blocked) this.#tellDrained();
  }

  #open(raw: uws.HttpResponse, { status, headers }: { readonly status: number; readonly headers: Headers }): void {
    this.#opening = null;
    writeHead(raw, status, headers);
    if (this.#response.head) {
      this.#response.finished();
      raw.endWithoutBody();
      return;
    }
    raw.onWritable(() => {
      // With a listener here uWebSockets.js leaves its own backlog alone; only the end of a cork pushes it on.
      raw.cork(() => {
        this.#blocked = false;
        this.writeTo(raw);
      });
      return true;
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#response.corking.defer(this.#response);
  }

  #tellDrained(): void {
    if (!this.#owesDrain) return;
    this.#owesDrain = false;
    const listener = this.#drainListener;
    if (listener !== null) setImmediate(listener); // not inside the cork
  }
}

function writeAnswer(raw: uws.HttpResponse, { status, headers, body }: Answer, head: boolean, close: boolean): void {
  writeHead(raw, status, headers);
  if (status === 204 || status === 304) raw.endWithoutBody();
  else if (head) raw.writeHeader("Content-Length", String(Buffer.byteLength(body))).endWithoutBody();
  else raw.end(body, close);
}

function writeHead(raw: uws.HttpResponse, status: number, headers: Headers): void {
  raw.writeStatus(`${status} ${STATUS_CODES[status] ?? "Unknown"}`);
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || framingHeaders.has(name.toLowerCase())) continue;
    if (typeof value === "string") raw.writeHeader(name, safeHeaderValue(value));
    else for (const one of value) raw.writeHeader(name, safeHeaderValue(one));
  }
}
