/** Evidence that nothing could be stored: messages that were written since, none of which was acked for a while. */
export class Silence {
  readonly #ids = new Set<string>();
  #beganAt = 0;
  #brokenAt = Number.POSITIVE_INFINITY;

  wrote(id: string, now: number): void {
    if (this.#brokenAt < Number.POSITIVE_INFINITY) return;
    if (this.#ids.size === 0) this.#beganAt = now;
    this.#ids.add(id);
  }

  acked(id: string, now: number): void {
    if (this.#ids.has(id)) this.#brokenAt = Math.min(this.#brokenAt, now);
  }

  /** How many waited, if the first of them did so for so long; else 0: it was no silence. */
  waited(atLeastMs: number, now: number): number {
    return Math.min(this.#brokenAt, now) - this.#beganAt >= atLeastMs ? this.#ids.size : 0;
  }
}
