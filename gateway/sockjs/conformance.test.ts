import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, test } from "vitest";
import { machineClock } from "../machine/clock.ts";
import { findDeno } from "../runtime/testing/find-deno.ts";
import { openUws } from "../runtime/uws.ts";
import { serveStandardServices } from "./standard-services.ts";
import type { Services } from "./testing/conformance/case.ts";
import { conformance } from "./testing/conformance.ts";
import { startReference } from "./testing/reference-server.ts";
import { servicesAt } from "./testing/services-at.ts";

interface Running {
  readonly services: Services;
  close(): Promise<void>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function startOurs(): Promise<Running> {
  const running = await serveStandardServices(await openUws(), machineClock, { host: "127.0.0.1", port: 0 });
  return { services: servicesAt(`http://127.0.0.1:${running.port}`), close: () => running.close() };
}

async function startOursOnDeno(): Promise<Running> {
  const script = here("testing/run-services.ts");
  const flags = ["--allow-all", "--no-prompt", "--unstable-no-legacy-abort"];
  const deno = spawn(await findDeno(), ["run", ...flags, script, here("../runtime/deno.ts"), "openDeno"]);
  for await (const port of createInterface(deno.stdout)) {
    return { services: servicesAt(`http://127.0.0.1:${port}`), close: async () => void deno.kill() };
  }
  throw new Error("Deno ended");
}

for (const [server, start] of [
  ["ours", startOurs],
  ["ours on Deno", startOursOnDeno],
  ["the reference server", startReference],
] as const) {
  describe(server, () => {
    let running: Running;
    beforeAll(async () => {
      running = await start();
    });
    afterAll(() => running.close());
    for (const { name, run, notTheReference } of conformance) {
      if (notTheReference === undefined || start !== startReference) test(name, () => run(running.services));
    }
  });
}
