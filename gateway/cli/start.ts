/** `beckon start`: the gateway for production. Refuses an old schema and names the command. */
import { drainMs } from "../../protocol/limits.ts";
import { startGateway } from "../main.node.ts";
import type { Command } from "./command.ts";
import { readMasterKey } from "./data-folder.ts";
import { findInstallation } from "./installation.ts";
import { watchForStrays } from "./last-resort.ts";
import { untilSignal } from "./until-signal.ts";

export const startCommand: Command = {
  name: "start",
  summary: "run the gateway",
  usage: "start",
  help: "Runs the gateway until SIGTERM or SIGINT; then clients are told to go, commits are finished, and it exits with 0 within 25 s.",
  async run() {
    const asked = untilSignal();
    const { config, folder, databaseUrl } = findInstallation();
    const gateway = await startGateway(config, {
      databaseUrl,
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
