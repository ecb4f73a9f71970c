/** What `--database` may be: one of the laboratory's own, or a place that somebody has. */
import type { DatabaseChoice } from "./database.ts";

export interface DatabaseWish {
  readonly choices: readonly DatabaseChoice[];
  /** A file that runs make and remove, one after the other. Null: each has its own. */
  readonly sqlitePath: string | null;
  /** A server on which each run makes a schema and drops it. Null: a MariaDB that the laboratory starts, and may kill. */
  readonly serverUrl: string | null;
}

const both: DatabaseWish = { choices: ["sqlite", "mariadb"], sqlitePath: null, serverUrl: null };

/** Absent: both. Throws a sentence that names what is possible. */
export function readDatabase(text: string | undefined): DatabaseWish {
  if (text === undefined) return both;
  if (text === "sqlite" || text === "mariadb") return { ...both, choices: [text] };
  const [, path] = /^sqlite:(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { ...both, choices: ["sqlite"], sqlitePath: path };
  if (/^mysql:\/\/./.test(text) && URL.canParse(text)) return { ...both, choices: ["mariadb"], serverUrl: text };
  throw new RangeError(`--database is sqlite, mariadb, sqlite:FILE or mysql://USER@HOST:PORT, not ${text}`);
}
