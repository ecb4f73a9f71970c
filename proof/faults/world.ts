/** A run's surroundings: database, gateway process, proxy process, people with their pages, and a consumer of the logs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepFolder } from "../../bin/test-servers/keep.ts";
import { freePort } from "../../bin/test-servers/server-process.ts";
import { newId } from "../../loadtest/harness/people.ts";
import { publishBurst, publishPerMinute } from "../../protocol/limits.ts";
import { LogConsumer } from "./consumer.ts";
import { type DatabaseChoice, type LabDatabase, type LabServer, mariadbDatabase, sqliteDatabase } from "./database.ts";
import { GatewayProcess } from "./gateway/gateway-process.ts";
import type { Mutant } from "./gateway/mutants.ts";
import { Ground } from "./ground.ts";
import { consumer, furnish, type House } from "./house.ts";
import { Browser, type CarrierChoice, Page, type Person, signIn } from "./page.ts";
import { startProxy } from "./proxy/proxy.ts";

export interface WorldOptions {
  readonly seed: number;
  readonly carrier: CarrierChoice;
  readonly database: DatabaseChoice;
  /** Needed for MariaDB. */
  readonly server: LabServer | null;
  /** Where SQLite's file is made. Absent: in a folder of the run's own. */
  readonly sqlitePath?: string;
  readonly mutant: Mutant | null;
  readonly failsInStorage: boolean;
  /** So many times faster run the pages' timers. */
  readonly speed: number;
  /** What has not come after this long does not come: longer than anything that lives may need, however slow the machine. */
  readonly patienceMs: number;
}

/** Pages of each person; those of one device share a disk. */
const cast: readonly (readonly [person: string, devices: readonly (readonly string[])[]])[] = [
  ["v1", [["v1a", "v1b"]]],
  ["v2", [["v2"]]],
  ["v3", [["v3"]]],
  ["x1", [["x1a"], ["x1b"]]],
  ["x2", [["x2"]]],
];
const agentNames = ["x1", "x2"];
/** One more, on which a page can be cloned. */
export const spareLine = 7;
const lines = 8;

const gatewayProgram = join(import.meta.dirname, "gateway", "gateway-program.ts");

/** How often the gateway compares what it has sent with the log. */
const settings = { BECKON_SWEEP_MS: "1000", BECKON_MAX_SESSIONS_PER_ADDRESS: "100000" };

/** As many a minute as the gateway takes, and no more wait: else a run is over when their outboxes have emptied at that rate. */
const visitorPauseMs = 60_000 / publishPerMinute + 50;
const maxUnsent = { visitor: publishBurst, agent: 150 };

export class World extends Ground<Page> {
  readonly options: WorldOptions;
  readonly pages = new Map<string, Page>();
  readonly browsers: Browser[] = [];
  database!: LabDatabase;
  house!: House;
  gateway!: GatewayProcess;
  consumer!: LogConsumer;
  readonly #secrets = new Map<string, string>();
  /** Of this run. */
  folder = "";
  gatewayUrl = "";
  /** What faults have to say of what they met, for people. */
  readonly notes: string[] = [];

  constructor(options: WorldOptions) {
    super(options);
    this.options = options;
  }

  async open(): Promise<void> {
    const { database, server, sqlitePath, mutant, failsInStorage } = this.options;
    this.folder = mkdtempSync(join(tmpdir(), "beckon-faults-"));
    await keepFolder(this.folder);
    if (database === "mariadb" && server === null) throw new RangeError("MariaDB needs a server");
    await server?.start();
    this.database =
      server && database === "mariadb"
        ? await mariadbDatabase(server)
        : sqliteDatabase(sqlitePath ?? join(this.folder, "beckon.sqlite"));
    this.house = await furnish(this.database.url, agentNames);
    const port = await freePort();
    this.gatewayUrl = `http://127.0.0.1:${port}`;
    this.gateway = new GatewayProcess({
      program: gatewayProgram,
      orders: {
        databaseUrl: this.database.url,
        masterKey: this.house.masterKey,
        port,
        settings: { ...settings, BECKON_DATA: this.folder },
        failsInStorage: failsInStorage || mutant !== null,
        mutant,
        witnessPath: join(this.folder, "witness"),
      },
      logPath: join(this.folder, "gateway.log"),
      handed: ({ log, seq, id }) => this.consumer.take(log, seq, id),
    });
    this.consumer = new LogConsumer(
      () => this.house.storage,
      consumer,
      () => this.house.tenant,
    );
    this.recorder.isStored = (id) => this.consumer.has(id);
    [this.proxy] = await Promise.all([startProxy(lines, port), this.gateway.start()]);
    if (mutant !== "callback-instead-of-cursor") this.consumer.start();
    await this.#seat(this.gatewayUrl);
  }

