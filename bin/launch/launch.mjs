import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { buildBundles } from "./bundles.mjs";
import { handOver } from "./hand-over.mjs";
import { installPackages } from "./packages.mjs";
import { pinnedNode } from "./pinned-node.mjs";
import { orSentence, root } from "./root.mjs";

/**
 * Runs `run FILE …` or a command of `gateway/cli`; its exit code becomes this process's.
 * @param {string[]} words
 */
export async function launch(words) {
  await orSentence(async () => {
    const [first, file, ...rest] = words;
    if (first !== "run") return start("production", "gateway/cli/main.ts", words);
    if (file === undefined) throw new Error("Which file? beckon.mjs run FILE …");
    return start("everything", file, rest);
  });
}

/**
 * @param {"production" | "everything"} packages
 * @param {string} file
 * @param {string[]} words
 */
async function start(packages, file, words) {
  const path = resolve(root, file);
  if (!existsSync(path)) throw new Error(`${file} does not exist`);
  await installPackages(packages);
  await buildBundles();
  await handOver(pinnedNode(), [path, ...words]);
}
