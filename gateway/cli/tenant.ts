/** `beckon tenant`: lists tenants with their sites and agents. */
import type { Command } from "./command.ts";
import { findInstallation, withStorage } from "./installation.ts";
import { readOptions } from "./options.ts";

export const tenantCommand: Command = {
  name: "tenant",
  summary: "list tenants, sites and agents",
  usage: "tenant",
  help: "Lists every tenant with its sites (and their keys) and its agents. 'beckon setup' adds one.",
  async run(words) {
    readOptions("tenant", words, []);
    return withStorage(findInstallation(), "as-it-is", async (storage) => {
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
    });
  },
};
