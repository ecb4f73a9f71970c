/** `beckon restore`: the embedded database becomes what a backup holds. */
import { restoreDatabase } from "../../storage/backup-database.ts";
import { explained } from "./backup-failure.ts";
import type { Command } from "./command.ts";
import { findInstallation } from "./installation.ts";
import { readFile } from "./options.ts";

export const restoreCommand: Command = {
  name: "restore",
  summary: "put a backup in place of the embedded database",
  usage: "restore FILE",
  help: "Puts FILE, made by 'beckon backup', in place of the embedded database (SQLite), and keeps what was there beside it. The gateway must be stopped. Visitors and agents that come back offer again what they hold and the backup lacks. MySQL and MariaDB: docs/operating.md.",
  async run(words) {
    const file = readFile("restore", words);
    const { databaseUrl } = findInstallation();
    const aside = await explained(file, () => restoreDatabase(databaseUrl, file, new Date()));
    process.stdout.write(`The database is what ${file} holds. Start the gateway now.\n`);
    if (aside !== null) process.stdout.write(`What was there before is kept in ${aside}\n`);
    return 0;
  },
};
