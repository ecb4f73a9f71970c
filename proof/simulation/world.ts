/** The simulated world: people with pages, a network, gateways, a database, and whatever goes wrong with them. */
import type { Credential } from "../../protocol/frames.ts";
import { createSeededRandom, type SeededRandom } from "../../protocol/testing/seeded-random.ts";
import { createWire, type Fate, type GatewayEnd, type ServerListener, type Wire } from "../../protocol/testing/wire.ts";
import { LinkBounds, maxQueuedAppends } from "./bounds.ts";
import { SimulatedBus } from "./bus.ts";
import { browserOf, gatewayCount, isAgent, isSignedIn, personOf, spareTabs, stranger, tabNames } from "./cast.ts";
import { Coverage } from "./coverage.ts";
import { type Backup, Database, restoreTo } from "./database.ts";
import { Fences } from "./fences.ts";
import { type DeathWish, Gateway } from "./gateway.ts";
import { type Installation, identityOf } from "./installation.ts";
import { Browser, type Person, Tab } from "./people.ts";
import { Recorder } from "./recorder.ts";
import { VirtualTime } from "./virtual-time.ts";
import { WindowBounds } from "./window-bounds.ts";

const usualLatencyMs = 4;

/** What is wrong with the network of a tab, now. */
export interface NetworkTrouble {
  fate: (name: string) => Fate;
  latencyMs: (way: "up" | "down", name: string) => number;
  bytesPerMs: number;
  doubles: boolean;
}
export const fineNetwork = (): NetworkTrouble => ({
  fate: () => "fine",
  latencyMs: () => 0,
  bytesPerMs: Number.POSITIVE_INFINITY,
  doubles: false,
});

export class World {
  readonly time = new VirtualTime();
  readonly coverage = new Coverage();
  readonly installation: Installation;
  readonly recorder: Recorder;
  readonly database: Database;
  readonly bus: SimulatedBus;
  readonly gateways: Gateway[] = [];
  readonly browsers = new Map<string, Browser>();
  readonly tabs = new Map<string, Tab>();
  readonly networks = new Map<string, NetworkTrouble>();
  /** Where gateways are to die. */
  readonly standing = new Set<DeathWish>();
  /** People whose next login is refused. */
  readonly staleTokens = new Set<string>();
  /** Backups, the newest last. */
  readonly backups: { readonly atMs: number; readonly backup: Backup }[] = [];
  /** Each part has its own luck, so that a fault more or less changes little elsewhere. */
  readonly #seed: number;

  private constructor(installation: Installation, seed: number, tracing: boolean) {
    this.#seed = seed;
    this.installation = installation;
    const { time } = this;
    this.recorder = new Recorder(() => time.nowMs, tracing);
    this.database = new Database(installation.base, () => time.nowMs);
    this.bus = new SimulatedBus(time, this.luck(1));
    this.recorder.isDurable = (id) => this.database.durable.has(id);
    this.recorder.isGone = (conversation) => this.database.isGone(conversation);
    this.database.committed = (ids) => {
      for (const id of ids) this.recorder.note("database", () => "commits", id);
    };
    const commits = this.luck(2);
    this.database.commitMs = () => 1 + commits.below(4);
  }

