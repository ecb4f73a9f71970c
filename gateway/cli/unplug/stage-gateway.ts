/** The gateway that may be broken: the production program in a process of its own, with somebody who starts it again. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export type GatewayState = "runs" | "starts" | "stopped";

/** Between two starts, where one ended by itself: a database that cannot be read ends it. */
const againMs = 200;

const program = join(import.meta.dirname, "gateway-program.ts");

/** Whether files of a running process can be limited here: Linux has a program for it. */
export function canLimitFiles(): boolean {
  return spawnSync("prlimit", ["--version"], { stdio: "ignore" }).status === 0;
}

export class StageGateway {
  readonly #dataFolder: string;
  readonly #log: WriteStream;
  #child: ChildProcess | null = null;
  /** Counts up with each start and each kill: whoever was at work on an earlier one stops. 0: never started. */
  #round = 0;
  #wanted = false;
  #port: number | null = null;
  #fileBytes: number | "unlimited" = "unlimited";

  /** `dataFolder`: with a database and a master key; the log is written beside them. */
  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
    this.#log = createWriteStream(join(dataFolder, "gateway.log"), { flags: "a" });
    this.#log.on("error", () => undefined);
  }

  /** Null while it does not listen. Another one after each start. */
  get port(): number | null {
    return this.#port;
  }

  get state(): GatewayState {
    if (!this.#wanted) return "stopped";
    return this.#port === null ? "starts" : "runs";
  }

  /** The first start: rejects where the process ends before it listens, as something is wrong that no second one would mend. */
  async open(): Promise<void> {
    this.#wanted = true;
    this.#round += 1;
    if (!(await this.#listens(this.#round))) throw new Error("the gateway ended before it listened");
  }

  /** Resolves when it listens, or was stopped before. */
  async start(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#round += 1;
    const round = this.#round;
    while (this.#round === round && !(await this.#listens(round))) await sleep(againMs);
  }

  /** `kill -9`: no goodbye, no last write. Resolves when it is gone. */
  async kill(): Promise<void> {
    this.#wanted = false;
    this.#round += 1;
    this.#port = null;
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const gone = ended(child);
    child.kill("SIGKILL");
    await gone;
  }

  /** No file of it may grow beyond this from now on, as on a disk that is full; holds for later processes too. */
  limitFiles(bytes: number | "unlimited"): void {
    this.#fileBytes = bytes;
    if (this.#port !== null) this.#applyLimit();
  }

  async close(): Promise<void> {
    await this.kill();
    this.#log.end();
  }

  #applyLimit(): void {
    spawnSync("prlimit", [`--pid=${this.#child?.pid}`, `--fsize=${this.#fileBytes}:unlimited`], { stdio: "ignore" });
  }

  /** False: it ended before it listened. */
  async #listens(round: number): Promise<boolean> {
    const child = spawn(process.execPath, [...process.execArgv, program, "start"], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: this.#environment(),
    });
    this.#child = child;
    child.stderr?.pipe(this.#log, { end: false });
    const port = await Promise.race([this.#portOf(child), ended(child).then(() => null)]);
    if (port === null || this.#round !== round) return false;
    this.#port = port;
    if (this.#fileBytes !== "unlimited") this.#applyLimit();
    void ended(child).then(() => this.#died(round));
    return true;
  }

  /** By itself, as nobody wanted it to. */
  #died(round: number): void {
    if (this.#round !== round) return;
    this.#port = null;
    this.#wanted = false;
    void this.start();
  }

  /** From its log, where it says that it listens. */
  #portOf(child: ChildProcess): Promise<number> {
    return new Promise((resolve) => {
      if (child.stdout === null) return;
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.#log.write(`${line}\n`);
        const url = line.includes('"event":"listening"') ? /"url":"([^"]+)"/.exec(line)?.[1] : undefined;
        if (url !== undefined) resolve(Number(new URL(url).port));
      });
    });
  }

  /** The shop's settings are not the stage's. */
  #environment(): NodeJS.ProcessEnv {
    const others = Object.entries(process.env).filter(([name]) => !/^(BECKON_.*|HOST|PORT)$/.test(name));
    return { ...Object.fromEntries(others), HOST: "127.0.0.1", PORT: "0", BECKON_DATA: this.#dataFolder };
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
