import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import sockjs from "sockjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { bundleForBrowser } from "../testing/bundle.ts";
import { launchChromium } from "../testing/chromium.ts";
import type * as ContractPage from "../testing/transports-page.ts";
import { transportContract } from "./contract.ts";

declare const contractPage: typeof ContractPage;

let browser: Browser;
let gateway: Server;
let site: Server;
let page: Page;
const requests: string[] = [];

/** The reference server of SockJS, and plain WebSockets beside it; both echo, and close when told to. */
function startGateway(): Server {
  const server = createServer((_request, response) => response.end());
  const service = sockjs.createServer({
    websocket: false,
    response_limit: 4096,
    log: () => undefined,
  });
  service.on("connection", (connection) => {
    connection.on("data", (text: string) =>
      text === "close" ? connection.close(4512, "gone") : connection.write(text),
    );
  });
  service.installHandlers(server, { prefix: "/sockjs" });
  server.prependListener("request", ({ url }) => requests.push(url ?? ""));
  new WebSocketServer({ server, path: "/ws" }).on("connection", (socket) => {
    socket.on("message", (data) => (String(data) === "close" ? socket.close(4512, "gone") : socket.send(String(data))));
  });
  return server;
}

beforeAll(async () => {
  gateway = startGateway();
  site = createServer((_request, response) => response.end('<!doctype html><base href="http://127.0.0.1:9/">'));
  for (const server of [gateway, site]) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launchChromium();
  page = await browser.newPage();
  // Another origin than the gateway's, with a base that leads nowhere: as on a real page.
  await page.goto(addressOf(site));
  await page.addScriptTag({ content: await bundleForBrowser("widget/testing/transports-page.ts", "contractPage") });
});
afterAll(async () => {
  await browser?.close();
  for (const server of [gateway, site]) {
    server?.closeAllConnections();
    server?.close();
  }
});

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(["websocket", "xhr-streaming", "xhr-polling"] as const)("%s", (transport) => {
  test.each(transportContract)("$name", async ({ name }) => {
    await page.evaluate(([transport, baseUrl, name]) => contractPage.runCase(transport, baseUrl, name), [
      transport,
      addressOf(gateway),
      name,
    ] as const);
  });
});

test("each of them went its own way", () => {
  expect(requests.some((url) => url.endsWith("/xhr_streaming"))).toBe(true);
  expect(requests.some((url) => url.endsWith("/xhr"))).toBe(true);
  expect(requests.some((url) => url.endsWith("/xhr_send"))).toBe(true);
});
