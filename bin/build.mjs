#!/usr/bin/env node
// npm run build: the browser bundles, whether or not they are up to date.
import { rebuildBundles } from "./launch/bundles.mjs";
import { installPackages } from "./launch/packages.mjs";
import { orSentence } from "./launch/root.mjs";

await orSentence(async () => {
  await installPackages("production");
  await rebuildBundles();
});
