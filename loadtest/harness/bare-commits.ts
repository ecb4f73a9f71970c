/**
 * The baseline of a bench under load: one row inserted and committed at a time, by a process of its own, so that nobody's frames
 * stand in its way. Started with a database URL; told a number of ms, it answers with the times, ms.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mysql2/promise";

const pauseMs = 50;

export interface BareCommits {
  /** How long each took, ms. */
  during(ms: number): Promise<number[]>;
  stop(): Promise<void>;
}

/** MariaDB or MySQL; makes the table `bare` there. */
export async function openBareCommits(databaseUrl: string): Promise<BareCommits> {
  const child = fork(import.meta.filename, [databaseUrl]);
  await answer(child);
  return {
    async during(ms) {
      child.send(ms);
      return (await answer(child)) as number[];
    },
    async stop() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

async function answer(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  try {
    const gone = once(child, "exit", { signal: ended.signal }).then(() => {
      throw new Error("the process of the bare commits ended");
    });
    const [message] = (await Promise.race([once(child, "message", { signal: ended.signal }), gone])) as [unknown];
    return message;
  } finally {
    ended.abort();
  }
}

async function serve(databaseUrl: string): Promise<void> {
  const connection = await createConnection(databaseUrl);
  await connection.query("CREATE TABLE bare (id BIGINT AUTO_INCREMENT PRIMARY KEY, body VARBINARY(300) NOT NULL)");
  process.on("message", async (ms: number) => {
    const times: number[] = [];
    for (const end = performance.now() + ms; performance.now() < end; await sleep(pauseMs)) {
      const start = performance.now();
      await connection.query("INSERT INTO bare (body) VALUES (?)", ["x".repeat(200)]);
      times.push(performance.now() - start);
    }
    process.send?.(times);
  });
  process.on("disconnect", () => connection.end());
  process.send?.("ready");
}

const [, script, databaseUrl] = process.argv;
if (script === import.meta.filename && databaseUrl !== undefined) await serve(databaseUrl);
