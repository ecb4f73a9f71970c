/** `beckon setup`: key, schema, first tenant, its site and its owner. */
import { randomBytes } from "node:crypto";
import { generatePassword } from "../accounts/password.ts";
import type { Command } from "./command.ts";
import { createTenant } from "./create-tenant.ts";
import { findInstallation, withStorage } from "./installation.ts";
import { readOptions, required } from "./options.ts";

export const setupCommand: Command = {
  name: "setup",
  summary: "make the master key, the schema, the first tenant, site and owner",
  usage: "setup --tenant NAME --email ADDRESS --name NAME [--site NAME]",
  help: "Creates `master.key` in the data folder if it is missing, migrates the database, and adds a tenant with one site and one owner, whose password is shown once. Running it again with another tenant adds that one.",
  async run(words) {
    const { values } = readOptions("setup", words, ["tenant", "email", "name", "site"]);
    const tenantName = required("setup", "tenant", values.tenant);
    const email = required("setup", "email", values.email);
    const name = required("setup", "name", values.name);
    return withStorage(findInstallation(), "set-up", async (storage) => {
      const password = generatePassword();
      const { site } = await createTenant(storage, {
        tenant: tenantName,
        site: { key: randomBytes(9).toString("base64url"), name: values.site ?? tenantName },
        agents: [{ email, name, role: "owner", password }],
      });
      process.stdout.write(
        `Tenant ${tenantName} is there.\nSnippet:  <script async src="https://HOST/beckon.js" data-site="${site.key}"></script>\nSign in:  ${email}\nPassword: ${password}  (shown once)\n`,
      );
      return 0;
    });
  },
};
