import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { findProgram, startServer, type TestServer } from "./server-process.ts";

/** A Redis without persistence below `folder`. */
export async function startRedis(folder: string): Promise<TestServer> {
  mkdirSync(folder, { recursive: true });
  return startServer({
    name: "Redis",
    program: findProgram("redis-server", "redis-server"),
    arguments: (port) => [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      folder,
    ],
    url: (port) => `redis://127.0.0.1:${port}`,
    probe: (port) => isOurs(port, folder),
    logPath: join(folder, "server.log"),
  });
}

/** Another run's server may have taken the port in the meantime: ours works in our folder. */
function isOurs(port: number, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("CONFIG GET dir\r\n"));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      if (answer.toString().includes(folder)) resolve();
      else reject(new Error(answer.toString()));
    });
  });
}
