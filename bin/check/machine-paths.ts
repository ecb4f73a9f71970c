import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program.ts";

/** A folder that exists on one person's machine only. */
const machinePath = /(?<![\w.\-/])\/(?:home|root|Users|work)\/[\w.-]+/;
/** Where somebody's packages came from: whoever clones the repository has a registry of their own. */
const registryHost = /\bregistry\.[\w-]+\.\w+|"resolved": "https?:/;
const readAsText = /\.(?:ts|tsx|mjs|js|cjs|json|md|css|html|svg|yml|yaml|conf|cfg|service|sh|txt)$|(?:^|\/)[^.]+$/;

/** Lines of tracked files that hold only on the machine they were written on. */
export async function machinePathFaults(root: string): Promise<string[]> {
  const { exitCode, stdout, output } = await runProgram("git", ["ls-files", "-z"], root);
  if (exitCode !== 0) throw new Error(output);
  const paths = stdout.split("\0").filter((path) => readAsText.test(path));
  if (paths.length === 0) throw new Error("git lists no files");
  return paths.flatMap((path) => faultsOf(path, readIfThere(join(root, path))));
}

/** @internal Exported for its test. */
export function faultsOf(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = machinePath.exec(line) ?? registryHost.exec(line);
    return found === null ? [] : [`${path}:${index + 1}: ${found[0]}`];
  });
}

/** Tracked, but removed from the working tree: nothing to read. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
