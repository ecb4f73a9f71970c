import { readFileSync, rmSync } from "node:fs";

/** Processes and folders that somebody asked the keeper to end and remove, should they still be there when the run is over. */
export class Wards {
  /** Number to the moment of its start: a number may have been given to another process meanwhile. */
  readonly #processes = new Map<number, string>();
  readonly #folders = new Set<string>();

  /** `path`: `/process/NUMBER` or `/folder/PATH`, encoded. False: it is neither. */
  add(path: string): boolean {
    const [, kind, name] = /^\/(process|folder)\/([^/]+)$/.exec(path) ?? [];
    if (kind === "process" && Number.isSafeInteger(Number(name))) this.#processes.set(Number(name), startOf(name));
    else if (kind === "folder") this.#folders.add(decodeURIComponent(name ?? ""));
    else return false;
    return true;
  }

  /** `kill -9`, which also ends who hangs or is stopped; then the folders, in which nobody writes any more. */
  end(): void {
    for (const [number, start] of this.#processes) if (start !== "" && startOf(number) === start) kill(number);
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

function kill(number: number): void {
  try {
    process.kill(number, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

/** Field 22 of `/proc/NUMBER/stat`; empty: there is no such process. */
function startOf(number: number | string | undefined): string {
  try {
    const stat = readFileSync(`/proc/${number}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
