/** What the servers have in common that only carry text: what is said is stored, then sent to everybody who is there. */
import type { MessageStore, StoredMessage } from "./message-store.ts";

export interface Member {
  send(text: string): void;
}

/** A page that is being loaded joins here, and gets what there is first. */
export const historyPath = "/load";
export const livePath = "/live";

const messageOf = (message: StoredMessage): string => JSON.stringify(message);

export class Room {
  readonly #members = new Set<Member>();
  readonly #store: MessageStore;
  readonly #reach: (point: string) => void;

  constructor(store: MessageStore, reach: (point: string) => void) {
    this.#store = store;
    this.#reach = reach;
  }

  joins(member: Member, path: string): void {
    if (path === historyPath) for (const message of this.#store.since(0)) member.send(messageOf(message));
    this.#members.add(member);
  }

  leaves(member: Member): void {
    this.#members.delete(member);
  }

  says(speaker: Member, text: string): void {
    this.#reach("before-append");
    const id = this.#store.add(text, null);
    this.#reach("after-append");
    if (id === null) return;
    const message = messageOf({ id, text });
    // The speaker's own message is what it has for an ack.
    speaker.send(message);
    this.#reach("after-ack");
    for (const member of this.#members) if (member !== speaker) member.send(message);
  }
}
