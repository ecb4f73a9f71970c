/** `npm start`: the gateway on the embedded database with the demo shop, and where to click. */
import { join } from "node:path";
import type { Storage } from "../../storage/storage.ts";
import { generatePassword } from "../accounts/password.ts";
import { demoSiteKey } from "../http/demo.ts";
import { startGateway } from "../main.node.ts";
import type { Command } from "./command.ts";
import { createTenant } from "./create-tenant.ts";
import { createFile, readIfPresent, readMasterKey } from "./data-folder.ts";
import { findInstallation, withStorage } from "./installation.ts";
import { watchForStrays } from "./last-resort.ts";
import { readOptions } from "./options.ts";
import { createUnplug } from "./unplug/unplug.ts";
import { untilSignal } from "./until-signal.ts";

interface Login {
  email: string;
  password: string;
}

const demoDrainMs = 3_000;
const root = join(import.meta.dirname, "..", "..");

export const demoCommand: Command = {
  name: "demo",
  summary: "try it: gateway, demo shop and admin page (npm start)",
  usage: "demo [--json]",
  help: "Runs the gateway on an embedded database with a demo tenant. --json: when ready, one line of JSON {ready, url, admin, demo, site, agents}.",
  async run(words) {
    // From the first moment on: whoever reads the ready line may answer it with a signal.
    const asked = untilSignal();
    const { flags } = readOptions("demo", words, [], ["json"]);
    const json = flags.has("json");
    const installation = findInstallation({ logLevel: "warn" });
    const { config, folder, databaseUrl } = installation;
    const seeded = await withStorage(installation, "set-up", (storage) => seed(storage, folder));
    const unplug = createUnplug({ dataFolder: folder, pages: join(root, "dist", "unplug") });
    const gateway = await startGateway(config, {
      databaseUrl,
      masterKey: readMasterKey(config, folder, false),
      migrate: "never",
      demo: true,
      demoRoute: unplug.http,
      logDestination: 2,
    });
    watchForStrays(gateway);
    process.stdout.write(
      json ? `${JSON.stringify(readyLine(gateway.url, seeded.logins))}\n` : readyText(gateway.url, seeded, folder),
    );
    await asked;
    if (!json) process.stdout.write("\nStopping …\n");
    await Promise.all([gateway.stop(demoDrainMs), unplug.close()]);
    return 0;
  },
};

const loginsFile = "demo-logins.json";

/** The demo tenant, once. The passwords stay readable for the owner of the data folder. */
async function seed(storage: Storage, folder: string): Promise<{ logins: Login[]; fresh: boolean }> {
  const path = join(folder, loginsFile);
  if ((await storage.sites(null)).some((site) => site.key === demoSiteKey))
    return { logins: JSON.parse(readIfPresent(path) ?? "[]") as Login[], fresh: false };
  const logins = [
    { email: "mei@northslope.example", password: generatePassword() },
    { email: "jonas@northslope.example", password: generatePassword() },
  ] as const;
  if (readIfPresent(path) === undefined) createFile(path, `${JSON.stringify(logins, null, 2)}\n`);
  const known = JSON.parse(readIfPresent(path) ?? "[]") as Login[];
  await createTenant(storage, {
    tenant: "Northslope",
    site: { key: demoSiteKey, name: "Northslope" },
    agents: [
      { ...(known[0] ?? logins[0]), name: "Mei Lin", role: "owner", face: "/demo/assets/faces/mei.svg" },
      { ...(known[1] ?? logins[1]), name: "Jonas Weber", role: "agent", face: "/demo/assets/faces/jonas.svg" },
    ],
  });
  return { logins: known, fresh: true };
}

function readyLine(url: string, agents: Login[]): object {
  return { ready: true, url, admin: `${url}/admin/`, demo: `${url}/demo/`, site: demoSiteKey, agents };
}

function readyText(url: string, seeded: { logins: Login[]; fresh: boolean }, folder: string): string {
  const logins = seeded.logins.map(({ email, password }) =>
    `              ${email}   ${seeded.fresh ? password : ""}`.trimEnd(),
  );
  const where = seeded.fresh ? "These passwords are shown once; they are kept in" : "The passwords are in";
  return [
    "",
    "Beckon is ready.",
    "",
    `  Demo shop   ${url}/demo/`,
    `  Admin page  ${url}/admin/`,
    ...logins,
    `              ${where} ${join(folder, loginsFile)}`,
    `  Unplug it   ${url}/demo/unplug/`,
    `  README      ${url}/demo/readme`,
    "",
    "Open the shop in one window and the admin page in another. Ctrl-C stops it.",
    "",
    "",
  ].join("\n");
}
