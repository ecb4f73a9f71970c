/** Behind a real nginx with the documented lines: many visitors share its address, and none may lend themselves another one. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { visitorHello } from "../../loadtest/harness/people.ts";
import { decodeServerMessage, encodeClientFrame } from "../../protocol/codec.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const perAddress = 20;
const addresses = 50;
const visitorsEach = 10;

let running: TestGateway;
let nginx: ChildProcess;
let folder: string;
let proxyPort: number;

beforeAll(async () => {
  running = await startTestGateway({
    BECKON_TRUSTED_PROXIES: "127.0.0.1",
    BECKON_MAX_SESSIONS_PER_ADDRESS: String(perAddress),
  });
  folder = mkdtempSync(join(tmpdir(), "beckon-nginx-"));
  proxyPort = await freePort();
  writeFileSync(join(folder, "nginx.conf"), documentedLines(new URL(running.url).port));
  nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")], {
    stdio: "ignore",
  });
  await answering(`http://127.0.0.1:${proxyPort}/healthz`);
});
afterAll(async () => {
  await new Promise<void>((resolve) => {
    nginx.once("exit", () => resolve());
    nginx.kill("SIGTERM");
  });
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** `deploy/nginx.conf` without TLS, on a free port. */
function documentedLines(gatewayPort: string): string {
  const documented = readFileSync(new URL("../../deploy/nginx.conf", import.meta.url), "utf8")
    .replace(/listen .*;/, `listen 127.0.0.1:${proxyPort};`)
    .replace(/\n\s*ssl_certificate.*;/g, "")
    .replace("127.0.0.1:8080", `127.0.0.1:${gatewayPort}`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid;
events { worker_connections 4000; }
http { access_log off; ${temporary.join(" ")}
${documented}
}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function answering(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Visitor {
  readonly socket: WebSocket;
  /** The first frame that the gateway says. */
  readonly first: Promise<ServerFrame | "refused">;
}

function visit(number: number, localAddress: string, forged?: string): Visitor {
  const headers = {
    "User-Agent": `Mozilla/5.0 Chrome/144.0.${number}.0`,
    ...(forged === undefined ? {} : { "X-Forwarded-For": forged }),
  };
  const socket = new WebSocket(`ws://127.0.0.1:${proxyPort}/ws`, { localAddress, headers });
  const first = new Promise<ServerFrame | "refused">((resolve) => {
    socket.on("open", () =>
      socket.send(encodeClientFrame(visitorHello(running.tenants[0].siteKey, number, "websocket"), JSON)),
    );
    socket.on("message", (data) => {
      const [frame] = decodeServerMessage(String(data), JSON);
      if (frame !== undefined) resolve(frame);
    });
    socket.on("error", () => resolve("refused"));
    socket.on("close", () => resolve("refused"));
  });
  return { socket, first };
}

async function outcomes(visitors: readonly Visitor[]): Promise<{ welcome: number; turnedAway: number }> {
  const frames = await Promise.all(visitors.map((visitor) => visitor.first));
  const welcome = frames.filter((frame) => frame !== "refused" && frame.kind === "ok").length;
  return { welcome, turnedAway: frames.length - welcome };
}

test("500 visitors behind one nginx are 500 visitors: no limit meets them as one", async () => {
  const visitors = Array.from({ length: addresses * visitorsEach }, (_, number) =>
    visit(number, `127.0.1.${1 + (number % addresses)}`),
  );
  expect(await outcomes(visitors)).toEqual({ welcome: addresses * visitorsEach, turnedAway: 0 });
  for (const { socket } of visitors) socket.terminate();
});

test("a forged X-Forwarded-For buys nobody a second address", async () => {
  const visitors = Array.from({ length: perAddress + 5 }, (_, number) =>
    visit(10_000 + number, "127.0.2.1", `198.51.100.${number}`),
  );
  expect(await outcomes(visitors)).toEqual({ welcome: perAddress, turnedAway: 5 });
  for (const { socket } of visitors) socket.terminate();
});
