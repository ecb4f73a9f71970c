import { randomInt } from "node:crypto";
import type { Clock } from "../../protocol/ports.ts";
import type { CarrierEvents, CarrierInfo, CarrierSocket } from "../core/core.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { createSockJs, type SockJs, type SockJsOptions } from "./sockjs.ts";

export interface StandardServices {
  readonly host: string;
  readonly port: number;
  readonly echo: SockJs;
  close(): Promise<void>;
}

/** What the public suite expects of its server. */
const suiteResponseBytes = 4096;

/** `/echo`, `/close`, `/disabled_websocket_echo`, `/cookie_needed_echo`; `overrides` go to all four. */
export async function serveStandardServices(
  runtime: Runtime,
  clock: Clock,
  at: { readonly host: string; readonly port: number },
  overrides: Partial<SockJsOptions> = {},
): Promise<StandardServices> {
  const shared = {
    connect: echo,
    clientAddress: (request) => request.peerAddress,
    allowOrigin: () => true,
    clock,
    entropy: () => randomInt(2 ** 32),
    responseBytes: suiteResponseBytes,
    ...overrides,
  } satisfies Partial<SockJsOptions>;
  const first = createSockJs({ ...shared, prefix: "/echo" });
  const services = [
    first,
    createSockJs({ ...shared, prefix: "/close", connect: goAway }),
    createSockJs({ ...shared, prefix: "/disabled_websocket_echo", webSocket: false }),
    createSockJs({ ...shared, prefix: "/cookie_needed_echo", cookieNeeded: true }),
  ];
  const server = await runtime.serve({
    ...at,
    maxConnections: 10_000,
    http: (request, response) => {
      if (!services.some((service) => service.http(request, response))) response.send(404, {}, "not found");
    },
    webSockets: services.flatMap((service) => service.webSockets),
  });
  return {
    host: server.host,
    port: server.port,
    echo: first,
    close: async () => {
      for (const service of services) service.close();
      await server.close();
    },
  };
}

function echo(socket: CarrierSocket, _info: CarrierInfo): CarrierEvents {
  return { message: (text) => void socket.send(text), drained: () => {}, closed: () => {} };
}

function goAway(socket: CarrierSocket): CarrierEvents {
  socket.close(3000, "Go away!");
  return { message: () => {}, drained: () => {}, closed: () => {} };
}
