#!/usr/bin/env node
// npm test [-- PATTERN …]: everything, or what matches. npm run e2e [-- PATTERN …]: what people do, in a browser.
import { join } from "node:path";
import { buildBundles } from "./launch/bundles.mjs";
import { handOver } from "./launch/hand-over.mjs";
import { installPackages } from "./launch/packages.mjs";
import { pinnedNode } from "./launch/pinned-node.mjs";
import { root, say } from "./launch/root.mjs";

try {
  await installPackages("everything");
  await buildBundles();
  await handOver(pinnedNode(), [join(root, "bin", "test", "main.ts"), ...process.argv.slice(2)]);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}
