import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { mysqlRecipe } from "./mysql-recipe.ts";
import { findProgram, startOnPort, startServer, type TestServer } from "./server-process.ts";

/**
 * A MariaDB of its own below `folder` (created if missing, kept on stop, so that a second start finds the same data).
 * `port`: take exactly this one, as a restart does; default: a free one.
 */
export async function startMariadb(folder: string, port?: number): Promise<TestServer> {
  const program = findProgram("mariadbd", "mariadb-server");
  const dataFolder = join(folder, "data");
  if (!existsSync(dataFolder)) createDataFolder(folder, dataFolder);
  const recipe = mysqlRecipe({ name: "MariaDB", program, folder, dataFolder });
  return port === undefined ? startServer(recipe) : startOnPort(recipe, port);
}

function createDataFolder(folder: string, dataFolder: string): void {
  mkdirSync(folder, { recursive: true });
  const words = [
    "--no-defaults",
    ...(process.getuid?.() === 0 ? ["--user=root"] : []),
    `--datadir=${dataFolder}`,
    "--auth-root-authentication-method=normal",
    "--force", // the name of the machine need not resolve
    "--skip-test-db",
    "--innodb-log-file-size=16M",
  ];
  const { status, stdout, stderr } = spawnSync(findProgram("mariadb-install-db", "mariadb-server"), words, {
    encoding: "utf8",
    // Temporary tables of its own: two of these in one folder take each other's.
    env: { ...process.env, TMPDIR: folder },
  });
  if (status !== 0) throw new Error(`MariaDB's data folder could not be made: ${stdout}${stderr}`);
}
