import { type HttpResponse, type HttpStream, PeerGone, safeHeaderValue } from "../runtime.ts";
import type { DenoRequest } from "./request.ts";

type HeaderRecord = Readonly<Record<string, string | readonly string[]>>;
type Chunk = string | Uint8Array;

const encoder = new TextEncoder();
const streamHighWaterBytes = 65_536;
const framingHeaders = new Set(["content-length", "transfer-encoding", "connection"]);

export class DenoResponse implements HttpResponse {
  /** What `Deno.serve` waits for. */
  readonly answer: Promise<Response>;
  #resolve: (response: Response) => void = () => {};
  #state: "open" | "streaming" | "done" = "open";
  #closeListener: (() => void) | null = null;
  #stream: DenoStream | null = null;
  readonly #head: boolean;
  readonly #request: DenoRequest;
  readonly #finished: () => void;

  /** `finished` is called once, when the answer is complete or the peer has gone. */
  constructor(raw: Request, request: DenoRequest, finished: () => void) {
    this.answer = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#head = request.method === "HEAD";
    this.#request = request;
    this.#finished = finished;
    raw.signal.addEventListener("abort", () => this.peerGone());
  }

  get done(): boolean {
    return this.#state === "done";
  }

  onClose(listener: () => void): void {
    this.#closeListener = listener;
  }

  send(status: number, headers: HeaderRecord, body: Chunk = ""): void {
    if (this.#state !== "open") return;
    const bytes = typeof body === "string" ? encoder.encode(body) : body;
    const answerHeaders = responseHeaders(headers);
    const bare = this.#head || status === 204 || status === 304;
    if (this.#head) answerHeaders.set("Content-Length", String(bytes.length));
    this.finish();
    this.#answer(new Response(bare ? null : new Uint8Array(bytes), { status, headers: answerHeaders }));
  }

  stream(status: number, headers: HeaderRecord): HttpStream {
    const stream = new DenoStream(this);
    if (this.#state !== "open") return stream;
    this.#state = "streaming";
    this.#stream = stream;
    if (this.#head) this.finish();
    this.#answer(new Response(this.#head ? null : stream.readable, { status, headers: responseHeaders(headers) }));
    return stream;
  }

  finish(): void {
    if (this.#state === "done") return;
    this.#state = "done";
    this.#finished();
  }

  peerGone(): void {
    if (this.#state === "done") return;
    this.finish();
    this.#stream?.abandon();
    const listener = this.#closeListener;
    this.#closeListener = null;
    listener?.();
    this.#resolve(new Response(null, { status: 503 })); // to nobody, or because the server closes
  }

  #answer(response: Response): void {
    this.#request.discard().then(
      () => this.#resolve(response),
      () => this.#resolve(response),
    );
  }
}

class DenoStream implements HttpStream {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #response: DenoResponse;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null;
  #drainListener: (() => void) | null = null;
  #owesDrain = false;

  constructor(response: DenoResponse) {
    this.#response = response;
    this.readable = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pulled(),
        cancel: () => {
          this.#controller = null;
          response.peerGone();
        },
      },
      { highWaterMark: streamHighWaterBytes, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  write(chunk: Chunk): boolean {
    const controller = this.#controller;
    if (controller === null || this.#response.done) return false;
    if (chunk.length > 0) controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : new Uint8Array(chunk));
    this.#owesDrain = (controller.desiredSize ?? 0) <= 0;
    return !this.#owesDrain;
  }

  end(chunk: Chunk = ""): void {
    if (this.#controller === null || this.#response.done) return;
    this.write(chunk);
    this.#controller.close();
    this.#controller = null;
    this.#response.finish();
  }

  onDrain(listener: () => void): void {
    this.#drainListener = listener;
  }

  /** Cuts it short, where Deno has not done so itself. */
  abandon(): void {
    this.#controller?.error(new PeerGone());
    this.#controller = null;
  }

  #pulled(): void {
    if (!this.#owesDrain || this.#response.done) return;
    this.#owesDrain = false;
    this.#drainListener?.();
  }
}

function responseHeaders(headers: HeaderRecord): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (framingHeaders.has(name.toLowerCase())) continue;
    for (const one of typeof value === "string" ? [value] : value) result.append(name, safeHeaderValue(one));
  }
  return result;
}
