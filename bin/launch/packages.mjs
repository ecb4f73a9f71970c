import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, say } from "./root.mjs";
import { runQuietly } from "./run-quietly.mjs";

const lockPath = join(root, "package-lock.json");
const installedPath = join(root, "node_modules", ".package-lock.json");
const stampPath = join(root, "node_modules", ".beckon-lock");

/**
 * Installs the packages of package-lock.json unless they are there. `production`: what a gateway needs, build included; `everything`: also
 * what tests, checks and benchmarks need. No package of ours has an install script that must run, so none may.
 * @param {"production" | "everything"} wanted
 */
export async function installPackages(wanted) {
  const lock = readFileSync(lockPath, "utf8");
  const stamp = createHash("sha256").update(lock).digest("hex");
  if (isStamped(stamp, wanted)) return;
  if (!areInstalled(lock, wanted)) {
    say("Installing packages …");
    const scope = wanted === "production" ? "--omit=dev" : "--include=dev";
    await runQuietly(
      "npm",
      ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", scope],
      "npm ci failed",
    );
  }
  writeFileSync(stampPath, `${stamp} ${wanted}\n`);
}

/** @param {string} stamp @param {string} wanted */
function isStamped(stamp, wanted) {
  if (!existsSync(stampPath)) return false;
  const [stamped, scope] = readFileSync(stampPath, "utf8").trim().split(" ");
  return stamped === stamp && (scope === "everything" || scope === wanted);
}

/**
 * Compares with npm's own record, so that packages which somebody has just installed by hand are left alone.
 * @param {string} lock @param {string} wanted
 */
function areInstalled(lock, wanted) {
  if (!existsSync(installedPath)) return false;
  const installed = JSON.parse(readFileSync(installedPath, "utf8")).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, entry]) =>
      path === "" ||
      entry.optional ||
      entry.devOptional ||
      (entry.dev && wanted === "production") ||
      installed[path]?.version === entry.version,
  );
}
