/**
 * Fencing (R4.3): at one time one connection speaks for a producer. The highest incarnation wins; an equal one is a cloned
 * tab, which must take a new producer. A producer is one of its principal: others may name the same, and fence and learn nothing.
 */
import type { ProducerOffer } from "../../protocol/frames.ts";
import type { Session } from "./session.ts";

interface Holder {
  readonly session: Session;
  readonly incarnation: number;
}

export class Producers {
  readonly #holders = new Map<string, Holder>();

  /** False: fenced. True: held from now on, and the one who held it before is told. */
  claim(session: Session, { producer, incarnation }: ProducerOffer): boolean {
    const key = keyOf(session, producer);
    const before = this.#holders.get(key);
    if (before && before.session !== session) {
      if (incarnation <= before.incarnation) return false;
      before.session.fence(producer, incarnation);
    }
    this.#holders.set(key, { session, incarnation });
    return true;
  }

  holds(session: Session, producer: string): boolean {
    return this.#holders.get(keyOf(session, producer))?.session === session;
  }

  release(session: Session, producers: readonly string[]): void {
    for (const producer of producers) {
      if (this.holds(session, producer)) this.#holders.delete(keyOf(session, producer));
    }
  }
}

function keyOf({ principal, principalId }: Session, producer: string): string {
  return `${principal.tenant} ${principal.type} ${principalId} ${producer}`;
}
