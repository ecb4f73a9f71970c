import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { buildBundles } from "./bundles.mjs";
import { handOver } from "./hand-over.mjs";
import { installPackages } from "./packages.mjs";
import { pinnedNode } from "./pinned-node.mjs";
import { orSentence, root } from "./root.mjs";

/**
 * V8 lets garbage lie until the heap has doubled, and its young generation grows to 48 MB: with ten thousand visitors that is more than the
 * visitors themselves. It collects after a quarter's growth instead (`npm run bench -- idle`).
 */
const gatewayHeap = ["--max-semi-space-size=2", "--initial-old-space-size=16", "--heap-growing-percent=25"];

/**
 * Runs `run [--NODE-OPTION …] FILE …` or a command of `gateway/cli`; its exit code becomes this process's.
 * @param {string[]} words
 */
export async function launch(words) {
  await orSentence(async () => {
    if (words[0] !== "run") return start("production", "gateway/cli/main.ts", words, gatewayHeap);
    const at = words.findIndex((word, index) => index > 0 && !word.startsWith("--"));
    const file = words[at];
    if (file === undefined) throw new Error("Which file? beckon.mjs run [--NODE-OPTION …] FILE …");
    return start("everything", file, words.slice(at + 1), words.slice(1, at));
  });
}

/**
 * @param {"production" | "everything"} packages
 * @param {string} file
 * @param {string[]} words
 * @param {string[]} nodeOptions
 */
async function start(packages, file, words, nodeOptions) {
  const path = resolve(root, file);
  if (!existsSync(path)) throw new Error(`${file} does not exist`);
  await installPackages(packages);
  await buildBundles();
  await handOver(pinnedNode(), [...nodeOptions, path, ...words]);
}
