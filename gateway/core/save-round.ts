/**
 * One attempt to save what waits. Rows go together; where storage refuses them (not: does not answer) they go in halves, until
 * the one that it refuses stands alone, so that this one holds up nobody. It is given up only if storage took others in the
 * same round: where it takes nothing, something is wrong with the storage, and everything is kept.
 */
import { StorageBusy, StorageUnavailable } from "../../storage/storage.ts";

/** Refusals in a round in which nothing was taken: by then it is an outage, however it calls itself. */
const maxRefusals = 100;

interface Refused {
  readonly error: unknown;
  readonly giveUp: () => void;
}

export class SaveRound {
  #saved = 0;
  #refusals = 0;
  #refused: Refused[] = [];

  /**
   * `release` is called for each row that was saved or given up. False: none of these was saved. Rejects with StorageBusy and
   * StorageUnavailable; what was not saved until then stays.
   */
  async save<Row>(
    rows: readonly Row[],
    save: (rows: Row[]) => Promise<unknown>,
    release: (row: Row) => void,
  ): Promise<boolean> {
    const [only] = rows;
    if (only === undefined) return true;
    if (this.#saved === 0 && this.#refusals >= maxRefusals) return false;
    try {
      await save([...rows]);
    } catch (error) {
      if (error instanceof StorageBusy || error instanceof StorageUnavailable) throw error;
      this.#refusals += 1;
      if (rows.length > 1) return this.#saveHalves(rows, save, release);
      this.#refused.push({ error, giveUp: () => release(only) });
      return false;
    }
    this.#saved += rows.length;
    for (const row of rows) release(row);
    return true;
  }

  /** Gives up what was refused, and returns why. Throws what storage said if it took nothing. */
  end(): { saved: number; refused: readonly string[] } {
    const [first] = this.#refused;
    if (first && this.#saved === 0) throw first.error;
    for (const { giveUp } of this.#refused) giveUp();
    return { saved: this.#saved, refused: this.#refused.map(({ error }) => reasonOf(error)) };
  }

  async #saveHalves<Row>(
    rows: readonly Row[],
    save: (rows: Row[]) => Promise<unknown>,
    release: (row: Row) => void,
  ): Promise<boolean> {
    const middle = rows.length >> 1;
    const first = await this.save(rows.slice(0, middle), save, release);
    const second = await this.save(rows.slice(middle), save, release);
    return first || second;
  }
}

/** What a database says may quote the row. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
}
