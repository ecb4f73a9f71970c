/** `beckon start`: the gateway for production. Refuses an old schema and names the command. */
import { drainMs } from "../../protocol/limits.ts";
import { startGateway } from "../main.node.ts";
import type { Command } from "./command.ts";
import { databaseUrl, prepareDataFolder, readMasterKey } from "./data-folder.ts";
import { watchForStrays } from "./last-resort.ts";
import { loadConfig } from "./load-config.ts";
import { untilSignal } from "./until-signal.ts";

export const startCommand: Command = {
  name: "start",
  summary: "run the gateway",
  usage: "start",
  help: "Runs the gateway until SIGTERM or SIGINT; then clients are told to go, commits are finished, and it exits with 0 within 25 s.",
  async run() {
    const asked = untilSignal();
    const config = loadConfig();
    const folder = prepareDataFolder(config);
    const gateway = await startGateway(config, {
      databaseUrl: databaseUrl(config),
      masterKey: readMasterKey(config, folder, false),
      migrate: "never",
      demo: false,
      logDestination: 1,
    });
    watchForStrays(gateway);
    await asked;
    await gateway.stop(drainMs);
    return 0;
  },
};
