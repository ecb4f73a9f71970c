import { spawn } from "node:child_process";
import { passSignalsTo } from "./pass-signals-to.mjs";

/**
 * Lets another program take this one's place: same terminal, same signals, same exit code. Where Node can, the process itself is replaced,
 * so that nothing stands between a supervisor and the gateway; else this process waits and passes on what it receives.
 * @param {string} program @param {string[]} words
 * @returns {Promise<void>}
 */
export function handOver(program, words) {
  if (typeof process.execve === "function") process.execve(program, [program, ...words], process.env);
  return waitFor(program, words);
}

/** @param {string} program @param {string[]} words @returns {Promise<void>} */
function waitFor(program, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: "inherit" });
    const forget = passSignalsTo(child);
    child.once("error", (error) => reject(new Error(`${program} cannot be run: ${error.message}`)));
    child.once("exit", (code, signal) => {
      forget();
      if (signal !== null) process.kill(process.pid, signal);
      else process.exitCode = code ?? 1;
      resolve();
    });
  });
}
