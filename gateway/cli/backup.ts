/** `beckon backup`: a copy of the embedded database, while the gateway runs. */
import { backupDatabase } from "../../storage/backup-database.ts";
import { explained } from "./backup-failure.ts";
import type { Command } from "./command.ts";
import { findInstallation } from "./installation.ts";
import { readFile } from "./options.ts";

export const backupCommand: Command = {
  name: "backup",
  summary: "copy the embedded database into a file, while the gateway runs",
  usage: "backup FILE",
  help: "Writes the embedded database (SQLite) as it is at one moment into FILE, which must not be there yet. Gateways may go on. MySQL and MariaDB: docs/operating.md. Keep master.key elsewhere: it opens what the backup holds.",
  async run(words) {
    const file = readFile("backup", words);
    const { databaseUrl } = findInstallation();
    await explained(file, () => backupDatabase(databaseUrl, file));
    process.stdout.write(`${file} is written.\n`);
    return 0;
  },
};
