/** Answers to publishes in the order of the publishes, although storage may answer in another one. */
import type { Ack, Refuse } from "../../protocol/frames.ts";
import type { Connection } from "./connection.ts";

export class OrderedReplies {
  readonly #connection: Connection;
  readonly #waiting: { reply: Ack | Refuse | null }[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Publishes without an answer. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Takes the next place in the order; the answer is sent when all before it were. */
  next(): (reply: Ack | Refuse) => void {
    const place: { reply: Ack | Refuse | null } = { reply: null };
    this.#waiting.push(place);
    return (reply) => {
      place.reply = reply;
      this.#flush();
    };
  }

  #flush(): void {
    for (let reply = this.#waiting[0]?.reply; reply; reply = this.#waiting[0]?.reply) {
      this.#waiting.shift();
      this.#connection.send(reply);
    }
  }
}
