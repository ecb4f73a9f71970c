import { Buffer } from "node:buffer";
import type { HttpStream } from "../runtime/runtime.ts";
import type { Reply } from "./reply.ts";
import type { Receiver, Session } from "./session.ts";

/** `xhr`: one frame, and the answer is complete. */
export class PollReceiver implements Receiver {
  readonly #reply: Reply;

  constructor(reply: Reply) {
    this.#reply = reply;
  }

  write(frame: string): "finished" {
    this.#reply.send(200, "script", `${frame}\n`);
    return "finished";
  }

  end(): void {}
}

/** Makes browsers that wait for the first 2 KiB of an answer show the rest as it comes. */
const prelude = `${"h".repeat(2048)}\n`;

/** `xhr_streaming`: frame after frame until the browser would hold too much of one answer in memory. */
export class StreamReceiver implements Receiver {
  readonly #stream: HttpStream;
  #leftBytes: number;

  constructor(reply: Reply, session: Session, responseBytes: number) {
    this.#leftBytes = responseBytes;
    this.#stream = reply.stream("script");
    this.#stream.write(prelude);
    this.#stream.onDrain(() => session.receiverDrained(this));
  }

  write(frame: string): "ready" | "blocked" | "finished" {
    const ready = this.#stream.write(`${frame}\n`);
    this.#leftBytes -= Buffer.byteLength(frame) + 1;
    if (this.#leftBytes > 0) return ready ? "ready" : "blocked";
    this.#stream.end();
    return "finished";
  }

  end(): void {
    this.#stream.end();
  }
}
