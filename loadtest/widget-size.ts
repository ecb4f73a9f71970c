/** `npm run bench -- widget-size`: what a host page has to load. The build itself fails above the same bounds. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BenchResult, benchResult } from "./bench-result.ts";

const dist = join(import.meta.dirname, "..", "dist");
const firstLoadBytes = 9216;
const allBytes = 24_576;

export async function run(): Promise<BenchResult> {
  const first = gzipBytes(join(dist, "beckon.js"));
  const others = readdirSync(join(dist, "assets"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => gzipBytes(join(entry.parentPath, entry.name)));
  const all = others.reduce((sum, bytes) => sum + bytes, first);
  return benchResult("widget-size", [
    { name: "first load, panel closed", value: first, unit: "bytes gzip", ratio: null, must: `<= ${firstLoadBytes}` },
    { name: "all of the widget", value: all, unit: "bytes gzip", ratio: null, must: `<= ${allBytes}` },
  ]);
}

function gzipBytes(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}
