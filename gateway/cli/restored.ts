/** `beckon restored`: says that the database was restored by other means. */
import { renewGeneration } from "../../storage/backup-database.ts";
import type { Command } from "./command.ts";
import { findInstallation } from "./installation.ts";
import { readOptions } from "./options.ts";

export const restoredCommand: Command = {
  name: "restored",
  summary: "say that the database was restored by other means",
  usage: "restored",
  help: "Run it after a dump was put back into MySQL or MariaDB, before any gateway starts: visitors and agents that come back then offer again what they hold and the dump lacks. Without it they would believe the newer history that they remember. 'beckon restore' does it by itself.",
  async run(words) {
    readOptions("restored", words, []);
    await renewGeneration(findInstallation().databaseUrl);
    process.stdout.write("Clients will offer again what they hold. Start the gateways now.\n");
    return 0;
  },
};
