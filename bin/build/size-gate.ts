import type { BuiltFile } from "./output-folder.ts";

/** Bytes after gzip -9. The first is what every page view of every visitor pays. */
export const maxFirstLoadGzipBytes = 9_216;
export const maxWidgetGzipBytes = 24_576;

/** The files that one visitor's browser may load, by their names in the manifest; the panel in the page's language. */
export const widgetFileNames = {
  en: ["beckon.js", "panel.en.js"],
  "zh-CN": ["beckon.js", "panel.zh-CN.js"],
} as const;

/** What is too large, as sentences; empty if nothing is. */
export function sizeFaults(files: ReadonlyMap<string, BuiltFile>): string[] {
  const gzipBytes = (name: string) => files.get(name)?.gzip ?? 0;
  const firstLoad = gzipBytes("beckon.js");
  const sums = Object.values(widgetFileNames).map((names) => names.reduce((sum, name) => sum + gzipBytes(name), 0));
  const widget = Math.max(...sums);
  const faults: string[] = [];
  if (firstLoad > maxFirstLoadGzipBytes) {
    faults.push(`beckon.js has ${firstLoad} bytes after gzip, ${maxFirstLoadGzipBytes} are allowed`);
  }
  if (widget > maxWidgetGzipBytes) {
    faults.push(`the widget's files have ${widget} bytes after gzip, ${maxWidgetGzipBytes} are allowed`);
  }
  return faults;
}
