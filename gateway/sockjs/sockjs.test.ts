import { afterEach, expect, test } from "vitest";
import type { CarrierInfo, CarrierSocket } from "../core/core.ts";
import { machineClock } from "../machine/clock.ts";
import type { HttpRequest, Server } from "../runtime/runtime.ts";
import { RawClient } from "../runtime/testing/raw-client.ts";
import { openUws } from "../runtime/uws.ts";
import { createSockJs, type SockJs, type SockJsOptions } from "./sockjs.ts";
import { HttpSession, randomId } from "./testing/http-session.ts";
import { SocketClient } from "./testing/socket-client.ts";

/** One connection as the application sees it. */
class Connection {
  readonly socket: CarrierSocket;
  readonly info: CarrierInfo;
  readonly messages: string[] = [];
  readonly drains: (() => void)[] = [];
  readonly closed: Promise<readonly [number, string]>;
  #resolveClosed: (close: readonly [number, string]) => void = () => {};

  constructor(socket: CarrierSocket, info: CarrierInfo) {
    this.socket = socket;
    this.info = info;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }
  message(text: string): void {
    this.messages.push(text);
    this.socket.send(text);
  }
  drained(): void {
    for (const wake of this.drains.splice(0)) wake();
  }
  tellClosed(code: number, reason: string): void {
    this.#resolveClosed([code, reason]);
  }
}

const running: { readonly server: Server; readonly services: readonly SockJs[] }[] = [];

afterEach(async () => {
  for (const { server, services } of running.splice(0)) {
    for (const service of services) service.close();
    await server.close();
  }
});

interface Started {
  readonly base: string;
  readonly port: number;
  readonly sockJs: SockJs;
  readonly connections: Connection[];
}

async function start(overrides: Partial<SockJsOptions> = {}, prefixes = ["/sockjs"]): Promise<Started> {
  const connections: Connection[] = [];
  const services = prefixes.map((prefix) =>
    createSockJs({
      prefix,
      connect: (socket, info) => {
        const connection = new Connection(socket, info);
        connections.push(connection);
        return {
          message: (text) => connection.message(text),
          drained: () => connection.drained(),
          closed: (code, reason) => connection.tellClosed(code, reason),
        };
      },
      clientAddress: (request) => request.headers.get("x-client") ?? request.peerAddress,
      allowOrigin: () => true,
      clock: machineClock,
      entropy: () => 1,
      ...overrides,
    }),
  );
  const server = await (await openUws()).serve({
    host: "127.0.0.1",
    port: 0,
    maxConnections: 1000,
    http: (request, response) => {
      if (!services.some((service) => service.http(request, response))) response.send(404, {}, "elsewhere");
    },
    webSockets: services.flatMap(({ webSockets }) => webSockets),
  });
  running.push({ server, services });
  const [sockJs] = services;
  if (sockJs === undefined) throw new Error("no prefix");
  return { base: `http://127.0.0.1:${server.port}${prefixes[0]}`, port: server.port, sockJs, connections };
}

test("the application is told carrier, address, browser, origin and language", async () => {
  const { base, connections } = await start();
  const headers = {
    "user-agent": "Old/8",
    origin: "https://shop.example",
    "accept-language": "zh-CN",
    "x-client": "10.1.2.3",
  };
  await new HttpSession(base).post("xhr", "", headers);
  await (await new HttpSession(base).post("xhr_streaming", "", headers)).body?.cancel();
  for (const path of ["/0/1/websocket", "/websocket"]) await SocketClient.open(base, path);
  const first = { ipAddress: "10.1.2.3", userAgent: "Old/8", origin: "https://shop.example", acceptLanguage: "zh-CN" };
  expect(connections[0]?.info).toEqual({ carrier: "xhr-polling", ...first });
  expect(connections[1]?.info).toEqual({ carrier: "xhr-streaming", ...first });
  expect(connections.slice(2).map(({ info }) => [info.carrier, info.ipAddress])).toEqual([
    ["sockjs-websocket", "127.0.0.1"],
    ["websocket", "127.0.0.1"],
  ]);
});

