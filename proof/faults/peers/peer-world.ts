/** The surroundings of a run with a peer: its server as a process with a SQLite file, the fault proxy, and pages that talk. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepFolder } from "../../../bin/test-servers/keep.ts";
import { freePort } from "../../../bin/test-servers/server-process.ts";
import { GatewayProcess } from "../gateway/gateway-process.ts";
import { Ground } from "../ground.ts";
import type { History } from "../history.ts";
import { startProxy } from "../proxy/proxy.ts";
import { MessageStore } from "./message-store.ts";
import type { Peer } from "./peer.ts";
import type { PeerOrders } from "./peer-orders.ts";
import { isProbe, PeerPage, roomName } from "./peer-page.ts";

export interface PeerWorldOptions {
  readonly peer: Peer;
  readonly seed: number;
  /** So many times faster than recommended run the timers of the peer. */
  readonly speed: number;
  /** What has not come after this long does not come. */
  readonly patienceMs: number;
}

/** As many as Beckon's world has. */
const pages = 7;
const maxWaiting = 150;
/** A page that has not heard of the others' probes after this long sends another one. */
const probeMs = 1000;

export class PeerWorld extends Ground<PeerPage> {
  readonly options: PeerWorldOptions;
  gateway!: GatewayProcess<PeerOrders>;
  readonly #pages: PeerPage[] = [];
  #folder = "";
  #databasePath = "";

  constructor(options: PeerWorldOptions) {
    super(options);
    this.options = options;
  }

  async open(): Promise<void> {
    const { peer, speed } = this.options;
    this.#folder = mkdtempSync(join(tmpdir(), "beckon-peer-"));
    await keepFolder(this.#folder);
    this.#databasePath = join(this.#folder, "messages.sqlite");
    const port = await freePort();
    this.gateway = new GatewayProcess({
      program: join(import.meta.dirname, peer.program),
      orders: { port, databasePath: this.#databasePath, speed, witnessPath: join(this.#folder, "witness") },
      logPath: join(this.#folder, "server.log"),
    });
    [this.proxy] = await Promise.all([startProxy(pages, port), this.gateway.start()]);
    this.proxy.urls.forEach((url, line) => {
      const page = new PeerPage(`p${line + 1}`, line, url, { peer, speed, recorder: this.recorder });
      this.#pages.push(page);
      page.load();
    });
    await this.until(() => this.#pages.every((page) => page.online));
  }

  async close(): Promise<void> {
    this.quiet();
    for (const page of this.#pages) page.close();
    await this.gateway?.kill();
    await this.proxy?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  living(): PeerPage[] {
    return this.#pages;
  }

  /** None of them listens to it where there is no browser: they dial again by their own clocks. */
  wake(): void {}

  protected speaks(page: PeerPage): void {
    page.say();
  }

  protected isFull(page: PeerPage): boolean {
    return page.waiting().length >= maxWaiting;
  }

  /** Until every page has heard every page: what was on its way has arrived by then, or never will. -1: that did not happen. */
  async converge(): Promise<number> {
    const startedAt = performance.now();
    for (let round = 1; performance.now() - startedAt < this.options.patienceMs; round += 1)
      if (await this.#hearEachOther(round)) return performance.now() - startedAt;
    return -1;
  }

  async #hearEachOther(round: number): Promise<boolean> {
    const probes = this.#pages.map((page) => page.probe(round));
    const deaf = (): boolean =>
      this.#pages.some(({ shown }) => {
        const texts = new Set(shown.map(({ text }) => text));
        return probes.some((probe) => !texts.has(probe));
      });
    const endsAt = performance.now() + probeMs;
    while (deaf()) {
      if (performance.now() > endsAt) return false;
      await this.lasts(20);
    }
    return true;
  }

  /** What there is to judge, the laboratory's own messages left out. */
  history(): History {
    const store = new MessageStore(this.#databasePath);
    const rows = store.since(0).filter(({ text }) => !isProbe(text));
    store.close();
    const events = rows.map(({ id, text }, index) => ({ seq: index + 1, id: String(id), text }));
    return {
      written: [...this.recorder.written.values()],
      drawn: [],
      twice: [],
      overheard: [],
      accusations: this.recorder.accusations,
      waiting: this.#pages.flatMap((page) => page.waiting().map((id) => ({ page: page.name, id }))),
      stored: [{ log: roomName, head: events.length, events }],
      screens: this.#pages.map(({ name, shown }) => ({
        page: name,
        log: roomName,
        from: 1,
        ids: shown.filter(({ text }) => !isProbe(text)).map(({ id }) => String(id)),
      })),
    };
  }
}
