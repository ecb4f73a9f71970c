import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Services } from "../conformance/case.ts";
import { servicesAt } from "./services-at.ts";

/** The part of the package `sockjs` that we use; it has no types. */
interface ReferenceConnection {
  on(event: "data", listener: (text: string) => void): void;
  write(text: string): void;
  close(code: number, reason: string): void;
}
interface ReferenceService {
  on(event: "connection", listener: (connection: ReferenceConnection) => void): void;
  installHandlers(server: ReturnType<typeof createServer>, options: { prefix: string }): void;
}
interface Reference {
  createServer(options: {
    response_limit: number;
    log: () => void;
    websocket?: boolean;
    jsessionid?: boolean;
  }): ReferenceService;
}

const reference: Reference = createRequire(import.meta.url)("sockjs");

export async function startReference(): Promise<{ readonly services: Services; close(): Promise<void> }> {
  const server = createServer((_, response) => response.writeHead(404).end());
  const shared = { response_limit: 4096, log: () => {} };
  install("/echo", {}, echo);
  install("/close", {}, (connection) => connection.close(3000, "Go away!"));
  install("/disabled_websocket_echo", { websocket: false }, echo);
  install("/cookie_needed_echo", { jsessionid: true }, echo);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    services: servicesAt(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function install(prefix: string, options: object, connected: (connection: ReferenceConnection) => void): void {
    const service = reference.createServer({ ...shared, ...options });
    service.on("connection", connected);
    service.installHandlers(server, { prefix });
  }
}

function echo(connection: ReferenceConnection): void {
  connection.on("data", (text) => connection.write(text));
}
