/** Transactions that run again where running again helps, and errors of drivers as errors of the port. */
import type { Connection, Dialect, PoolName } from "./dialects/dialect.ts";
import { StorageBusy, StorageUnavailable } from "./storage.ts";

/** Of one transaction. */
const maxConflicts = 10;
const maxDuplicates = 4;
const busyRetryMs = 500;

/**
 * Runs `work` in one transaction; again on a conflict or a duplicate, so `work` starts from nothing each time.
 * `repeatable`: also once more where the connection was lost, because `work` finds out whether it has happened already.
 * `attempt` counts from 0.
 */
export async function inTransaction<T>(
  dialect: Dialect,
  pool: PoolName,
  repeatable: boolean,
  work: (connection: Connection, attempt: number) => Promise<T>,
): Promise<T> {
  const failures = { conflict: 0, duplicate: 0, lost: 0 };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await dialect.transaction(pool, (connection) => work(connection, attempt));
    } catch (error) {
      const failure = dialect.failure(error);
      if (failure === "conflict" && failures.conflict < maxConflicts) failures.conflict += 1;
      else if (failure === "duplicate" && failures.duplicate < maxDuplicates) failures.duplicate += 1;
      else if (failure === "lost" && repeatable && failures.lost < 1) failures.lost += 1;
      else throw portError(dialect, error);
    }
  }
}

/** Runs reading work; once more where the connection was lost. */
export async function reading<T>(dialect: Dialect, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    return await dialect.read(work);
  } catch (error) {
    if (dialect.failure(error) !== "lost") throw portError(dialect, error);
  }
  try {
    return await dialect.read(work);
  } catch (error) {
    throw portError(dialect, error);
  }
}

/** Errors of the port pass; the driver's become StorageBusy or StorageUnavailable, or stay what they are: a defect. */
export function portError(dialect: Dialect, error: unknown): unknown {
  const failure = dialect.failure(error);
  if (failure === "full" || failure === "conflict") return new StorageBusy(busyRetryMs);
  if (failure !== "lost") return error;
  return new StorageUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
}
