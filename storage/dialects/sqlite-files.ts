/** Files of SQLite as a whole: a copy of one that is in use, and the exchange of one that is not. */
import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StorageUnavailable } from "../storage.ts";

/** More than any database has: all in one step, which writers cannot make begin anew. */
const allPages = 0x7fff_ffff;

/** Refused as long as another connection is open. */
const leaveLog = "journal_mode = DELETE";

/**
 * Copies a database that may be in use, as it is at one moment, into a file that stands alone and is on the disk when this resolves.
 * Rejects with StorageUnavailable if `from` is no database, or `to` cannot be written; nothing is left of it then.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  await told(from, () => {
    const source = new Database(from, { readonly: true });
    return source.backup(to, { progress: () => allPages }).finally(() => source.close());
  }).catch((error: unknown) => {
    removeDatabase(to);
    throw error;
  });
  await makeStandAlone(to);
}

/** Of a database that nobody has open, as files. Rejects with StorageUnavailable. */
export async function copyFileWithLog(from: string, to: string): Promise<void> {
  await told(to, async () => {
    for (const end of existsSync(`${from}-wal`) ? ["", "-wal"] : [""]) {
      // With the rights that new files of this account have, not those of the file that is copied.
      closeSync(openSync(`${to}${end}`, "w"));
      copyFileSync(`${from}${end}`, `${to}${end}`);
    }
  });
}

/** Takes the write-ahead log into the file. Rejects with StorageUnavailable if the file is damaged. */
export async function makeStandAlone(path: string): Promise<void> {
  await told(path, async () => {
    const database = new Database(path);
    try {
      const [verdict] = database.pragma("quick_check(1)") as { quick_check: string }[];
      if (verdict?.quick_check !== "ok") throw new Error(`it is damaged: ${verdict?.quick_check}`);
      database.pragma(leaveLog);
    } finally {
      database.close();
    }
    flush(path);
  });
}

/** Whether another connection has it open, of any process. A file that is no database is in nobody's use. */
export function isInUse(path: string): boolean {
  try {
    const database = new Database(path, { timeout: 0 });
    try {
      database.pragma(leaveLog);
    } finally {
      database.close();
    }
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));
  }
}

/** Puts a file that stands alone where a database is, at one stroke. The old one is `aside` from then on. Nobody may have it open. */
export function exchangeDatabase(file: string, path: string, aside: string): void {
  if (existsSync(path)) {
    try {
      linkSync(path, aside);
    } catch {
      // A file system without links.
      copyFileSync(path, aside);
    }
  }
  renameSync(file, path);
  flush(dirname(path));
}

/** With what stands beside it. */
export function removeDatabase(path: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${end}`, { force: true });
}

function flush(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StorageUnavailable(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
