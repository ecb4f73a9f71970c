/** Where k6 is: on the path, or built once into `.cache/k6` where Go 1.25 or newer is at hand. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "v1.8.1";
const cache = join(dirname(fileURLToPath(import.meta.url)), "..", ".cache", "k6");

export const k6Line = `go install go.k6.io/k6@${version}`;

/** Null: neither k6 nor a Go that can build it. */
export function findK6(): string | null {
  if (answers("k6", ["version"])) return "k6";
  const built = join(cache, "k6");
  if (existsSync(built)) return built;
  if (!goCanBuild()) return null;
  process.stderr.write(`Building k6 ${version} …\n`);
  const run = spawnSync("go", ["install", `go.k6.io/k6@${version}`], {
    env: { ...process.env, GOBIN: cache },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return run.status === 0 ? built : null;
}

function goCanBuild(): boolean {
  const run = spawnSync("go", ["version"], { encoding: "utf8" });
  const [, major = "0", minor = "0"] = /go(\d+)\.(\d+)/.exec(run.stdout ?? "") ?? [];
  return run.status === 0 && (Number(major) > 1 || Number(minor) >= 25);
}

function answers(command: string, words: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: "ignore" }).status === 0;
}
