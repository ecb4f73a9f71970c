import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { runProgram } from "./run-program.ts";
import { type SampleImport, sampleImports } from "./wrong-imports.ts";

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const projectFolders = ["protocol", "gateway", "storage", "widget", "admin", "demo", "loadtest", "e2e", "bin"];
const fewestModules = 100;

/** Who may import whom in this repository; faults as sentences. Seeing few modules is a fault too: a parser that fails reads none. */
export async function boundaryFaults(root: string): Promise<string[]> {
  const { summary } = await cruise(root, root, projectFolders);
  const faults = summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} imports ${to}`);
  if (summary.totalCruised < fewestModules) faults.push(`only ${summary.totalCruised} modules were seen`);
  return faults;
}

/** The rules on deliberately wrong imports: what they let pass, what they refuse without cause, which rule no sample tries. */
export async function ruleFaults(root: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "beckon-boundaries-"));
  try {
    writeSamples(folder);
    const { summary } = await cruise(root, folder, ["."]);
    const got = new Set(
      summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} imports ${importedName(to)}`),
    );
    const wanted = new Set(
      sampleImports.filter(({ rule }) => rule !== null).map(({ from, to, rule }) => `${rule}: ${from} imports ${to}`),
    );
    const tried = new Set(sampleImports.map(({ rule }) => rule));
    return [
      ...[...wanted].filter((line) => !got.has(line)).map((line) => `not refused: ${line}`),
      ...[...got].filter((line) => !wanted.has(line)).map((line) => `refused: ${line}`),
      ...summary.ruleSetUsed.forbidden
        .filter(({ name }) => !tried.has(name))
        .map(({ name }) => `no sample tries ${name}`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function cruise(root: string, cwd: string, paths: readonly string[]): Promise<Cruise> {
  const program = join(root, "node_modules", ".bin", "depcruise");
  const config = join(root, ".dependency-cruiser.mjs");
  const words = [program, "--config", config, "--output-type", "json", ...paths];
  const { stdout, output } = await runProgram(process.execPath, words, cwd);
  try {
    return JSON.parse(stdout) as Cruise;
  } catch {
    throw new Error(output);
  }
}

/** A repository in small: the files of the samples with their imports, and packages without content. */
function writeSamples(folder: string): void {
  const sources = new Map<string, string>();
  const packages = new Set<string>();
  for (const { from, to } of sampleImports) {
    sources.set(from, `${sources.get(from) ?? ""}import { x } from "${specifier(from, to)}";\nconsole.log(x);\n`);
    if (isOwnFile(to)) sources.set(to, sources.get(to) ?? "");
    else if (isPackage(to)) packages.add(to);
  }
  for (const [path, source] of sources) write(folder, path, `${source}export const x = 1;\n`);
  for (const name of packages) write(folder, `node_modules/${name}/index.js`, "exports.x = 1;\n");
  const development = ["vitest", "fast-check"];
  const listed = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "1.0.0"]));
  write(
    folder,
    "package.json",
    JSON.stringify({
      dependencies: listed([...packages].filter((name) => !development.includes(name))),
      devDependencies: listed(development),
    }),
  );
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function specifier(from: string, to: SampleImport["to"]): string {
  if (!isOwnFile(to)) return to;
  const relative = posix.relative(posix.dirname(from), to);
  return relative.startsWith(".") ? relative : `./${relative}`;
}

function isOwnFile(path: string): boolean {
  return !path.startsWith(".") && /\.tsx?$/.test(path);
}

function isPackage(name: string): boolean {
  return !/^(node:|\.)/.test(name);
}

/** What was imported, as it stands in the source: a package by its name, a part of Node by its prefix. */
function importedName(path: string): string {
  if (/^[a-z_]+$/.test(path)) return `node:${path}`;
  return /^node_modules\/([^/]+)/.exec(path)?.[1] ?? path;
}
