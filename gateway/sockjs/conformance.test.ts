import { afterAll, beforeAll, describe, test } from "vitest";
import { machineClock } from "../machine/clock.ts";
import { openUws } from "../runtime/uws.ts";
import type { Services } from "./conformance/case.ts";
import { conformance } from "./conformance.ts";
import { serveStandardServices } from "./standard-services.ts";
import { startReference } from "./testing/reference-server.ts";
import { servicesAt } from "./testing/services-at.ts";

interface Running {
  readonly services: Services;
  close(): Promise<void>;
}

async function startOurs(): Promise<Running> {
  const running = await serveStandardServices(await openUws(), machineClock, { host: "127.0.0.1", port: 0 });
  return { services: servicesAt(`http://127.0.0.1:${running.port}`), close: () => running.close() };
}

for (const [server, start] of [
  ["ours", startOurs],
  ["the reference server", startReference],
] as const) {
  describe(server, () => {
    let running: Running;
    beforeAll(async () => {
      running = await start();
    });
    afterAll(() => running.close());
    for (const { name, run, notTheReference } of conformance) {
      if (notTheReference === undefined || server === "ours") test(name, () => run(running.services));
    }
  });
}