  async close(): Promise<void> {
    this.quiet();
    for (const page of this.pages.values()) page.crash();
    await this.gateway?.kill();
    await this.proxy?.stop();
    await this.consumer?.stop();
    await this.house?.storage.close();
    await this.database?.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get people(): Person[] {
    return [...new Set(this.browsers.map(({ person }) => person))];
  }

  living(): Page[] {
    return [...this.pages.values()].filter((page) => page.living);
  }

  page(name: string): Page {
    const page = this.pages.get(name);
    if (!page) throw new RangeError(`no page ${name}`);
    return page;
  }

  secretOf(person: string): string {
    return this.#secrets.get(person) ?? "";
  }

  // ------------------------------------------------------------ talk

  protected override takesTurn(page: Page): boolean {
    if (page.browser.person.role !== "visitor") return true;
    const now = performance.now();
    if (now - (this.#spokeAt.get(page) ?? 0) < visitorPauseMs) return false;
    this.#spokeAt.set(page, now);
    return true;
  }

  readonly #spokeAt = new Map<Page, number>();

  protected isFull(page: Page): boolean {
    return page.gate.paused || page.unsent >= maxUnsent[page.browser.person.role];
  }

  protected speaks(page: Page): void {
    if (page.browser.person.role === "visitor") return page.say("current", page.browser.person.name);
    const open = [...page.opened];
    if (open.length === 0) return;
    const address = this.pick(open);
    page.say(address, address.endsWith("/staff") ? "staff" : this.#ownerOf(address));
  }

  /** Agents open what visitors have begun. */
  openBegun(): void {
    for (const [address] of this.#owners()) {
      for (const page of this.living()) {
        if (page.browser.person.role !== "agent") continue;
        page.watch(address);
        page.watch(address.replace("/public", "/staff"));
      }
    }
  }

  #owners(): Map<string, string> {
    const owners = new Map<string, string>();
    for (const page of this.living()) {
      if (page.browser.person.role === "agent") continue;
      for (const { log } of page.views()) if (log) owners.set(log, page.browser.person.name);
    }
    for (const [log, owner] of owners) this.#known.set(log, owner);
    return owners;
  }

  readonly #known = new Map<string, string>();

  #ownerOf(address: string): string {
    return this.#known.get(address) ?? "nobody";
  }

  wake(): void {
    for (const page of this.living()) if (!page.gate.paused) page.gate.run(() => page.client.wake());
  }

  // ------------------------------------------------------------ people

  async #seat(gatewayUrl: string): Promise<void> {
    const { speed, carrier } = this.options;
    const around = { recorder: this.recorder, speed, fraction: this.fraction };
    let line = 0;
    for (const [name, devices] of cast) {
      const person = agentNames.includes(name) ? await this.#agent(name, gatewayUrl) : this.#visitor(name);
      for (const pages of devices) {
        const browser = new Browser(person);
        this.browsers.push(browser);
        for (const page of pages) {
          this.pages.set(page, new Page(page, browser, line, this.proxy.urls[line] ?? "", carrier, around));
          line += 1;
        }
      }
    }
    for (const page of this.pages.values()) page.open();
    await this.until(() => this.living().every((page) => page.online));
    for (const page of this.pages.values())
      if (page.browser.person.role === "visitor") page.say("current", page.browser.person.name);
    await this.until(() => this.#owners().size === cast.length - agentNames.length);
    this.openBegun();
  }

  /** A place for a clone, on the same device. */
  spare(original: Page): Page {
    const { speed, carrier } = this.options;
    const around = { recorder: this.recorder, speed, fraction: this.fraction };
    const name = `${original.name}clone`;
    const url = this.proxy.urls[spareLine] ?? "";
    const known = this.pages.get(name);
    if (known) return known;
    const page = new Page(name, original.browser, spareLine, url, carrier, around);
    this.pages.set(name, page);
    return page;
  }

  #visitor(name: string): Person {
    const secret = newId();
    this.#secrets.set(name, secret);
    const credential = { role: "visitor" as const, site: this.house.siteKey, secret };
    return { name, role: "visitor", marks: new Set([name]), keepsToken: false, credential: async () => credential };
  }

  async #agent(name: string, gatewayUrl: string): Promise<Person> {
    const buy = await signIn(gatewayUrl, this.house.emailOf(name), this.house.password);
    let token = "";
    const person: Person = {
      name,
      role: "agent",
      marks: null,
      keepsToken: false,
      async credential(url) {
        if (!person.keepsToken) token = await buy(url);
        return { role: "agent", token };
      },
    };
    return person;
  }
}
