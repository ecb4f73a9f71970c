import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A real server that lives for one test run. */
export interface TestServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it at once and waits until it has gone. Its data is thrown away, so nothing is flushed. */
  stop(): Promise<void>;
}

/** How one kind of server is started and asked whether it answers. */
export interface ServerRecipe {
  readonly name: string;
  readonly program: string;
  readonly arguments: (port: number) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly url: (port: number) => string;
  /** Resolves once the server answers; rejects while it does not. */
  readonly probe: (port: number) => Promise<void>;
  readonly logPath: string;
}

const startLimitMs = 120_000;
const probePauseMs = 25;
const maxPortAttempts = 5;

/** Starts a server on a free port of 127.0.0.1. Another process may take the port in between, so it tries again on another one. */
export async function startServer(recipe: ServerRecipe): Promise<TestServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnPort(recipe, await freePort());
    } catch (error) {
      if (attempt === maxPortAttempts || !/in use|errno: 98/i.test(String(error))) throw error;
    }
  }
}

/** Starts a server on a given port; rejects with the end of its log if it ends before it answers. */
export async function startOnPort(recipe: ServerRecipe, port: number): Promise<TestServer> {
  const log = openSync(recipe.logPath, "w");
  const child = spawn(recipe.program, recipe.arguments(port), {
    stdio: ["ignore", log, log],
    env: { ...process.env, ...recipe.environment },
  });
  const gone = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(`ended with ${signal ?? code}`));
    child.once("error", (error) => resolve(error.message));
  });
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  const failure = await Promise.race([answers(recipe, port), gone]);
  if (failure === undefined) return { url: recipe.url(port), process: child, stop };
  await stop();
  throw new Error(`${recipe.name}: ${failure}\n${readFileSync(recipe.logPath, "utf8").slice(-2000)}`);
}

async function answers(recipe: ServerRecipe, port: number): Promise<string | undefined> {
  const giveUpAt = performance.now() + startLimitMs;
  while (performance.now() < giveUpAt) {
    try {
      await recipe.probe(port);
      return undefined;
    } catch {
      await sleep(probePauseMs);
    }
  }
  return `no answer within ${startLimitMs} ms`;
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Where a program lies; servers stand in sbin, which is not on everybody's path. Throws the line to type if it is missing. */
export function findProgram(name: string, debianPackage: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/usr/bin"];
  const found = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (found === undefined) throw new Error(`${name} is not installed: apt-get install ${debianPackage}`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
