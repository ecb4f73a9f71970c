/**
 * `npm run bench`: lists the benchmarks. `npm run bench -- NAME [--json]` runs one; exit 1 where a row falls short.
 * With `--json` the last line is the result as JSON.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BenchResult, type BenchRow, holds } from "./bench-result.ts";

const folder = import.meta.dirname;

/** A file is a benchmark if it exports `run`. */
export function benches(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) => /^export (async )?function run\(/m.test(readFileSync(join(folder, file), "utf8")))
    .map((file) => file.slice(0, -".ts".length));
}

async function main(words: readonly string[]): Promise<number> {
  const json = words.includes("--json");
  const [name] = words.filter((word) => !word.startsWith("--"));
  if (name === undefined || !benches().includes(name)) {
    process.stdout.write(`npm run bench -- NAME [--json], one of: ${benches().join(", ")}\n`);
    return name === undefined ? 0 : 1;
  }
  const { run } = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { run(): Promise<BenchResult> };
  const result = await run();
  for (const row of result.rows) process.stdout.write(`${line(row)}\n`);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${result.ok ? "ok" : "falls short"}\n`);
  return result.ok ? 0 : 1;
}

function line(row: BenchRow): string {
  const figure = `${row.name.padEnd(60)} ${format(row.value).padStart(10)} ${row.unit.padEnd(14)}`;
  const ratio = row.ratio === null ? "" : `${row.ratio.toFixed(2)}x`;
  const verdict = row.must === null ? "" : `must be ${row.must}: ${holds(row) ? "ok" : "falls short"}`;
  return `${figure} ${ratio.padStart(8)}  ${verdict}`.trimEnd();
}

function format(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
