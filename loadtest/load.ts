/**
 * `npm run load -- SCENARIO [k6 options]`: a k6 scenario of `loadtest/k6/` against the gateway at BECKON_URL. Finds k6, builds it
 * where Go 1.25 is at hand, or says the line to type. `soak` starts a gateway of its own (`--minutes N`).
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findK6, k6Line } from "./find-k6.ts";
import { runSoak } from "./soak/run-soak.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "k6");

function scenarios(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".scenario.ts"))
    .map((name) => name.replace(".scenario.ts", ""));
}

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  const script = join(folder, `${name}.scenario.ts`);
  if (name === undefined || !existsSync(script)) {
    process.stderr.write(
      `npm run load -- SCENARIO, one of: ${scenarios().join(", ")}. BECKON_URL names the gateway (http://127.0.0.1:8080).\n`,
    );
    return 1;
  }
  const k6 = findK6();
  if (k6 === null) {
    process.stderr.write(`k6 is not here, nor Go 1.25 to build it. Install it with: ${k6Line}\n`);
    return 1;
  }
  // The one that watches the gateway, and so has one of its own.
  if (name === "soak") return runSoak(k6, script, rest);
  const run = spawnSync(k6, ["run", "--quiet", "--no-usage-report", ...rest, script], { stdio: "inherit" });
  return run.status ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
