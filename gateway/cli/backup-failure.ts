import { BackupRefused } from "../../storage/backup-database.ts";
import { SchemaMismatch, StorageUnavailable } from "../../storage/storage.ts";
import { Failure } from "./failure.ts";

/** Does it, and says what an operator can do where it does not go. */
export async function explained<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupRefused) throw new Failure(sentences[error.reason](file));
    if (error instanceof SchemaMismatch)
      throw new Failure(
        error.state === "newer"
          ? `${file} was made by a newer Beckon (${error.message}): update this program.`
          : `${file} is no backup of Beckon: name one that 'beckon backup' has written.`,
      );
    if (error instanceof StorageUnavailable)
      throw new Failure(`It cannot be done (${error.message}): nothing has changed.`);
    throw error;
  }
}

const sentences: { readonly [reason in BackupRefused["reason"]]: (file: string) => string } = {
  engine: () => "The database is MySQL or MariaDB: use mariadb-dump and 'beckon restored' as docs/operating.md shows.",
  exists: (file) => `${file} is there already: name a new file.`,
  "no-file": (file) => `There is no file ${file}: name one that 'beckon backup' has written.`,
  "no-database": () => "There is no database yet: look at BECKON_DATA and BECKON_DATABASE.",
  busy: () => "A gateway runs on the database: stop it first, and run this again.",
};
