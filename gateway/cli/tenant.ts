/** `beckon tenant`: lists tenants with their sites and agents. */
import { openStorage } from "../../storage/open-storage.ts";
import type { Command } from "./command.ts";
import { databaseUrl, prepareDataFolder, readMasterKey } from "./data-folder.ts";
import { loadConfig } from "./load-config.ts";
import { readOptions } from "./options.ts";

export const tenantCommand: Command = {
  name: "tenant",
  summary: "list tenants, sites and agents",
  usage: "tenant",
  help: "Lists every tenant with its sites (and their keys) and its agents. 'beckon setup' adds one.",
  async run(words) {
    readOptions("tenant", words, []);
    const config = loadConfig();
    const folder = prepareDataFolder(config);
    const storage = await openStorage(databaseUrl(config), {
      migrate: "never",
      masterKey: readMasterKey(config, folder, false),
    });
    try {
      for (const tenant of await storage.tenants()) {
        process.stdout.write(`${tenant.name}\n`);
        for (const site of await storage.sites(tenant.tenant))
          process.stdout.write(`  site   ${site.key}  ${site.name}\n`);
        for (const agent of await storage.agents(tenant.tenant))
          process.stdout.write(
            `  ${agent.role.padEnd(6)} ${agent.email}  ${agent.name}${agent.disabled ? "  (disabled)" : ""}\n`,
          );
      }
      return 0;
    } finally {
      await storage.close();
    }
  },
};
