#!/usr/bin/env node
// npm run check: types, style, who may import whom, unused code. Reads the sources only; starts nothing.
import { join } from "node:path";
import { handOver } from "./launch/hand-over.mjs";
import { installPackages } from "./launch/packages.mjs";
import { pinnedNode } from "./launch/pinned-node.mjs";
import { orSentence, root } from "./launch/root.mjs";

await orSentence(async () => {
  await installPackages("everything");
  await handOver(pinnedNode(), [join(root, "bin", "check", "main.ts")]);
});
