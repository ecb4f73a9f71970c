/** Somebody's own website: any markup, on an origin of its own. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class HostPage {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Every address answers with `markup`. */
  static async serves(markup: string): Promise<HostPage> {
    const server = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(markup);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new HostPage(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async ends(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

export function snippet(gateway: string, site: string): string {
  return `<script async src="${gateway}/beckon.js" data-site="${site}"></script>`;
}

export function pageWith(content: string, lang = "en"): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Somebody's page</title></head><body><h1>Somebody's page</h1><p>Text.</p>${content}</body></html>`;
}
