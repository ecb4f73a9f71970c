/**
 * `npm run bench -- widget-size`: what a host page has to load. The panel is built once for each language and a page loads one of them:
 * the largest counts. The build itself fails above the same bounds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BenchResult, benchResult } from "./bench-result.ts";

const dist = join(import.meta.dirname, "..", "dist");
const firstLoadBytes = 9216;
const allBytes = 24_576;

export async function run(): Promise<BenchResult> {
  const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8")) as Record<string, { url: string }>;
  const first = gzipBytes(manifest["beckon.js"]?.url ?? "");
  const panels = Object.entries(manifest).filter(([name]) => name.startsWith("panel."));
  const panel = Math.max(...panels.map(([, { url }]) => gzipBytes(url)));
  return benchResult("widget-size", [
    { name: "first load, panel closed", value: first, unit: "bytes gzip", ratio: null, must: `<= ${firstLoadBytes}` },
    { name: "all of the widget", value: first + panel, unit: "bytes gzip", ratio: null, must: `<= ${allBytes}` },
  ]);
}

function gzipBytes(url: string): number {
  return gzipSync(readFileSync(join(dist, url)), { level: 9 }).length;
}
