import { BodyTooLarge, type HttpRequest, PeerGone } from "../runtime.ts";

/** An answer given before its request was complete lets so much more come; beyond, the connection ends. */
const maxDiscardedBytes = 1_048_576;

export class DenoRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly peerAddress: string;
  #stream: ReadableStream<Uint8Array> | null;

  constructor(raw: Request, peerAddress: string) {
    const { pathname, search } = new URL(raw.url);
    this.method = raw.method.toUpperCase();
    this.path = pathname;
    this.query = search.slice(1);
    this.headers = new Map(raw.headers);
    this.peerAddress = peerAddress;
    this.#stream = raw.body;
  }

  async body(maxBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.#chunks()) {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0; // the rest is read and let go, so that the peer reads the answer
      if (bytes > maxBytes + maxDiscardedBytes) break;
    }
    if (bytes > maxBytes) throw new BodyTooLarge(maxBytes);
    return joined(chunks, bytes);
  }

  /** Reads what nobody asked for, as the next request stands behind it. */
  async discard(): Promise<void> {
    let bytes = 0;
    for await (const chunk of this.#chunks()) {
      bytes += chunk.length;
      if (bytes > maxDiscardedBytes) return;
    }
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    const stream = this.#stream;
    this.#stream = null;
    if (stream === null) return;
    try {
      yield* stream;
    } catch {
      throw new PeerGone();
    }
  }
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
