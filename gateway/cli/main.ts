/** `beckon COMMAND`: one file for each command. Failures are one sentence and exit code 1. */
import { SchemaMismatch, StorageUnavailable } from "../../storage/storage.ts";
import { ConfigError } from "../config.ts";
import { AddressUnavailable } from "../runtime/runtime.ts";
import { backupCommand } from "./backup.ts";
import type { Command } from "./command.ts";
import { demoCommand } from "./demo.ts";
import { Failure } from "./failure.ts";
import { migrateCommand } from "./migrate.ts";
import { passwordCommand } from "./password.ts";
import { restoreCommand } from "./restore.ts";
import { restoredCommand } from "./restored.ts";
import { setupCommand } from "./setup.ts";
import { startCommand } from "./start.ts";
import { tenantCommand } from "./tenant.ts";

const commands: readonly Command[] = [
  startCommand,
  setupCommand,
  migrateCommand,
  tenantCommand,
  passwordCommand,
  backupCommand,
  restoreCommand,
  restoredCommand,
  demoCommand,
];

async function main(words: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = words;
  if (name === "--help" || name === "help") {
    process.stdout.write(`${overview()}\n`);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Failure(`There is no command '${name}': 'beckon --help' lists them.`);
  if (rest.includes("--help")) {
    process.stdout.write(`beckon ${command.usage}\n\n${command.help}\n`);
    return 0;
  }
  // The database, its log and everything beside them are people's words: for this account alone.
  process.umask(0o077);
  return command.run(rest);
}

function overview(): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(10)} ${command.summary}`);
  return ["Beckon, live chat. beckon COMMAND [--help]", "", ...lines, "", "Settings: docs/configuration.md"].join("\n");
}

/** What a person can do about it, in one sentence. */
function sentence(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof ConfigError) return `${error.message}.`;
  if (error instanceof AddressUnavailable)
    return error.reason === "EADDRINUSE"
      ? `Port ${error.port} on ${error.host} is taken by another program: stop it, or choose another port with PORT (0 picks a free one).`
      : `Cannot listen on ${error.host}:${error.port} (${error.reason}): choose another address with HOST or another port with PORT.`;
  if (error instanceof StorageUnavailable)
    return `The database cannot be used (${error.message}): start it, or correct BECKON_DATABASE.`;
  if (error instanceof SchemaMismatch)
    return error.state === "newer"
      ? `The database was made by a newer Beckon (${error.message}): update this program.`
      : `The database's schema is ${error.state === "empty" ? "not there yet" : "older than this program"}: run 'beckon migrate'.`;
  return `This should not have happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(1);
  },
);