  /** `present`: tabs that are there from the beginning. */
  static async open(
    installation: Installation,
    seed: number,
    present: readonly string[],
    tracing = false,
  ): Promise<World> {
    await restoreTo(installation.base, installation.empty);
    const world = new World(installation, seed, tracing);
    for (let index = 0; index < gatewayCount; index += 1) world.gateways.push(world.#gateway(index));
    for (const name of [...tabNames, ...spareTabs, stranger]) world.#seat(name);
    for (const gateway of world.gateways) void gateway.start();
    await world.time.pass(100);
    for (const name of present) world.tab(name).load();
    return world;
  }

  luck(part: number): SeededRandom {
    return createSeededRandom(this.#seed * 1000 + part);
  }

  tab(name: string): Tab {
    const tab = this.tabs.get(name);
    if (!tab) throw new Error(`nobody is called ${name}`);
    return tab;
  }

  living(): Tab[] {
    return [...this.tabs.values()].filter(({ living }) => living);
  }

  /** The newest conversation of a visitor, as a page of theirs knows it. */
  conversationOf(person: string): { conversation: string; mark: string } | null {
    for (const tab of this.living()) {
      if (personOf(tab.name) !== person) continue;
      const log = tab.client.log("current")?.log;
      if (log) return { conversation: log.split("/")[0] as string, mark: tab.browser.mark };
    }
    return null;
  }

  #gateway(index: number): Gateway {
    const { time, database, bus, coverage, recorder } = this;
    const { signer } = this.installation;
    const name = `g${index}`;
    return new Gateway(name, {
      time,
      database,
      bus,
      coverage,
      standing: this.standing,
      signer,
      random: this.luck(10 + index),
      defect: (event, fields) => recorder.violated("defect", `${name} logs ${event} ${JSON.stringify(fields)}`),
      tells: (who, text, bufferedBytes) => {
        recorder.told(name, who, text);
        recorder.linkHolds(who, bufferedBytes, text.length);
      },
      linkOf: (who) => new LinkBounds(recorder, who),
      windowOf: (who) => new WindowBounds(recorder, who),
      fences: () => new Fences(recorder),
      queues: (appends) => recorder.bounded(`appends that wait in ${name}`, appends, maxQueuedAppends),
    });
  }

  #seat(name: string): void {
    const person = this.#person(personOf(name));
    const { time, recorder } = this;
    const random = this.luck(100 + this.tabs.size);
    const desk = { time, recorder, random, wire: (tab: Tab) => this.#wire(tab, random) };
    const known = this.browsers.get(browserOf(name));
    const browser = known ?? new Browser(browserOf(name), person, desk);
    this.browsers.set(browser.name, browser);
    this.networks.set(name, fineNetwork());
    this.tabs.set(name, new Tab(name, browser, desk));
  }

  #person(name: string): Person {
    const agent = isAgent(name);
    return {
      name,
      role: agent ? "agent" : "visitor",
      ...(isSignedIn(name) ? { identity: identityOf(this.installation, name) } : {}),
      credential: (browser) => (agent ? this.#agentCredential(name) : this.#visitorCredential(name, browser.secret)),
    };
  }

  #visitorCredential(name: string, secret: string): Credential {
    const stale = this.staleTokens.delete(name);
    return {
      role: "visitor",
      site: this.installation.site.key,
      secret,
      ...(stale ? { token: "stale" } : {}),
    };
  }

  /** Bought by HTTP, from a gateway that is up; null: not now. */
  #agentCredential(name: string): Credential | null {
    const agent = this.installation.agents.get(name);
    const up = this.gateways.find((gateway) => gateway.up);
    const token = agent && up ? up.agentToken(agent) : null;
    if (token === null) return null;
    return { role: "agent", token: this.staleTokens.delete(name) ? "stale" : token };
  }

  #wire(tab: Tab, random: SeededRandom): Wire {
    const trouble = (): NetworkTrouble => this.networks.get(tab.name) as NetworkTrouble;
    const wire = createWire(this.time.clock, (end) => this.#answer(tab, end, random));
    wire.fate = (name) => (this.gateways.some(({ up }) => up) ? trouble().fate(name) : "refuse");
    wire.latencyMs = (way, name) => usualLatencyMs + random.below(12) + trouble().latencyMs(way, name);
    wire.doubles = (name) => trouble().doubles && name !== "websocket" && random.chance(0.5);
    Object.defineProperty(wire, "downBytesPerMs", { get: () => trouble().bytesPerMs });
    return wire;
  }

  /** Some gateway that is up takes the connection. */
  #answer(tab: Tab, end: GatewayEnd, random: SeededRandom): ServerListener {
    const up = this.gateways.filter((gateway) => gateway.up);
    if (up.length > 0) return random.pick(up).connect(tab.name, end);
    end.close(1006, "");
    return { message() {}, closed() {} };
  }
}
