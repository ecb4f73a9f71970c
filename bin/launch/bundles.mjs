import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { handOver } from "./hand-over.mjs";
import { pinnedNode } from "./pinned-node.mjs";
import { root, say } from "./root.mjs";
import { runQuietly } from "./run-quietly.mjs";

const builder = join(root, "bin", "build", "build-bundles.ts");
const stampPath = join(root, "dist", ".sources.json");
const sources = [
  "protocol",
  "widget",
  "admin",
  "demo",
  "bin/build",
  "rollup.config.ts",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the browser bundles unless `dist/` is made from the sources as they are now. */
export async function buildBundles() {
  const files = sourceFiles();
  const stamp = readStamp();
  if (stamp !== undefined && JSON.stringify(stamp.files) === JSON.stringify(files)) return;
  const hash = contentHash(Object.keys(files));
  if (stamp?.hash !== hash) {
    say("Building …");
    await runQuietly(pinnedNode(), [builder], "The build failed");
  }
  writeFileSync(stampPath, JSON.stringify({ hash, files }));
}

/** Builds them whatever is there, and shows what came out. */
export async function rebuildBundles() {
  rmSync(stampPath, { force: true });
  await handOver(pinnedNode(), [builder]);
}

/** Each source with its time and size: equal ones need not be read. @returns {Record<string, [number, number]>} */
function sourceFiles() {
  /** @type {Record<string, [number, number]>} */
  const files = {};
  for (const source of sources) collect(source, files);
  return files;
}

/** @param {string} path @param {Record<string, [number, number]>} files */
function collect(path, files) {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isDirectory()) {
    if (!/\.(test\.tsx?|md)$/.test(path)) files[path] = [status.mtimeMs, status.size];
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) collect(`${path}/${name}`, files);
}

/** @param {string[]} paths */
function contentHash(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

/** @returns {{ hash: string, files: Record<string, [number, number]> } | undefined} */
function readStamp() {
  if (!existsSync(stampPath)) return undefined;
  try {
    return JSON.parse(readFileSync(stampPath, "utf8"));
  } catch {
    return undefined; // written by half: build again
  }
}
