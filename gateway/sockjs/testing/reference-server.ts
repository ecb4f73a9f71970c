import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sockjs, { type ReferenceConnection, type ReferenceOptions } from "sockjs";
import type { Services } from "./conformance/case.ts";
import { servicesAt } from "./services-at.ts";

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

  function install(
    prefix: string,
    options: ReferenceOptions,
    connected: (connection: ReferenceConnection) => void,
  ): void {
    const service = sockjs.createServer({ ...shared, ...options });
    service.on("connection", connected);
    service.installHandlers(server, { prefix });
  }
}

function echo(connection: ReferenceConnection): void {
  connection.on("data", (text) => connection.write(text));
}
