/** A real gateway as a process of its own, which may be ended in any way and comes back on the same port with the same data. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..");
/** The one that runs the sources as they are, whichever runs the tests. */
const pinnedNode = join(root, "node_modules", ".bin", "node");

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** The line of `demo --json`. */
interface ReadyLine {
  readonly url: string;
  readonly site: string;
  readonly agents: readonly Login[];
}

/** So that nobody waits for minutes: a visitor who left is gone after a moment. */
const patience = { BECKON_VISIT_GRACE_MS: "1500", BECKON_SWEEP_MS: "500" };

/** None outlives the tests, also where they are ended before their time. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export class GatewayProcess {
  readonly dataFolder = mkdtempSync(join(tmpdir(), "beckon-e2e-"));
  #port: string | undefined;
  #child: ChildProcess | undefined;
  #ready: ReadyLine | undefined;

  static async start(): Promise<GatewayProcess> {
    const gateway = new GatewayProcess();
    await gateway.comesUp();
    return gateway;
  }

  get url(): string {
    return this.#readyLine.url;
  }

  get site(): string {
    return this.#readyLine.site;
  }

  /** Mei, the owner, and Jonas, an agent. */
  get logins(): readonly Login[] {
    return this.#readyLine.agents;
  }

  get #readyLine(): ReadyLine {
    if (this.#ready === undefined) throw new Error("the gateway is not up");
    return this.#ready;
  }

  /** Runs until {@link dies} or {@link stops}; again on the port that it had. */
  async comesUp(): Promise<void> {
    this.#port ??= await quietPort();
    const child = this.#spawn(["demo", "--json"], { ...patience, PORT: this.#port });
    this.#child = child;
    running.add(child);
    child.once("close", () => running.delete(child));
    const complaints = collect(child);
    const line = await firstLine(child);
    if (line === undefined) throw new Error(`the gateway did not come up: ${complaints()}`);
    this.#ready = JSON.parse(line) as ReadyLine;
  }

  /** `kill -9`: no goodbye, no last write. */
  async dies(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Drains and says with which code it went. */
  async stops(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  /** A command of the same program on the same data, such as `setup`; gives what it printed. */
  async runs(...words: string[]): Promise<string> {
    const child = this.#spawn(words, {});
    const complaints = collect(child);
    let printed = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${complaints()}`);
    return printed;
  }

  async remove(): Promise<void> {
    await this.dies();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  #spawn(words: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess {
    const program = join(root, "gateway", "cli", "main.ts");
    return spawn(pinnedNode, [program, ...words], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, BECKON_DATA: this.dataFolder, ...settings },
    });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    const closed = once(child, "close");
    child.kill(signal);
    const [code] = (await closed) as [number | null];
    return code;
  }
}

/** True if a file of the data folder holds the text: what must never be written down. */
export function dataFolderHolds(folder: string, text: string): boolean {
  const files = ["beckon.sqlite", "beckon.sqlite-wal"].map((name) => join(folder, name));
  return files.some((file) => existsSync(file) && readFileSync(file).includes(text));
}

const firstQuietPort = 20_000;
const lastQuietPort = 32_000;

/** A free port below those that systems hand out by themselves: it is still free when the gateway comes back after its death. */
async function quietPort(): Promise<string> {
  for (;;) {
    const port = firstQuietPort + Math.floor(Math.random() * (lastQuietPort - firstQuietPort));
    if (await isFree(port)) return String(port);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function collect(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) return line;
  return undefined;
}

/** One that is there for the time of `use`, with a data folder of its own. */
export async function withGateway(use: (gateway: GatewayProcess) => Promise<void>): Promise<void> {
  const gateway = await GatewayProcess.start();
  try {
    await use(gateway);
  } finally {
    await gateway.remove();
  }
}
