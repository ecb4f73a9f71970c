/**
 * The bus port: a relay of hints between gateways. It may lose, double, delay and reorder: the log in the database is
 * the truth, and every receiver checks what it hears against a sequence (SPEC, "Storage is the truth, push is a hint").
 *
 * Adapters: `memory.ts` (one process). All pass `contract.ts`.
 */
export interface Bus {
  /** Fire and forget: never throws, never waits. A topic is at most 190 characters, a payload at most 64 KiB; larger ones are dropped and counted. The sender hears its own message too. */
  publish(topic: string, payload: string): void;
  /** The listener is called asynchronously, never inside `publish`. Returns the way to stop; calling it twice is harmless. */
  subscribe(topic: string, listener: (payload: string, topic: string) => void): () => void;
  /** `up`: hints travel. `down`: they do not, so that sweepers look more often. */
  readonly state: "up" | "down";
  close(): Promise<void>;
}
