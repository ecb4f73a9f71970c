/** `beckon password`: a new password for somebody who is locked out. */
import { openStorage } from "../../storage/open-storage.ts";
import { generatePassword, hashPassword } from "../accounts/password.ts";
import type { Command } from "./command.ts";
import { databaseUrl, prepareDataFolder, readMasterKey } from "./data-folder.ts";
import { Failure } from "./failure.ts";
import { loadConfig } from "./load-config.ts";
import { readOptions, required } from "./options.ts";

export const passwordCommand: Command = {
  name: "password",
  summary: "give an agent a new password",
  usage: "password --email ADDRESS",
  help: "Makes a new password, shows it once, and ends all sessions of this agent, open pages at running gateways within about ten seconds.",
  async run(words) {
    const { values } = readOptions("password", words, ["email"]);
    const email = required("password", "email", values.email);
    const config = loadConfig();
    const folder = prepareDataFolder(config);
    const storage = await openStorage(databaseUrl(config), {
      migrate: "never",
      masterKey: readMasterKey(config, folder, false),
    });
    try {
      const found = await storage.agentByEmail(email);
      if (found === null)
        throw new Failure(`Nobody has the e-mail address ${email}: 'beckon tenant' lists the agents.`);
      const password = generatePassword();
      await storage.updateAgent(found.agent.tenant, found.agent.id, { passwordHash: await hashPassword(password) });
      await storage.deleteSessionsOf(found.agent.tenant, found.agent.id);
      process.stdout.write(`New password of ${email}: ${password}  (shown once)\n`);
      return 0;
    } finally {
      await storage.close();
    }
  },
};
