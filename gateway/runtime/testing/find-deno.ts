import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
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
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../.cache/deno");

/** The path of the Deno that the tests use. It is 92 MB that nothing else needs, so it is fetched on first use and kept. */
export async function findDeno(): Promise<string> {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new Error(`no Deno for ${process.platform} ${process.arch}`);
  const installed = join(folder, version);
  if (!existsSync(installed)) await install(name, installed);
  return join(installed, "node_modules", name, "deno");
}

/** Under a name of its own first, as test files run side by side: whoever is ready first gives it the name. */
async function install(name: string, target: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, "draft-"));
  const quiet = ["--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  await promisify(execFile)("npm", ["install", ...quiet, "--prefix", draft, `${name}@${version}`], { cwd: draft });
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(target)) throw error;
  }
}
