/** What `npm run faults` does, in small: each fault once, and defects that have to be seen. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { LabServer } from "./faults/database.ts";
import { patienceMs, type RunPlan, run } from "./faults/run.ts";
import { caughtAs } from "./faults/run-mutants.ts";
import { allFaults } from "./faults/table/all-faults.ts";

const speed = 5;
/** No clock ends a run; this is for one that hangs. */
const hangsMs = 600_000;

type Short = Pick<RunPlan, "carrier" | "database"> & { readonly faults: string };

/** Side by side, as most of them wait most of the time. */
const short: readonly Short[] = [
  { carrier: "websocket", database: "mariadb", faults: "2,10,8" },
  { carrier: "ladder", database: "mariadb", faults: "4,18,7" },
  { carrier: "xhr-polling", database: "sqlite", faults: "6,11,26,38,46,47" },
  { carrier: "xhr-polling", database: "sqlite", faults: "9,27,31,34,37" },
  { carrier: "xhr-streaming", database: "sqlite", faults: "3,5,25,28,35" },
  { carrier: "ladder", database: "sqlite", faults: "21,22,23,32,48,29" },
  { carrier: "websocket", database: "sqlite", faults: "1,20,30,33,36" },
  { carrier: "websocket", database: "sqlite", faults: "16,17,19,42,43" },
  { carrier: "websocket", database: "sqlite", faults: "41,44,45,50" },
];

it("each fault of the matrix is met once", () => {
  const met = short.flatMap(({ faults }) => faults.split(","));
  expect(met.map(Number).sort((one, other) => one - other)).toEqual(allFaults.map(({ number }) => Number(number)));
});

describe.concurrent("no message lost, none doubled, order kept", () => {
  it.each(short)(
    "R1.1 faults $faults over $carrier and $database",
    async ({ faults, carrier, database }) => {
      const table = faults.split(",").map((number) => allFaults.filter((fault) => fault.number === number));
      const plan = { seed: 7, carrier, database, faults: table.flat(), mutant: null, speed, patienceMs };
      const server = database === "mariadb" ? new LabServer() : null;
      try {
        const { met, messages, verdict } = await run(plan, server);
        expect(verdict).toEqual({ lost: 0, doubled: 0, reordered: 0, leaked: 0, unacked: 0, details: [] });
        expect(met.map(({ fault }) => fault).join()).toBe(faults);
        expect(met.filter(({ hits, inFlight }) => hits === 0 || inFlight === 0)).toEqual([]);
        expect(messages).toBeGreaterThan(50);
      } finally {
        await server?.remove();
      }
    },
    hangsMs,
  );
});

describe.concurrent("a gateway with a defect is caught", () => {
  const inTheLaboratory = ["ack-before-commit", "every-append-is-new", "durability-relaxed", "no-unique-id"] as const;
  const inTheSimulation = ["heads-left-out", "backoff-reset-on-open", "fencing-off"] as const;
  it.each([...inTheLaboratory, ...inTheSimulation])(
    "R1.1 %s",
    async (mutant) => {
      expect(await caughtAs(mutant, 1)).not.toBe("");
    },
    hangsMs,
  );
});

it("only the laboratory has fail points", () => {
  const root = join(import.meta.dirname, "..");
  const supplied: string[] = [];
  for (const folder of ["gateway", "storage", "bin"]) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      const path = relative(root, join(entry.parentPath, entry.name));
      if (!/\.(ts|mjs)$/.test(path) || /\.test\.ts$|\/testing\//.test(path)) continue;
      const text = readFileSync(join(root, path), "utf8");
      // Whoever gives one a body, and whoever could be told to by the environment.
      for (const [found] of text.matchAll(/reach: .*|reach\(name.*\{$|composeGateway\(.*/g))
        supplied.push(`${path} ${found.trim()}`);
    }
  }
  expect(supplied).toEqual([
    "gateway/main.node.ts composeGateway(config, options, { storage, clock: machineClock, failPoints: { reach: () => undefined } });",
    "gateway/main.node.ts composeGateway(config: Config, options: GatewayOptions, parts: GatewayParts): Promise<Gateway> {",
  ]);
});
