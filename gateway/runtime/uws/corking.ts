/** Something that has collected output and can write it in one go. */
export interface Corked {
  flush(): void;
}

/**
 * uWebSockets.js has one cork buffer for the whole loop, and it belongs to the socket whose handler runs. Writing to any
 * other socket meanwhile costs a system call for each piece of an answer, so such output waits until the handler is
 * over and is then written socket by socket, each under a cork of its own.
 */
export class Corking {
  /** The socket whose handler runs now; it may write at once. */
  handling: Corked | null = null;
  #waiting: Corked[] = [];

  /** Flushes `socket` after the handler that runs now. Call once for each batch of output. */
  defer(socket: Corked): void {
    if (this.#waiting.push(socket) === 1) setImmediate(() => this.flush());
  }

  /** Flushes everybody now. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const socket of waiting) socket.flush();
  }

  /** Runs the handler of `socket`, during which its output needs no deferring. */
  handle(socket: Corked, handler: () => void): void {
    this.handling = socket;
    try {
      handler();
    } finally {
      this.handling = null;
    }
  }
}
