import { createContext, runInContext } from "node:vm";
import { type Plugin, rollup } from "rollup";
import { expect, it } from "vitest";
import { hostPageBundle } from "../rollup.config.ts";
import type { createClient } from "./client.ts";
import type { Json } from "./ports.ts";
import { createDatabase } from "./testing/model-database.ts";
import { createGateway } from "./testing/model-server.ts";
import { withoutNewerBuiltins } from "./testing/older-engine.ts";
import { openPage } from "./testing/page.ts";
import { createSeededRandom } from "./testing/seeded-random.ts";
import { createSharedDisk } from "./testing/shared-disk.ts";
import { createVirtualClock } from "./testing/virtual-clock.ts";
import { createWire } from "./testing/wire.ts";

/** JSON is kept aside, to be given back as a port. */
const older = `
var kept = { parse: JSON.parse, stringify: JSON.stringify };
${withoutNewerBuiltins}
var gone = "JSON Map Set WeakMap WeakSet Promise Symbol Proxy Reflect BigInt".split(" ");
for (var i = 0; i < gone.length; i++) delete this[gone[i]];
`;

async function build(): Promise<string> {
  const entry: Plugin = {
    name: "entry",
    resolveId: (id) => (id === "entry.ts" ? id : null),
    load: (id) =>
      id === "entry.ts"
        ? `import { createClient } from ${JSON.stringify(new URL("client.ts", import.meta.url).pathname)}; window.createClient = createClient;`
        : null,
  };
  const { input, plugins, output } = hostPageBundle("entry.ts", {}, new Map());
  const bundle = await rollup({ input, plugins: [entry, plugins], onwarn() {} });
  const [chunk] = (await bundle.generate(output)).output;
  return chunk.code;
}

it("R1.2 the built client works where nothing newer than ECMAScript 3 exists", async () => {
  const sandbox: { window?: unknown; createClient?: typeof createClient; kept?: Json } = {};
  sandbox.window = sandbox;
  const context = createContext(sandbox);
  runInContext(older, context);
  expect(
    runInContext("[typeof [].indexOf, typeof Object.keys, typeof ''.trim, typeof Date.now, typeof JSON] + ''", context),
  ).toBe("undefined,undefined,undefined,undefined,undefined");
  runInContext(await build(), context);
  const { createClient: built, kept } = sandbox;
  if (!built || !kept) throw new Error("the bundle did not load");

  const clock = createVirtualClock();
  const random = createSeededRandom(3);
  const database = createDatabase();
  const gateway = createGateway(database, clock, random);
  const wire = createWire(clock, (end) => gateway.connect(end));
  const disk = createSharedDisk(clock);
  const open = () => openPage({ clock, random, wire, store: disk.page(), build: { createClient: built, json: kept } });
  const one = open();
  one.client.start();
  for (const text of ["one", "two"]) one.client.publish("current", { kind: "text", text });
  one.client.publish("current", { kind: "edit", target: 1, text: "uno" });
  one.client.typing("current", true, "thr");
  clock.advance(5_000);
  const backup = database.backup();
  one.client.publish("current", { kind: "text", text: "three" });
  clock.advance(2_000);
  gateway.kill();
  wire.cut();
  database.restore(backup);
  clock.advance(60_000);
  expect(database.texts()).toEqual(["uno", "two", "three"]);
  one.client.stop();
  const again = open();
  again.client.start();
  clock.advance(5_000);
  expect(again.client.log("current")).toMatchObject({ live: true, seen: 4 });
  const unsent: unknown[] = [];
  again.client.shutdown(1_000, (left) => unsent.push(left.length));
  clock.advance(5_000);
  expect(unsent).toEqual([0]);
  expect(disk.entries.size).toBe(0);
});
