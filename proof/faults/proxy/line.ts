/** One line of the fault proxy: a port of its own, behind which every connection has the same trouble. */
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { httpTrouble } from "./http-trouble.ts";
import { type LineTrouble, noTrouble, type Way } from "./line-trouble.ts";

/** Bytes that wait; null: the end of what this side says. */
interface Delayed {
  readonly dueAt: number;
  readonly bytes: Buffer | null;
}

interface Link {
  readonly client: Socket;
  readonly gateway: Socket;
  readonly passed: { [way in Way]: number };
  /** A stream has no holes: where bytes were lost, none come any more. */
  readonly dead: { [way in Way]: boolean };
  /** Nothing overtakes these, also when there is no delay any more. */
  readonly delayed: { readonly [way in Way]: Delayed[] };
}

/** An upgrade is known by the first bytes; browsers and `ws` send them in one packet. */
const upgrades = /\r\nupgrade: *websocket/i;

export class Line {
  trouble: LineTrouble = noTrouble;
  hits = 0;
  readonly #gatewayPort: number;
  readonly #server: Server;
  /** Reads requests where single ones have to be treated. */
  readonly #http: HttpServer;
  readonly #links = new Set<Link>();
  /** Connections whose requests are treated one by one. */
  readonly #asking = new Set<Socket>();

  constructor(gatewayPort: number) {
    this.#gatewayPort = gatewayPort;
    this.#http = createHttpServer(httpTrouble(this, gatewayPort));
    this.#http.keepAliveTimeout = 0;
    // Half-open for as long as the other side is, so that an answer after a client's FIN still comes.
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client));
  }

  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  close(): void {
    this.cut("both");
    this.#server.close();
  }

  setTrouble(trouble: LineTrouble): void {
    this.hits = 0;
    this.trouble = trouble;
    for (const { passed } of this.#links) passed.up = passed.down = 0;
  }

  /** Returns how many connections were open. */
  cut(side: "both" | "client"): number {
    const open = [...this.#links];
    const asking = [...this.#asking];
    for (const { client, gateway } of open) {
      client.resetAndDestroy();
      if (side === "both") gateway.resetAndDestroy();
    }
    for (const client of asking) client.resetAndDestroy();
    return open.length + asking.length;
  }

  #accept(client: Socket): void {
    const { trouble } = this;
    client.on("error", () => undefined);
    if (trouble.refuse) {
      this.hits += 1;
      return void client.resetAndDestroy();
    }
    if (trouble.doublePosts || trouble.holdPollsMs > 0 || trouble.holdDownBytes > 0) {
      return this.#byRequest(client);
    }
    this.#pass(client);
  }

  /** WebSockets are passed as they are. */
  #byRequest(client: Socket): void {
    client.once("data", (head: Buffer) => {
      client.pause();
      if (upgrades.test(head.toString("latin1"))) return this.#pass(client, head);
      this.#asking.add(client);
      client.once("close", () => this.#asking.delete(client));
      client.unshift(head);
      this.#http.emit("connection", client);
      client.resume();
    });
  }

  #pass(client: Socket, head?: Buffer): void {
    const gateway = connect({
      port: this.#gatewayPort,
      host: "127.0.0.1",
      noDelay: true,
      // Clients keep their own address.
      ...(client.remoteAddress === undefined ? {} : { localAddress: client.remoteAddress }),
    });
    gateway.on("error", () => undefined);
    const link: Link = {
      client,
      gateway,
      passed: { up: 0, down: 0 },
      dead: { up: false, down: false },
      delayed: { up: [], down: [] },
    };
    this.#links.add(link);
    let first = true;
    const up = (bytes: Buffer): void => {
      if (first) {
        first = false;
        const text = bytes.toString("latin1");
        if (upgrades.test(text) && !this.#admits(link)) return;
      }
      this.#carry(link, "up", bytes);
    };
    if (head) up(head);
    client.on("data", up);
    gateway.on("data", (bytes: Buffer) => this.#carry(link, "down", bytes));
    client.on("close", () => this.#left(link, "client"));
    gateway.on("close", () => this.#left(link, "gateway"));
    client.resume();
  }

  /** False: the upgrade was answered here. */
  #admits({ client, gateway }: Link): boolean {
    const { upgradeStatus, upgradeDiesAfterMs } = this.trouble;
    if (upgradeStatus > 0) {
      this.hits += 1;
      gateway.destroy();
      const page = "<html><body>This gateway does not speak that.</body></html>";
      client.end(
        `HTTP/1.1 ${upgradeStatus} No\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
      );
      return false;
    }
    if (upgradeDiesAfterMs > 0) {
      setTimeout(() => {
        this.hits += 1;
        client.resetAndDestroy();
        gateway.resetAndDestroy();
      }, upgradeDiesAfterMs);
    }
    return true;
  }

  #carry(link: Link, way: Way, bytes: Buffer): void {
    const { swallow, delayMs, downBytesPerSecond, cutAfter } = this.trouble;
    if (link.dead[way] || swallow === way || swallow === "both") {
      link.dead[way] = true;
      this.hits += 1;
      return;
    }
    const to = way === "up" ? link.gateway : link.client;
    const from = way === "up" ? link.client : link.gateway;
    link.passed[way] += bytes.length;
    if (cutAfter && cutAfter.way === way && link.passed[way] >= cutAfter.bytes) {
      this.hits += 1;
      const rest = bytes.length - (link.passed[way] - cutAfter.bytes);
      to.write(bytes.subarray(0, Math.max(0, rest)), () => to.resetAndDestroy());
      return void from.resetAndDestroy();
    }
    if (delayMs > 0) this.hits += 1;
    if (delayMs > 0 || link.delayed[way].length > 0) this.#delay(link, way, delayMs, bytes);
    else this.#write(from, to, bytes);
    if (way === "down" && downBytesPerSecond > 0) {
      this.hits += 1;
      from.pause();
      setTimeout(() => from.resume(), (bytes.length * 1000) / downBytesPerSecond);
    }
  }

  #delay(link: Link, way: Way, delayMs: number, bytes: Buffer | null): void {
    const queue = link.delayed[way];
    queue.push({ dueAt: performance.now() + delayMs, bytes });
    if (queue.length === 1) this.#pump(link, way);
  }

  #pump(link: Link, way: Way): void {
    const queue = link.delayed[way];
    const [from, to] = way === "up" ? [link.client, link.gateway] : [link.gateway, link.client];
    for (let first = queue[0]; first; first = queue[0]) {
      const waitMs = first.dueAt - performance.now();
      if (waitMs > 0) return void setTimeout(() => this.#pump(link, way), waitMs);
      queue.shift();
      if (first.bytes) this.#write(from, to, first.bytes);
      else to.end();
    }
  }

  #write(from: Socket, to: Socket, bytes: Buffer): void {
    if (to.destroyed || to.write(bytes)) return;
    from.pause();
    to.once("drain", () => from.resume());
  }

  #left(link: Link, side: "client" | "gateway"): void {
    const { swallow } = this.trouble;
    const other = side === "client" ? link.gateway : link.client;
    // A dead cable does not carry a farewell either.
    const unheard = swallow === "both" || swallow === (side === "client" ? "up" : "down");
    const way = side === "client" ? "up" : "down";
    if (!unheard && link.delayed[way].length > 0) this.#delay(link, way, 0, null);
    else if (!unheard) other.end();
    if (link.client.destroyed && link.gateway.destroyed) this.#links.delete(link);
    else if (unheard) this.hits += 1;
  }
}
