import { createContext, runInContext } from "node:vm";
import { type Plugin, rollup } from "rollup";
import { expect, it } from "vitest";
import { loaderBundle } from "../rollup.config.ts";
import type { createClient } from "./client.ts";
import type { Json } from "./ports.ts";
import { createDatabase, createGateway } from "./testing/model-server.ts";
import { openPage } from "./testing/page.ts";
import { createSeededRandom } from "./testing/seeded-random.ts";
import { createSharedDisk } from "./testing/shared-disk.ts";
import { createVirtualClock } from "./testing/virtual-clock.ts";
import { createWire } from "./testing/wire.ts";

/** What Internet Explorer 8 lacks is taken away; JSON is kept aside, to be given back as a port. */
const older = `
var kept = { parse: JSON.parse, stringify: JSON.stringify };
(function (global) {
  var names = Object.getOwnPropertyNames;
  var es3 = {
    "Array.prototype": "concat join pop push reverse shift slice sort splice toString toLocaleString unshift constructor length",
    "String.prototype": "charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substring " +
      "toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toString valueOf constructor length",
    "Function.prototype": "apply call toString constructor length name",
    "Object.prototype": "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__",
    "Array": "prototype length name",
    "String": "prototype fromCharCode length name",
    "Date": "prototype parse UTC length name",
    "Object": "prototype length name"
  };
  var gone = "JSON Map Set WeakMap WeakSet Promise Symbol Proxy Reflect BigInt".split(" ");
  for (var i = 0; i < gone.length; i++) delete global[gone[i]];
  for (var path in es3) {
    var parts = path.split("."), owner = global[parts[0]], kind = parts[1] ? owner[parts[1]] : owner, own = names(kind);
    for (var j = 0; j < own.length; j++) if ((" " + es3[path] + " ").indexOf(" " + own[j] + " ") < 0) delete kind[own[j]];
  }
})(this);
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
  const { plugins, output } = loaderBundle({ en: "/en.js", "zh-CN": "/zh-CN.js" });
  const bundle = await rollup({ input: "entry.ts", plugins: [entry, plugins], onwarn() {} });
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
