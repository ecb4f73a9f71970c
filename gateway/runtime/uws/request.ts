import type * as uws from "uWebSockets.js";
import { BodyTooLarge, type HttpRequest, PeerGone, plainAddress } from "../runtime.ts";

const noBody = new Uint8Array(0);

/** Reads everything out of uWebSockets.js' request, which is dead as soon as its handler returns. */
export class UwsRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly peerAddress: string;
  #body: BodyReader | null;

  constructor(raw: uws.HttpRequest, response: uws.HttpResponse, body: BodyReader | null) {
    this.method = raw.getCaseSensitiveMethod().toUpperCase();
    this.path = raw.getUrl();
    this.query = raw.getQuery() ?? "";
    this.headers = readHeaders(raw);
    this.peerAddress = addressText(new Uint8Array(response.getRemoteAddress()));
    this.#body = body;
  }

  body(maxBytes: number): Promise<Uint8Array> {
    const body = this.#body;
    this.#body = null;
    return body === null ? Promise.resolve(noBody) : body.read(maxBytes);
  }
}

/** How many bytes of body follow; chunked: nobody knows. */
export function announcedBytes(raw: uws.HttpRequest): number {
  if (raw.getHeader("transfer-encoding") !== "") return Number.POSITIVE_INFINITY;
  return Number(raw.getHeader("content-length")) || 0;
}

/** An answer given before its request was complete lets so much more come; beyond, the connection ends. */
const maxDiscardedBytes = 1_048_576;

type BodyState =
  | { readonly name: "reading" }
  | { readonly name: "complete" }
  | { readonly name: "failed"; readonly error: Error };

interface Waiting {
  readonly resolve: (body: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Collects one body. Until somebody asks for it the socket is paused, so that no more than one chunk (512 KiB) waits in
 * memory; beyond the caller's limit what was collected is let go and the rest is discarded as it comes.
 */
export class BodyReader {
  #response: uws.HttpResponse | null;
  readonly #announcedBytes: number;
  #state: BodyState = { name: "reading" };
  #chunks: Buffer[] = [];
  #bytes = 0;
  #maxBytes = Number.POSITIVE_INFINITY;
  #waiting: Waiting | null = null;
  #paused = false;

  constructor(response: uws.HttpResponse, announcedBytes: number) {
    this.#response = response;
    this.#announcedBytes = announcedBytes;
    response.onData((chunk, last) => this.#collect(chunk, last));
  }

  read(maxBytes: number): Promise<Uint8Array> {
    this.#maxBytes = maxBytes;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#state.name === "reading" && this.#bytes > maxBytes) this.#fail(new BodyTooLarge(maxBytes));
      else this.#settle();
      this.resume();
    });
  }

  /** The handler is over and nobody has asked yet. */
  pauseUnlessAsked(): void {
    if (this.#waiting !== null || this.#state.name !== "reading") return;
    this.#response?.pause();
    this.#paused = true;
  }

  /** Lets the rest come; also when the answer is given without it, as the next request stands behind it. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#response?.resume();
  }

  peerGone(): void {
    this.#response = null;
    this.#fail(new PeerGone());
  }

  /** Too much is still to come to wait for it. */
  get endless(): boolean {
    return this.#state.name !== "complete" && this.#announcedBytes - this.#bytes > maxDiscardedBytes;
  }

  /** After the answer the response must not be touched any more, and nobody wants the rest. */
  answered(): void {
    this.resume();
    this.peerGone();
  }

  #collect(chunk: ArrayBuffer, last: boolean): void {
    if (this.#state.name !== "reading") return;
    this.#bytes += chunk.byteLength;
    if (this.#bytes > this.#maxBytes) return this.#fail(new BodyTooLarge(this.#maxBytes));
    this.#chunks.push(Buffer.from(Buffer.from(chunk))); // a copy: the chunk dies when this returns
    if (last) {
      this.#state = { name: "complete" };
      this.#settle();
    }
  }

  #fail(error: Error): void {
    if (this.#state.name !== "reading") return;
    this.#state = { name: "failed", error };
    this.#chunks = [];
    this.#settle();
  }

  #settle(): void {
    const waiting = this.#waiting;
    if (waiting === null || this.#state.name === "reading") return;
    this.#waiting = null;
    if (this.#state.name === "failed") waiting.reject(this.#state.error);
    else if (this.#bytes > this.#maxBytes) waiting.reject(new BodyTooLarge(this.#maxBytes));
    else waiting.resolve(this.#chunks.length === 1 ? (this.#chunks[0] ?? noBody) : Buffer.concat(this.#chunks));
    this.#chunks = [];
  }
}

function readHeaders(raw: uws.HttpRequest): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  raw.forEach((name, value) => {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`);
  });
  return headers;
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) return "";
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  return plainAddress(groups.join(":"));
}
