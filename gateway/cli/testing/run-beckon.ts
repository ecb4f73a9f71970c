/** The program as an operator runs it: a process, its output, its exit code. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export interface Finished {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves with the first line on standard output that `wanted` accepts; rejects if the program ends before. */
  line(wanted: (line: string) => boolean): Promise<string>;
  readonly finished: Promise<Finished>;
}

const program = join(import.meta.dirname, "..", "main.ts");

/** The environment is what is given and the path, nothing that the test runner has. */
export function startBeckon(words: readonly string[], environment: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => resolve({ code, output, errors }));
  });
  return {
    process: child,
    finished,
    line: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = output.split("\n").find(wanted);
          if (found !== undefined) resolve(found);
        };
        listeners.add(look);
        look();
        void finished.then(({ code }) =>
          reject(new Error(`it ended with ${code} before the line came: ${output}${errors}`)),
        );
      }),
  };
}

export function runBeckon(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Finished> {
  return startBeckon(words, environment).finished;
}
