import { existsSync } from "node:fs";
import { join } from "node:path";
import { boundaryFaults, ruleFaults } from "./boundaries.ts";
import { machinePathFaults } from "./machine-paths.ts";
import { runProgram } from "./run-program.ts";

/** One question about the sources. `faults`: empty if the answer is good. */
export interface Step {
  readonly name: string;
  readonly faults: () => Promise<readonly string[]>;
}

/** All steps, the slow ones first. */
export function checkSteps(root: string): readonly Step[] {
  const tool = (name: string, ...words: string[]) => programFaults(root, name, words);
  const types = (config: string): Step => ({
    name: `types: ${config}`,
    faults: tool("tsc", "--project", config, ...remembering(config)),
  });
  return [
    ...typeConfigs.filter((config) => existsSync(join(root, config))).map(types),
    { name: "unused code (knip)", faults: tool("knip", "--no-progress") },
    { name: "style (Biome)", faults: tool("biome", "check", "--diagnostic-level=warn", "--error-on-warnings") },
    { name: "who may import whom", faults: () => boundaryFaults(root) },
    { name: "the import rules refuse wrong imports", faults: () => ruleFaults(root) },
    { name: "no machine's paths, no registry's host", faults: () => machinePathFaults(root) },
  ];
}

const typeConfigs = [
  "tsconfig.json",
  "bin/tsconfig.json",
  "admin/tsconfig.json",
  "widget/tsconfig.json",
  "widget/tsconfig.test.json",
  "e2e/tsconfig.json",
  "protocol/tsconfig.json",
  "loadtest/k6/tsconfig.json",
];

/** What the compiler found out last time: most checks follow a small change. */
function remembering(config: string): string[] {
  return ["--incremental", "--tsBuildInfoFile", join(".cache", "types", `${config.replaceAll("/", "-")}.tsbuildinfo`)];
}

function programFaults(root: string, name: string, words: readonly string[]): Step["faults"] {
  return async () => {
    const { exitCode, output } = await runProgram(join(root, "node_modules", ".bin", name), words, root);
    return exitCode === 0 ? [] : [output];
  };
}
