/** Files of SQLite as a whole: a copy of one that is in use, and the exchange of one that is not. */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StorageUnavailable } from "../storage.ts";

/** What may stand beside a database, named after it: to whoever opens it, it is a part of it. */
const companions = ["-wal", "-shm", "-journal"] as const;

/** People's words: for this account alone. */
const privateMode = 0o600;

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
      copyFileSync(`${from}${end}`, `${to}${end}`);
      // Not with the rights of the file that is copied: an archive is often read-only, or everybody's.
      chmodSync(`${to}${end}`, privateMode);
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

/**
 * Whether another connection has it open, of any process. If not, its log is in the file, unless it is damaged.
 * Throws StorageUnavailable where that cannot be told.
 */
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
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return true;
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return false;
    throw new StorageUnavailable(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/**
 * Puts a file that stands alone where a database is, at one stroke. The old one is `aside` from then on, with all that stands beside it:
 * a log that stayed would be played into the new one. Nobody may have it open. Rejects with StorageUnavailable.
 */
export async function exchangeDatabase(file: string, path: string, aside: string): Promise<void> {
  await told(path, async () => {
    if (existsSync(path)) keep(path, aside);
    for (const end of companions) if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${aside}${end}`);
    renameSync(file, path);
    flush(dirname(path));
  });
}

/** Under a second name. Never over a file that is there. */
function keep(path: string, aside: string): void {
  try {
    linkSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    // A file system without links.
    copyFileSync(path, aside, constants.COPYFILE_EXCL);
    flush(aside);
  }
}

/** Gives a file its name, on the disk. */
export async function nameFile(from: string, to: string): Promise<void> {
  await told(to, async () => {
    renameSync(from, to);
    flush(dirname(to));
  });
}

/** With what stands beside it. */
export function removeDatabase(path: string): void {
  for (const end of ["", ...companions]) rmSync(`${path}${end}`, { force: true });
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
