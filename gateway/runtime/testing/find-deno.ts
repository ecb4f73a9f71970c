import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const version = "2.9.6";
const packages: Readonly<Record<string, string>> = {
  "linux-x64": "@deno/linux-x64-glibc",
  "linux-arm64": "@deno/linux-arm64-glibc",
  "darwin-x64": "@deno/darwin-x64",
  "darwin-arm64": "@deno/darwin-arm64",
};
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../.cache/deno", version);

/** The path of the Deno that the tests use. It is 92 MB that nothing else needs, so it is fetched on first use and kept. */
export async function findDeno(): Promise<string> {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new Error(`no Deno for ${process.platform} ${process.arch}`);
  const program = join(folder, "node_modules", name, "deno");
  if (!existsSync(program)) await install(name);
  return program;
}

async function install(name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const quiet = ["--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  await promisify(execFile)("npm", ["install", ...quiet, "--prefix", folder, `${name}@${version}`], { cwd: folder });
}
