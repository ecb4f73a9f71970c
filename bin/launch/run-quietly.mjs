import { spawn } from "node:child_process";
import { passSignalsTo } from "./pass-signals-to.mjs";
import { root, say } from "./root.mjs";

/**
 * Runs a program in the checkout and shows what it printed only if it fails.
 * @param {string} program @param {string[]} words @param {string} failure the sentence for that case
 * @returns {Promise<void>}
 */
export function runQuietly(program, words, failure) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const forget = passSignalsTo(child);
    /** @type {Buffer[]} */
    const printed = [];
    child.stdout.on("data", (chunk) => printed.push(chunk));
    child.stderr.on("data", (chunk) => printed.push(chunk));
    child.once("error", (error) => reject(new Error(`${failure}: ${error.message}`)));
    child.once("close", (code, signal) => {
      forget();
      if (signal !== null) return process.kill(process.pid, signal);
      if (code === 0) return resolve();
      say(Buffer.concat(printed).toString().trimEnd());
      reject(new Error(`${failure} (exit code ${code}).`));
    });
  });
}
