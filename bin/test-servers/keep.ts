import type { ChildProcess } from "node:child_process";
import { request } from "node:http";
import { keeperUrl } from "./hire-keeper.ts";

/**
 * This process of ours does not outlive the run, even if we are killed while it hangs or is stopped. (Who merely lives can see that we
 * are gone; who hangs cannot.) Resolves when the keeper knows.
 */
export async function keepProcess({ pid }: ChildProcess): Promise<void> {
  if (pid !== undefined) await keep(`/process/${pid}`);
}

/** The same for a folder: removed when the run is over, however it ends. */
export async function keepFolder(path: string): Promise<void> {
  await keep(`/folder/${encodeURIComponent(path)}`);
}

async function keep(path: string): Promise<void> {
  const url = `${await keeperUrl()}${path}`;
  // On a connection of its own: one that was kept may just be closed.
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method: "PUT", agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject).end();
  });
  if (status !== 204) throw new Error(`the keeper does not take ${path}`);
}
