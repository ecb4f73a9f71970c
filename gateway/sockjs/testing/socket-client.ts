/** A WebSocket client that keeps what it heard until somebody asks. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #frames: string[] = [];
  #over = false;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => {
      this.#frames.push(String(data));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.addEventListener("close", ({ code, reason }) => {
        this.#over = true;
        this.#wake();
        resolve({ code, reason });
      });
    });
  }

  static open(base: string, path: string): Promise<SocketClient> {
    const client = new SocketClient(new WebSocket(`${base.replace("http", "ws")}${path}`));
    return new Promise((resolve, reject) => {
      client.socket.addEventListener("open", () => resolve(client));
      for (const end of ["error", "close"] as const) {
        client.socket.addEventListener(end, () => reject(new Error("never opened")));
      }
    });
  }

  send(frame: string): void {
    this.socket.send(frame);
  }

  async frame(): Promise<string> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) return frame;
      if (this.#over) return "closed";
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
