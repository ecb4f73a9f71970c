/** One place for a gateway on a fixed port, in which processes are started, killed, frozen, and started again. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { keepProcess } from "../../../bin/test-servers/keep.ts";
import type { FailPoint, GatewayCommand, GatewayNews, GatewayOrders, Handed, ServerOrders } from "./gateway-orders.ts";

export interface GatewayOptions<Orders extends ServerOrders = Omit<GatewayOrders, "wallAheadMs">> {
  /** Its file: the laboratory's gateway, or the server of a peer. */
  readonly program: string;
  readonly orders: Orders;
  /** What it says goes here. */
  readonly logPath: string;
  /** Of the defect `callback-instead-of-cursor`. */
  readonly handed?: (event: Handed) => void;
}

/** A start that finds its database gone ends, as a supervisor would see it. */
const supervisorMs = 100;

export class GatewayProcess<Orders extends ServerOrders = Omit<GatewayOrders, "wallAheadMs">> {
  readonly #options: GatewayOptions<Orders>;
  #child: ChildProcess | null = null;
  #wallAheadMs = 0;
  /** Most files that the next process may have open; 0: as many as the machine lets. */
  maxFiles = 0;
  /** Of the next process, beside ours. */
  environment: Readonly<Record<string, string>> = {};
  #wanted = false;

  constructor(options: GatewayOptions<Orders>) {
    this.#options = options;
  }

  /** Resolves when it listens; tries again while the database does not answer. */
  async start(): Promise<void> {
    this.#wanted = true;
    while (this.#wanted && !(await this.#tryToStart())) await sleep(supervisorMs);
  }

  /** kill -9; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const gone = ended(child);
    child.kill("SIGKILL");
    await gone;
  }

  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  /** No file of it may grow beyond this from now on, as on a disk that is full. `unlimited`: there is room again. */
  limitFiles(bytes: number | "unlimited"): void {
    execFileSync("prlimit", [`--pid=${this.#child?.pid}`, `--fsize=${bytes}:unlimited`]);
  }

  /** Resolves when the process has died there; with how often it says to have been there, or 0 if it died of something else. */
  async dieAt(point: FailPoint, after: number): Promise<number> {
    const child = this.#child;
    if (!child) throw new Error("there is no gateway that could die");
    const { witnessPath } = this.#options.orders;
    writeFileSync(witnessPath, "");
    const gone = ended(child);
    await this.#tell({ do: "die-at", point, after });
    await gone;
    this.#child = null;
    const reached = readFileSync(witnessPath, "utf8")
      .split("\n")
      .filter((line) => line === point).length;
    return child.signalCode === "SIGKILL" && reached === after ? reached : 0;
  }

  /** Resolves when its event loop moves again. */
  block(ms: number): Promise<void> {
    return this.#tell({ do: "block", ms });
  }

  jump(ms: number): Promise<void> {
    this.#wallAheadMs += ms;
    return this.#tell({ do: "jump", ms });
  }

  async #tryToStart(): Promise<boolean> {
    const { logPath, handed, program: file, orders } = this.#options;
    const program = [file, JSON.stringify({ ...orders, wallAheadMs: this.#wallAheadMs })];
    const [command, words] =
      this.maxFiles > 0
        ? ["/bin/sh", ["-c", `ulimit -n ${this.maxFiles}; exec "$0" "$@"`, process.execPath, ...program]]
        : [process.execPath, program];
    const child = spawn(command as string, words as string[], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, ...this.environment },
    });
    child.stderr?.pipe(createWriteStream(logPath, { flags: "a" }));
    child.on("message", (news: GatewayNews) => {
      if ("handed" in news) for (const event of news.handed) handed?.(event);
    });
    this.#child = child;
    const [ready] = await Promise.all([
      Promise.race([heard(child, (news) => "ready" in news), ended(child).then(() => false)]),
      keepProcess(child),
    ]);
    if (!ready && this.#child === child) this.#child = null;
    return ready;
  }

  async #tell(command: GatewayCommand): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const done = heard(child, (news) => "done" in news && news.done === command.do);
    child.send(command);
    await Promise.race([done, ended(child)]);
  }
}

function heard(child: ChildProcess, wanted: (news: GatewayNews) => boolean): Promise<true> {
  return new Promise((resolve) => {
    const listen = (news: GatewayNews): void => {
      if (!wanted(news)) return;
      child.off("message", listen);
      resolve(true);
    };
    child.on("message", listen);
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
