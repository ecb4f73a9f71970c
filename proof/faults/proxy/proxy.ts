/** The fault proxy as the laboratory sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { keepProcess } from "../../../bin/test-servers/keep.ts";
import type { LineTrouble, ProxyAnswer, ProxyCommand } from "./line-trouble.ts";
import { noTrouble } from "./line-trouble.ts";

export interface FaultProxy {
  /** One for each line. */
  readonly urls: readonly string[];
  /** From now on; what is not named is fine. `line` absent: every line. */
  trouble(trouble: Partial<LineTrouble>, line?: number): Promise<void>;
  fine(line?: number): Promise<void>;
  /** How often the trouble has met something since it was set. */
  hits(line?: number): Promise<number>;
  /** Resets open connections and returns their number. */
  cut(side: "both" | "client", line?: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startProxy(lines: number, gatewayPort: number): Promise<FaultProxy> {
  const program = fork(join(import.meta.dirname, "proxy-program.ts"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
  });
  await keepProcess(program);
  const ask = asking(program);
  const { ports } = (await ask({ do: "listen", lines, gatewayPort })) as { ports: number[] };
  const count = async (command: ProxyCommand): Promise<number> => ((await ask(command)) as { hits: number }).hits;
  const on = (line: number | undefined) => (line === undefined ? {} : { line });
  const set = async (trouble: LineTrouble, line?: number): Promise<void> => {
    await ask({ do: "trouble", trouble, ...on(line) });
  };
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    trouble: (trouble, line) => set({ ...noTrouble, ...trouble }, line),
    fine: (line) => set(noTrouble, line),
    hits: (line) => count({ do: "hits", ...on(line) }),
    cut: (side, line) => count({ do: "cut", side, ...on(line) }),
    stop: () => end(program),
  };
}

function asking(program: ChildProcess): (command: ProxyCommand) => Promise<ProxyAnswer> {
  const waiting = new Map<number, (answer: ProxyAnswer) => void>();
  let asked = 0;
  program.on("message", ({ number, answer }: { number: number; answer: ProxyAnswer }) => {
    waiting.get(number)?.(answer);
    waiting.delete(number);
  });
  return (command) =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      program.send({ number: asked, command });
    });
}

function end(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (program.exitCode !== null || program.signalCode !== null) return resolve();
    program.once("exit", () => resolve());
    program.kill("SIGKILL");
  });
}
