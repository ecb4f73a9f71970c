/** A page of a site and, at another origin, the smallest gateway that a widget can talk to: says `ok`, stores nothing, sends what it is told to. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientFrame } from "../../protocol/client-frames.ts";
import { decodeClientMessage, encodeServerFrame } from "../../protocol/codec.ts";
import type { Ok, ServerFrame, SiteState } from "../../protocol/frames.ts";
import { loaderBundle, panelBundle } from "../../rollup.config.ts";
import { generate } from "./bundle.ts";

export interface SiteAndGateway {
  /** `http://127.0.0.1:PORT`, another origin than the gateway. */
  readonly siteUrl: string;
  readonly gatewayUrl: string;
  /** What the site answers from now on; `{gateway}` stands for the gateway's address. */
  page(html: string, headers?: Readonly<Record<string, string>>): void;
  /** All frames that have come, oldest first. */
  readonly frames: readonly ClientFrame[];
  /** To all that are connected. */
  send(frame: ServerFrame): void;
  /** From now on nobody is welcomed; the function lets all in who have knocked. */
  keepsWaiting(): () => void;
  close(): void;
}

export const site: SiteState = {
  name: "Northslope",
  side: "right",
  previews: false,
  remembers: false,
  available: true,
  people: [{ name: "Mei Lin" }],
};

const session = "AAAAAAAAAAAAAAAAAAAAAA";

export async function startSiteAndGateway(): Promise<SiteAndGateway> {
  const files = new Map<string, string>([
    ["/panel.en.js", await generate(panelBundle("en"))],
    ["/panel.zh-CN.js", await generate(panelBundle("zh-CN"))],
    ["/beckon.js", await generate(loaderBundle({ en: "/panel.en.js", "zh-CN": "/panel.zh-CN.js" }))],
  ]);
  const frames: ClientFrame[] = [];
  const sockets = new Set<WebSocket>();
  let waiting: (() => void)[] | null = null;
  let html = "";
  let headers: Readonly<Record<string, string>> = {};

  const gateway = createServer((request, response) => {
    response.setHeader("Content-Type", "text/javascript; charset=utf-8");
    response.end(files.get(request.url ?? "") ?? "");
  });
  new WebSocketServer({ server: gateway, path: "/ws" }).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (data) => {
      for (const frame of decodeClientMessage(String(data), JSON)) {
        if (frame.kind === "bad") throw new Error(`${frame.code}: ${frame.detail}`);
        frames.push(frame);
        const answer = answerTo(frame);
        const say = () => answer && socket.send(encodeServerFrame(answer, JSON));
        if (waiting) waiting.push(say);
        else say();
      }
    });
  });
  const host = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(html);
  });
  for (const server of [gateway, host]) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    siteUrl: addressOf(host),
    gatewayUrl: addressOf(gateway),
    frames,
    page(text, withHeaders = {}) {
      html = text.replaceAll("{gateway}", addressOf(gateway));
      headers = withHeaders;
    },
    send(frame) {
      for (const socket of sockets) socket.send(encodeServerFrame(frame, JSON));
    },
    keepsWaiting() {
      waiting = [];
      return () => {
        for (const say of waiting ?? []) say();
        waiting = null;
      };
    },
    close() {
      for (const socket of sockets) socket.terminate();
      for (const server of [gateway, host]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function answerTo(frame: ClientFrame): ServerFrame | null {
  if (frame.kind === "hello") {
    const ok: Ok = {
      kind: "ok",
      session,
      gateway: "test",
      now: Date.now(),
      heartbeatMs: 20000,
      principal: session,
      site,
      fenced: [],
    };
    return ok;
  }
  if (frame.kind === "heartbeat") return { kind: "heartbeat", nonce: frame.nonce, now: Date.now(), heads: [] };
  return null;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
