/**
 * What a page sends again although its gateway could tell that it is stored (R5.2): nothing is lost by it, but where a crowd comes back at
 * once, everybody's unacked messages would come twice. Counts only where the page may believe what it is told: after an ack at that address.
 */
import type { ClientFrame } from "../../protocol/client-frames.ts";
import type { Ack } from "../../protocol/frames.ts";

export class Resends {
  readonly #owned = new Set<string>();
  readonly #found: (id: string) => void;

  constructor(found: (id: string) => void) {
    this.#found = found;
  }

  acked({ producer, address }: Ack): void {
    this.#owned.add(`${producer} ${address}`);
  }

  /** Of a new link; gets what is said over it. `stored`: what waits on the page, and is stored by now. */
  link(stored: () => Iterable<string>): (frame: ClientFrame) => void {
    let known = new Set<string>();
    let owned = new Set<string>();
    return (frame) => {
      if (frame.kind === "hello") {
        known = new Set(stored());
        owned = new Set(this.#owned);
      }
      if (frame.kind !== "publish" || !known.has(frame.id)) return;
      if (owned.has(`${frame.producer} ${frame.address}`)) this.#found(frame.id);
    };
  }
}
