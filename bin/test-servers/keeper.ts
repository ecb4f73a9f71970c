/**
 * The keeper of the test servers: a process of its own that starts a server when it is first asked for (`GET /mariadb` answers its URL)
 * and ends all of them when its standard input closes. That happens however its parent ends, kill -9 included. What others have started
 * it ends too, where they asked for it (`PUT /process/NUMBER`, `PUT /folder/PATH`).
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMariadb } from "./mariadb.ts";
import { startMysql56 } from "./mysql56.ts";
import { startRedis } from "./redis.ts";
import type { TestServer } from "./server-process.ts";
import { Wards } from "./wards.ts";

const root = mkdtempSync(join(realpathSync(tmpdir()), "beckon-test-servers-"));
const cacheFolder = join(import.meta.dirname, "..", "..", ".cache");
const starters: Readonly<Record<string, () => Promise<TestServer>>> = {
  "/mariadb": () => startMariadb(join(root, "mariadb")),
  "/mysql56": () => startMysql56(join(root, "mysql56"), cacheFolder),
  "/redis": () => startRedis(join(root, "redis")),
};
const started = new Map<string, Promise<TestServer>>();
const wards = new Wards();
let stopping = false;

function serverFor(path: string): Promise<TestServer> {
  const known = started.get(path);
  if (known !== undefined) return known;
  const starter = starters[path];
  if (starter === undefined || stopping) return Promise.reject(new Error(`no test server ${path}`));
  const server = starter();
  started.set(path, server);
  return server;
}

async function stopAll(): Promise<void> {
  if (stopping) return;
  stopping = true;
  const results = await Promise.allSettled(started.values());
  await Promise.all(results.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)));
  wards.end();
  rmSync(root, { recursive: true, force: true });
  process.exit(0);
}

const desk = createServer((request, response) => {
  if (request.method === "PUT") return void response.writeHead(wards.add(request.url ?? "") ? 204 : 400).end();
  serverFor(request.url ?? "").then(
    (server) => response.end(server.url),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
desk.requestTimeout = 0;
desk.listen(0, "127.0.0.1", () => {
  const address = desk.address();
  if (address !== null && typeof address === "object") process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});

process.stdin.resume().once("close", stopAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stopAll);
// The reader of the first line may be gone already; the servers must still be ended.
process.stdout.on("error", stopAll);
