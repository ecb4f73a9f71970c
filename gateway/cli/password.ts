/** `beckon password`: a new password for somebody who is locked out. */
import { generatePassword, hashPassword } from "../accounts/password.ts";
import type { Command } from "./command.ts";
import { Failure } from "./failure.ts";
import { findInstallation, withStorage } from "./installation.ts";
import { readOptions, required } from "./options.ts";

export const passwordCommand: Command = {
  name: "password",
  summary: "give an agent a new password",
  usage: "password --email ADDRESS",
  help: "Makes a new password, shows it once, and ends all sessions of this agent, open pages at running gateways within about ten seconds.",
  async run(words) {
    const { values } = readOptions("password", words, ["email"]);
    const email = required("password", "email", values.email);
    return withStorage(findInstallation(), "as-it-is", async (storage) => {
      const found = await storage.agentByEmail(email);
      if (found === null)
        throw new Failure(`Nobody has the e-mail address ${email}: 'beckon tenant' lists the agents.`);
      const password = generatePassword();
      await storage.updateAgent(found.agent.tenant, found.agent.id, { passwordHash: await hashPassword(password) });
      await storage.deleteSessionsOf(found.agent.tenant, found.agent.id);
      process.stdout.write(`New password of ${email}: ${password}  (shown once)\n`);
      return 0;
    });
  },
};
