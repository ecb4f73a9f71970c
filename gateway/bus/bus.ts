/**
 * The bus port: a relay of hints between gateways. It may lose, double, delay and reorder: the log in the database is
 * the truth, and every receiver checks what it hears against a sequence (SPEC, "Storage is the truth, push is a hint").
 *
 * Adapters: `memory.ts` (one process). All pass `contract.ts`.
 */
export interface Bus {
  /** Fire and forget: never throws, never waits. Above {@link maxTopicChars} or {@link maxPayloadBytes} it is dropped and counted. The sender hears its own message too. */
  publish(topic: string, payload: string): void;
  /** The listener is called asynchronously, never inside `publish`. Returns the way to stop; calling it twice is harmless. */
  subscribe(topic: string, listener: (payload: string, topic: string) => void): () => void;
  /** `up`: hints travel. `down`: they do not, so that sweepers look more often. */
  readonly state: "up" | "down";
  /** Messages dropped for their size, since the bus was opened. */
  readonly dropped: number;
  /** Nothing is delivered afterwards; publishing and subscribing stay harmless. */
  close(): Promise<void>;
}

export const maxTopicChars = 190;
export const maxPayloadBytes = 65_536;
