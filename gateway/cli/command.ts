export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows `beckon`. */
  readonly usage: string;
  readonly help: string;
  /** Resolves with the exit code. */
  run(words: readonly string[]): Promise<number>;
}
