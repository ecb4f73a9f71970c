import { Buffer } from "node:buffer";
import { connect, type Socket } from "node:net";

/** A TCP client that says exactly the bytes it is told, and can stop reading. */
export class RawClient {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #closed = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    socket.on("error", () => {}); // "close" follows
    socket.on("close", () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static connect(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.removeListener("error", reject);
        resolve(new RawClient(socket));
      });
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  get received(): Buffer {
    return this.#received;
  }

  write(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Leaves without a word. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** Resolves when `enough` holds of what has been received; rejects if the connection closes before. */
  async until(enough: (received: Buffer) => boolean): Promise<void> {
    while (!enough(this.#received)) {
      if (this.#closed) throw new Error(`closed after: ${this.#received.toString("latin1").slice(0, 400)}`);
      await this.#change();
    }
  }

  async text(part: string): Promise<string> {
    await this.until((received) => received.includes(part));
    return this.#received.toString("utf8");
  }

  async end(): Promise<string> {
    while (!this.#closed) await this.#change();
    return this.#received.toString("utf8");
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Sends one request on a connection of its own and gives everything up to the end of the connection. */
export async function exchange(port: number, request: string): Promise<string> {
  const client = await RawClient.connect(port);
  client.write(request);
  return client.end();
}
