/**
 * The standard services outside of Vitest, in whatever engine runs this file: `run-services.ts MODULE FUNCTION`, where
 * the function opens the runtime. Writes the port and serves until it is ended.
 */
import process from "node:process";
import { machineClock } from "../../machine/clock.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { serveStandardServices } from "../standard-services.ts";

const [, , module = "", factory = ""] = process.argv;
const { [factory]: open }: Record<string, () => Promise<Runtime>> = await import(module);
if (open === undefined) throw new Error(`${module} has no ${factory}`);
const { port } = await serveStandardServices(await open(), machineClock, { host: "127.0.0.1", port: 0 });
console.log(port);
