/** A consumer of the logs as the product has them: a durable cursor over dirty marks, in a process of its own, never a callback. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Storage, StorageBusy, StorageUnavailable } from "../../storage/storage.ts";

const batch = 200;
const pauseMs = 50;

export class LogConsumer {
  /** `<conversation>/<log>` to ids in the order in which they came. */
  readonly seen = new Map<string, string[]>();
  readonly #storage: () => Storage;
  readonly #name: string;
  readonly #tenant: () => number;
  #running: Promise<void> | null = null;
  #over = false;

  /** `tenant`: of which it keeps what comes. */
  constructor(storage: () => Storage, name: string, tenant: () => number) {
    this.#storage = storage;
    this.#name = name;
    this.#tenant = tenant;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#over = true;
    await this.#running;
  }

  /** Resolves when it holds no connection in use. */
  async pause(): Promise<void> {
    await this.stop();
  }

  goOn(): void {
    this.#over = false;
    this.start();
  }

  /** Its cursor went back with the database: what stood there only before comes again, maybe as something else. */
  restored(heads: ReadonlyMap<string, number>): void {
    for (const [log, ids] of this.seen) {
      const head = heads.get(log) ?? 0;
      if (head === 0) this.seen.delete(log);
      else ids.length = Math.min(ids.length, head);
    }
  }

  has(id: string): boolean {
    for (const ids of this.seen.values()) if (ids.includes(id)) return true;
    return false;
  }

  take(address: string, seq: number, id: string): void {
    const seen = this.seen.get(address) ?? [];
    seen[seq - 1] = id;
    this.seen.set(address, seen);
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      try {
        if ((await this.#round()) === 0) await sleep(pauseMs);
      } catch (error) {
        if (!(error instanceof StorageUnavailable || error instanceof StorageBusy)) throw error;
        await sleep(pauseMs);
      }
    }
  }

  async #round(): Promise<number> {
    const storage = this.#storage();
    const logs = await storage.dirtyLogs(this.#name, batch);
    for (const { tenant, conversation, log, done } of logs) {
      const events = await storage.readLog(tenant, conversation, log, done + 1, done + batch, batch);
      const last = events.at(-1);
      if (!last) continue;
      // At least once: taken first, then remembered. What comes twice has the same seq.
      for (const { seq, id } of tenant === this.#tenant() ? events : []) this.take(`${conversation}/${log}`, seq, id);
      await storage.consumed(this.#name, tenant, conversation, log, last.seq);
    }
    return logs.length;
  }
}
