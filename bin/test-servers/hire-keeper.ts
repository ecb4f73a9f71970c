import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface HiredKeeper {
  readonly url: string;
  /** Ends every server that was started and waits until their files are gone. */
  dismiss(): Promise<void>;
}

/** Starts the keeper of the test servers. It ends with this process at the latest, and does not keep it alive. */
export async function hireKeeper(): Promise<HiredKeeper> {
  const keeper = spawn(process.execPath, [join(import.meta.dirname, "keeper.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
    // A group of its own: Ctrl-C reaches this process first, the keeper when its input closes.
    detached: true,
    env: { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" },
  });
  const [url] = (await once(createInterface(keeper.stdout), "line")) as [string];
  const gone = once(keeper, "exit");
  keeper.unref();
  for (const pipe of [keeper.stdin, keeper.stdout])
    if ("unref" in pipe && typeof pipe.unref === "function") pipe.unref();
  return {
    url,
    dismiss: async () => {
      keeper.ref();
      keeper.stdin.end();
      await gone;
    },
  };
}

let ownKeeperUrl: Promise<string> | undefined;

/** Of the keeper of this run: under vitest the set-up has named it, whoever was started by hand hires one. */
export function keeperUrl(): Promise<string> {
  const known = process.env.TEST_SERVERS_URL;
  if (known !== undefined) return Promise.resolve(known);
  ownKeeperUrl ??= hireKeeper().then((keeper) => keeper.url);
  return ownKeeperUrl;
}
