import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

const testDatabases = new URL("../../storage/test-databases.ts", import.meta.url).href;

function answers(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname);
    const tell = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", tell(true)).once("error", tell(false));
  });
}

test("the servers of a run end with it, even if it is killed", async () => {
  const { TEST_SERVERS_URL: _ours, ...environment } = process.env;
  const run = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const { redisUrl } = await import(${JSON.stringify(testDatabases)});
       console.log(await redisUrl());
       setInterval(() => {}, 1000);`,
    ],
    { env: environment, stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = (await once(createInterface(run.stdout), "line")) as [string];
  const url = new URL(line);
  expect(await answers(url)).toBe(true);

  const ended = once(run, "exit");
  run.kill("SIGKILL");
  await ended;
  while (await answers(url)) await sleep(10);
});
