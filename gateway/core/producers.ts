/**
 * Fencing (R4.3): at one time one connection speaks for a producer. The highest incarnation wins; an equal one is a cloned
 * tab, which must take a new producer. Producers of another principal are nobody's to use.
 */
import type { ProducerOffer } from "../../protocol/frames.ts";
import type { Session } from "./session.ts";

interface Holder {
  readonly session: Session;
  readonly principal: string;
  readonly incarnation: number;
}

export class Producers {
  readonly #holders = new Map<string, Holder>();

  /** False: fenced. True: held from now on, and the one who held it before is told. */
  claim(session: Session, offer: ProducerOffer): boolean {
    const before = this.#holders.get(offer.producer);
    if (before && before.session !== session) {
      if (before.principal !== session.principalId) return false;
      if (offer.incarnation <= before.incarnation) return false;
      before.session.fence(offer.producer, offer.incarnation);
    }
    const { producer, incarnation } = offer;
    this.#holders.set(producer, { session, principal: session.principalId, incarnation });
    return true;
  }

  holds(session: Session, producer: string): boolean {
    return this.#holders.get(producer)?.session === session;
  }

  release(session: Session, producers: readonly string[]): void {
    for (const producer of producers) {
      if (this.holds(session, producer)) this.#holders.delete(producer);
    }
  }
}
