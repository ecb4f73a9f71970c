import { randomBytes } from "node:crypto";

export function randomId(): string {
  return randomBytes(8).toString("hex");
}

/** A polling client with nothing but `fetch`: it does what it is told, right or wrong. */
export class HttpSession {
  readonly url: string;

  constructor(base: string, id = randomId(), server = "000") {
    this.url = `${base}/${server}/${id}`;
  }

  /** Opens it by a first poll. */
  static async open(base: string): Promise<HttpSession> {
    const session = new HttpSession(base);
    const frame = await session.poll();
    if (frame !== "o\n") throw new Error(`opened with ${frame}`);
    return session;
  }

  post(transport: string, body = "", headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.url}/${transport}`, {
      method: "POST",
      body,
      headers,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async poll(headers?: Record<string, string>): Promise<string> {
    return (await this.post("xhr", "", headers)).text();
  }

  async send(...texts: readonly string[]): Promise<void> {
    const answer = await this.post("xhr_send", JSON.stringify(texts));
    if (answer.status !== 204) throw new Error(`xhr_send answered ${answer.status} ${await answer.text()}`);
  }

  async stream(): Promise<StreamReader> {
    return new StreamReader(await this.post("xhr_streaming"));
  }
}

/** Reads a streamed answer line by line. */
export class StreamReader {
  readonly answer: Response;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #rest = "";

  constructor(answer: Response) {
    if (answer.body === null) throw new Error("no body");
    this.answer = answer;
    this.#reader = answer.body.getReader();
  }

  /** The next line with its end; empty if the answer is over. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf("\n") + 1;
      if (end > 0) {
        const line = this.#rest.slice(0, end);
        this.#rest = this.#rest.slice(end);
        return line;
      }
      const { done, value } = await this.#reader.read();
      if (done) return "";
      this.#rest += this.#decoder.decode(value, { stream: true });
    }
  }

  async rest(): Promise<string> {
    let all = "";
    for (let line = await this.line(); line !== ""; line = await this.line()) all += line;
    return all;
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}
