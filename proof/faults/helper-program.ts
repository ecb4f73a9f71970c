/** A process of the laboratory that answers what it is asked, in any order. */
import { type ChildProcess, fork } from "node:child_process";
import { keepProcess } from "../../bin/test-servers/keep.ts";

export interface HelperProgram<Command, Answer> {
  ask(command: Command): Promise<Answer>;
  /** kill -9; resolves when it is gone. */
  stop(): Promise<void>;
}

export async function startHelper<Command, Answer>(path: string): Promise<HelperProgram<Command, Answer>> {
  const program = fork(path, { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  await keepProcess(program);
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  program.on("message", ({ number, answer }: { number: number; answer: Answer }) => {
    waiting.get(number)?.(answer);
    waiting.delete(number);
  });
  return {
    ask: (command) =>
      new Promise((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        program.send({ number: asked, command });
      }),
    stop: () => end(program),
  };
}

/** In the program. */
export function answerAsked<Command, Answer>(work: (command: Command) => Promise<Answer>): void {
  process.on("message", ({ number, command }: { number: number; command: Command }) => {
    void work(command).then((answer) => process.send?.({ number, answer }));
  });
  process.on("disconnect", () => process.exit(0));
}

function end(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (program.exitCode !== null || program.signalCode !== null) return resolve();
    program.once("exit", () => resolve());
    program.kill("SIGKILL");
  });
}
