import { writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout, wherever the program was called from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * Says what is being done. On standard error, because standard output may be read by a program.
 * @param {string} line
 */
export function say(line) {
  writeSync(2, `${line}\n`);
}

/**
 * Does the work; a failure becomes one sentence and exit code 1.
 * @param {() => Promise<void>} work
 */
export async function orSentence(work) {
  try {
    await work();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
