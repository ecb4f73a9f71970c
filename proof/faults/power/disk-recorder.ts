/** The recorder of writes and syncs, built for this machine, and how a process is started with it. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findProgram } from "../../../bin/test-servers/server-process.ts";

/** Environment of a process that writes down in `recordPath` what it does to files whose path begins with `prefix`. Built in `folder`. */
export function recorderEnvironment(
  folder: string,
  prefix: string,
  recordPath: string,
): Readonly<Record<string, string>> {
  const library = join(folder, "disk-recorder.so");
  const source = join(import.meta.dirname, "disk-recorder.c");
  execFileSync(findProgram("cc", "gcc libc6-dev"), ["-shared", "-fPIC", "-O1", "-Wall", "-o", library, source]);
  return { LD_PRELOAD: library, DISK_PREFIX: prefix, DISK_RECORD: recordPath };
}
