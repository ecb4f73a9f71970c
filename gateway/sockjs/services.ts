/**
 * The standard services of the public SockJS test suite on the gateway's own code:
 * `npm run sockjs:services -- --port N` (default 8081).
 */
import { parseArgs } from "node:util";
import { machineClock } from "../machine/clock.ts";
import { openUws } from "../runtime/uws.ts";
import { serveStandardServices } from "./standard-services.ts";

const { values } = parseArgs({
  options: { port: { type: "string", default: "8081" }, host: { type: "string", default: "127.0.0.1" } },
});
const services = await serveStandardServices(await openUws(), machineClock, {
  host: values.host,
  port: Number(values.port),
});
console.log(
  `SockJS test services on http://${services.host}:${services.port}: /echo /close /disabled_websocket_echo /cookie_needed_echo`,
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => services.close());