test("a refused origin gets nothing, not even its echo, on any path and carrier", async () => {
  const asked: string[] = [];
  const { base, port, connections } = await start({
    allowOrigin: (origin: string, request: HttpRequest) => {
      asked.push(request.path);
      return origin === "https://good.example";
    },
  });
  const paths = [
    ["GET", "/info"],
    ["OPTIONS", "/info"],
    ["POST", "/0/1/xhr"],
    ["POST", "/0/1/xhr_streaming"],
    ["POST", "/0/1/xhr_send"],
    ["OPTIONS", "/0/1/xhr"],
  ] as const;
  for (const [method, path] of paths) {
    const answer = await fetch(base + path, { method, headers: { origin: "https://evil.example" } });
    expect([path, answer.status]).toEqual([path, 403]);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
  for (const path of ["/0/1/websocket", "/websocket"]) {
    const client = await RawClient.connect(port);
    client.write(
      `GET /sockjs${path} HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    expect(await client.text("\r\n\r\n")).toMatch(/^HTTP\/1\.1 403 /);
    client.destroy();
  }
  expect(asked).toHaveLength(paths.length + 2);
  expect(connections).toEqual([]);
  const good = await new HttpSession(base).post("xhr", "", { origin: "https://good.example" });
  expect(good.headers.get("access-control-allow-origin")).toBe("https://good.example");
});

test("a message of the limit passes by each carrier, one byte more does not", async () => {
  const { base, connections } = await start({ maxMessageBytes: 1000, maxQueuedBytes: 100_000 });
  const [fits, tooLong] = ["ü".repeat(500), `${"ü".repeat(500)}x`];
  const session = await HttpSession.open(base);
  await session.send(fits, fits);
  expect((await session.post("xhr_send", JSON.stringify(["ok", tooLong]))).status).toBe(413);
  expect((await session.post("xhr_send", `["${"x".repeat(100_000)}"]`)).status).toBe(413);
  expect(connections[0]?.messages).toEqual([fits, fits]);
  const client = await SocketClient.open(base, "/0/1/websocket");
  await client.frame();
  client.send(JSON.stringify([fits]));
  expect(await client.frame()).toBe(`a["${fits}"]`);
  client.send(JSON.stringify([tooLong]));
  expect(await client.frame()).toBe('c[1009,"message too large"]');
  const raw = await SocketClient.open(base, "/websocket");
  raw.send(tooLong);
  expect([1006, 1009]).toContain((await raw.closed).code);
  expect(connections.slice(1).map(({ messages }) => messages)).toEqual([[fits], []]);
  await session.send("unharmed");
});

test("a message of nothing but quotes and backslashes fits too, though escapes double it", async () => {
  const { base, connections } = await start();
  const text = '\\"'.repeat(32_768);
  const session = await HttpSession.open(base);
  await session.send(text);
  const client = await SocketClient.open(base, "/0/1/websocket");
  await client.frame();
  client.send(JSON.stringify([text]));
  await client.frame();
  expect(connections.map(({ messages }) => messages)).toEqual([[text], [text]]);
});

test("names of 128 characters pass, longer ones are not found", async () => {
  const { base } = await start();
  const longest = "n".repeat(128);
  expect(await new HttpSession(base, longest, longest).poll()).toBe("o\n");
  expect((await new HttpSession(base, `${longest}n`).post("xhr")).status).toBe(404);
  expect((await new HttpSession(base, "a", `${longest}n`).post("xhr")).status).toBe(404);
  await expect(SocketClient.open(base, `/0/${longest}n/websocket`)).rejects.toThrow("never opened");
});

test("session names that are parts of JavaScript are names", async () => {
  const { base } = await start();
  for (const id of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    expect((await new HttpSession(base, id).post("xhr_send", '["x"]')).status).toBe(404);
    expect(await new HttpSession(base, id).poll()).toBe("o\n");
    expect((await new HttpSession(base, id).post(id)).status).toBe(404);
  }
});

test("a prefix does not know the sessions of another, nor what lies beside it", async () => {
  const { base } = await start({}, ["/one", "/two"]);
  const id = randomId();
  expect(await new HttpSession(base, id).poll()).toBe("o\n");
  const other = base.replace("/one", "/two");
  expect((await new HttpSession(other, id).post("xhr_send", '["x"]')).status).toBe(404);
  expect(await new HttpSession(other, id).poll()).toBe("o\n");
  expect(await (await fetch(`${base}more`)).text()).toBe("elsewhere");
});

test("sessions of one address and in all are limited on every carrier, and places come back", async () => {
  const { base, sockJs, connections } = await start({ maxSessionsPerAddress: 2, maxSessions: 3 });
  const at = (address: string) => ({ "x-client": address });
  expect(await new HttpSession(base).poll(at("10.0.0.1"))).toBe("o\n");
  expect(await new HttpSession(base).poll(at("10.0.0.1"))).toBe("o\n");
  const refused = await new HttpSession(base).post("xhr", "", at("10.0.0.1"));
  expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([503, "*"]);
  const client = await SocketClient.open(base, "/0/1/websocket");
  expect(sockJs.sessions()).toBe(3);
  await expect(SocketClient.open(base, "/0/2/websocket")).rejects.toThrow("never opened");
  expect((await new HttpSession(base).post("xhr_streaming", "", at("10.0.0.9"))).status).toBe(503);
  await client.close();
  await connections[2]?.closed;
  expect(await new HttpSession(base).poll(at("10.0.0.9"))).toBe("o\n");
});

test("a stream tells proxies not to hold it back", async () => {
  const { base } = await start();
  const answer = await new HttpSession(base).post("xhr_streaming");
  expect(answer.headers.get("x-accel-buffering")).toBe("no");
  await answer.body?.cancel();
});

test("a stream that nobody reads holds no more than its limit; when it is read everything kept arrives in order", async () => {
  const maxQueuedBytes = 200_000;
  const { port, connections } = await start({ maxQueuedBytes, responseBytes: Number.POSITIVE_INFINITY });
  const client = await RawClient.connect(port);
  client.write("POST /sockjs/0/slow/xhr_streaming HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  await client.text("o\n");
  client.pause();
  const [connection] = connections;
  if (connection === undefined) throw new Error("not connected");
  const padding = "x".repeat(20_000);
  let kept = 0;
  while (connection.socket.send(`<${kept}> ${padding}`) !== "dropped") {
    kept += 1;
    expect(connection.socket.bufferedBytes()).toBeLessThanOrEqual(maxQueuedBytes + padding.length + 10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const drained = new Promise<void>((resolve) => connection.drains.push(resolve));
  client.resume();
  await drained;
  expect(connection.socket.send("<end>")).not.toBe("dropped");
  const all = await client.text("<end>");
  const numbers = Array.from(all.matchAll(/<(\d+)>/g), (match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: kept }, (_, i) => i));
  client.destroy();
});

test("a poll that is held is answered when the server leaves; so are streams", async () => {
  const { base, sockJs, connections } = await start();
  const session = await HttpSession.open(base);
  const held = session.poll();
  const stream = await new HttpSession(base).stream();
  await stream.line();
  expect(await stream.line()).toBe("o\n");
  await session.send("x"); // answers the held poll, and so shows that it was held
  expect(await held).toBe('a["x"]\n');
  sockJs.closeSessions(3001, "leaving");
  expect(await session.poll()).toBe('c[3001,"leaving"]\n');
  expect(await stream.rest()).toBe('c[3001,"leaving"]\n');
  expect(await Promise.all(connections.map(({ closed }) => closed))).toEqual([
    [3001, "leaving"],
    [3001, "leaving"],
  ]);
});

test("without a next poll the session ends and the application is told", async () => {
  const { base, sockJs, connections } = await start({ graceMs: 50 });
  await HttpSession.open(base);
  expect(await connections[0]?.closed).toEqual([1006, "no receiver"]);
  expect(sockJs.sessions()).toBe(0);
});

test("a held poll and a stream hear heartbeats", async () => {
  const { base } = await start({ heartbeatMs: 50 });
  const session = await HttpSession.open(base);
  expect(await session.poll()).toBe("h\n");
  const stream = await new HttpSession(base).stream();
  await stream.line();
  expect([await stream.line(), await stream.line(), await stream.line()]).toEqual(["o\n", "h\n", "h\n"]);
  await stream.cancel();
});
