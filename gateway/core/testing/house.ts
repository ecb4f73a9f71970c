/** The real core on real storage (SQLite in memory) and the real bus, with a clock, sockets and people in the hand of a test. */
import { randomBytes } from "node:crypto";
import type { ClientFrame, Hello, Publish } from "../../../protocol/client-frames.ts";
import type { Attributes, LogPosition, ProducerOffer, PublishBody, Role } from "../../../protocol/frames.ts";
import { createVirtualClock } from "../../../protocol/testing/virtual-clock.ts";
import { openStorage } from "../../../storage/open-storage.ts";
import type { AgentRecord, SiteRecord, SiteSettings } from "../../../storage/records.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { Bus } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory.ts";
import { createSigner } from "../../machine/signer.ts";
import { type CarrierInfo, type Core, type CorePorts, type CoreSettings, createCore, type LogFields } from "../core.ts";
import { readVisitorToken, visitorIdOf } from "../visitor-token.ts";
import { TestSocket } from "./test-socket.ts";

export const newId = (): string => randomBytes(16).toString("base64url");

export const settings: CoreSettings = {
  gatewayName: "one",
  maxSessions: 1000,
  maxSessionsPerAddress: 1000,
  maxVisits: 20_000,
  heartbeatMs: 20_000,
  visitGraceMs: 30_000,
  idleMs: 300_000,
  sweepMs: 5000,
};

const masterKey = new Uint8Array(32).fill(7);
const siteSettings: SiteSettings = {
  side: "right",
  origins: [],
  previews: false,
  remembers: false,
  requireSignature: false,
  reopenMs: 7 * 86_400_000,
};

export interface LogLine {
  readonly event: string;
  readonly fields: LogFields;
}

/** One installation: storage and bus, one tenant with a site and an agent; gateways and further tenants as a test wants. */
export class House {
  readonly clock = createVirtualClock();
  readonly signer = createSigner(masterKey);
  readonly logLines: LogLine[] = [];
  readonly counters = new Map<string, number>();
  readonly cores: Core[] = [];
  readonly storage: Storage;
  readonly bus: Bus;
  /** Made by {@link open}. */
  core!: Core;
  tenant = 0;
  site!: SiteRecord;
  agent!: AgentRecord;

  private constructor(storage: Storage, bus: Bus) {
    this.storage = storage;
    this.bus = bus;
  }

  /** `wrap`: stands between the core and the real storage, to hold answers back, count, or fail. */
  static async open(
    change: Partial<CoreSettings> = {},
    wrap: (storage: Storage) => Storage = (storage) => storage,
  ): Promise<House> {
    const storage = await openStorage("sqlite::memory:", { migrate: "always", masterKey });
    const house = new House(wrap(storage), createMemoryBus());
    const { tenant, site, agent } = await house.addTenant("Northslope");
    Object.assign(house, { tenant, site, agent });
    house.core = await house.addGateway(change);
    return house;
  }

  async addGateway(change: Partial<CoreSettings> = {}, ports: Partial<CorePorts> = {}): Promise<Core> {
    const core = createCore({ ...this.#ports(), ...ports }, { ...settings, ...change });
    await core.start();
    this.cores.push(core);
    return core;
  }

  async addTenant(name: string): Promise<{ tenant: number; site: SiteRecord; agent: AgentRecord }> {
    const { tenant } = await this.storage.createTenant(name);
    const site = await this.addSite(tenant, `${name} shop`);
    const agent = await this.addAgent(tenant, "agent");
    return { tenant, site, agent };
  }

  async addSite(tenant: number, name: string, change: Partial<SiteSettings> = {}): Promise<SiteRecord> {
    const key = `site-${newId()}`;
    return this.storage.createSite(tenant, { key, name, secret: newId(), settings: { ...siteSettings, ...change } });
  }

  async addAgent(tenant: number, role: Role, departments: number[] = []): Promise<AgentRecord> {
    const email = `${newId()}@example.com`;
    const made = await this.storage.createAgent(tenant, {
      email,
      name: `Agent ${email.slice(0, 4)}`,
      role,
      passwordHash: "x",
      departments,
    });
    if (made === "conflict") throw new Error("the e-mail is taken");
    return made;
  }

  visitor(options: { core?: Core; site?: SiteRecord; secret?: string; info?: Partial<CarrierInfo> } = {}): TestVisitor {
    return new TestVisitor(
      this,
      options.core ?? this.core,
      options.site ?? this.site,
      options.secret ?? newId(),
      options.info ?? {},
    );
  }

  agentAt(agent: AgentRecord = this.agent, core: Core = this.core): TestAgent {
    return new TestAgent(this, core, agent);
  }

  async close(): Promise<void> {
    await Promise.all(this.cores.map((core) => core.drain(0)));
    await this.bus.close();
    await this.storage.close();
  }

  #ports(): CorePorts {
    const line = (event: string, fields: LogFields = {}): void => void this.logLines.push({ event, fields });
    return {
      storage: this.storage,
      bus: this.bus,
      clock: this.clock,
      ids: { id: newId, fraction: () => 0.5 },
      signer: this.signer,
      log: { debug: line, info: line, warn: line, error: line },
      metrics: {
        count: (name, by = 1) => void this.counters.set(name, (this.counters.get(name) ?? 0) + by),
        gauge: () => {},
        observe: () => {},
      },
      surroundings: {
        device: (userAgent) => ({ browser: userAgent, os: "Linux", form: "desktop", bot: userAgent.includes("bot") }),
        place: () => ({ country: "NL", city: "Utrecht" }),
      },
      failPoints: { reach: () => {} },
    };
  }
}

/** Somebody with a connection: publishes with ordinals of its own. */
abstract class TestPerson {
  readonly house: House;
  readonly core: Core;
  socket = new TestSocket();
  producer = newId();
  incarnation = 0;
  nonce = newId();
  readonly #ordinals = new Map<string, number>();

  constructor(house: House, core: Core) {
    this.house = house;
    this.core = core;
  }

  /** A fresh connection; says nothing yet. */
  dial(info: Partial<CarrierInfo> = {}): TestSocket {
    this.socket = new TestSocket();
    this.socket.events = this.core.connect(this.socket, {
      carrier: "websocket",
      ipAddress: "192.0.2.1",
      userAgent: "Firefox 144",
      origin: "https://shop.example",
      acceptLanguage: "en",
      ...info,
    });
    return this.socket;
  }

  say(...frames: ClientFrame[]): void {
    this.socket.say(...frames);
  }

  offer(): ProducerOffer {
    this.incarnation += 1;
    return { producer: this.producer, incarnation: this.incarnation, nonce: this.nonce, outgoing: [] };
  }

  frame(address: string, body: PublishBody, more: Partial<Publish> = {}): Publish {
    const ordinal = (this.#ordinals.get(address) ?? 0) + 1;
    this.#ordinals.set(address, more.ordinal ?? ordinal);
    return { kind: "publish", producer: this.producer, address, ordinal, id: newId(), body, ...more };
  }

  /** Sends it and waits for the answer. */
  async publishes(address: string, body: PublishBody, more: Partial<Publish> = {}) {
    const frame = this.frame(address, body, more);
    this.say(frame);
    return this.answerTo(frame.id);
  }

  async answerTo(id: string) {
    const { until } = await import("./until.ts");
    return until(() =>
      this.socket.frames.find((frame) => (frame.kind === "ack" || frame.kind === "refuse") && frame.id === id),
    ) as Promise<Extract<TestSocket["frames"][number], { kind: "ack" | "refuse" }>>;
  }

  /** The same, which must be acknowledged. */
  async writes(address: string, text: string, more: Partial<Publish> = {}) {
    const answer = await this.publishes(address, { kind: "text", text }, more);
    if (answer.kind !== "ack") throw new Error(`refused: ${answer.code}`);
    return answer;
  }
}

export class TestVisitor extends TestPerson {
  readonly site: SiteRecord;
  readonly secret: string;
  readonly info: Partial<CarrierInfo>;
  load = newId();
  url = "https://shop.example/";
  title = "Home";
  referrer = "";
  attributes: Attributes = {};

  constructor(house: House, core: Core, site: SiteRecord, secret: string, info: Partial<CarrierInfo>) {
    super(house, core);
    this.site = site;
    this.secret = secret;
    this.info = info;
  }

  get id(): string {
    return visitorIdOf(this.house.signer, this.site.tenant, this.site.site, this.secret);
  }

  /** Of a page that is linked: the row of the person, which stands for it until it writes. */
  get person(): string {
    const token = this.socket.last("identified")?.token ?? "";
    const claims = readVisitorToken(this.house.signer, token, this.house.clock.now());
    if (!claims) throw new Error("this page is linked to nobody");
    return claims.contact;
  }

  hello(more: Partial<Hello> = {}): Hello {
    return {
      kind: "hello",
      version: 1,
      credential: { role: "visitor", site: this.site.key, secret: this.secret },
      carrier: "websocket",
      visible: true,
      producers: [this.offer()],
      positions: [{ address: "current", epoch: "", seen: 0, delivered: 0, read: 0 }],
      visit: {
        load: this.load,
        page: { url: this.url, title: this.title, referrer: this.referrer },
        pageAgeMs: 0,
        attributes: this.attributes,
        locale: "en",
        timeZone: "Europe/Amsterdam",
        screen: "1280x800",
      },
      ...more,
    };
  }

  async arrives(more: Partial<Hello> = {}): Promise<this> {
    this.dial(this.info);
    this.say(this.hello(more));
    await this.socket.receives("ok");
    return this;
  }
}

export class TestAgent extends TestPerson {
  readonly agent: AgentRecord;

  constructor(house: House, core: Core, agent: AgentRecord) {
    super(house, core);
    this.agent = agent;
  }

  hello(more: Partial<Hello> = {}): Hello {
    return {
      kind: "hello",
      version: 1,
      credential: { role: "agent", token: this.core.agentToken(this.agent).token },
      carrier: "websocket",
      visible: true,
      producers: [this.offer()],
      positions: [],
      ...more,
    };
  }

  async arrives(more: Partial<Hello> = {}): Promise<this> {
    this.dial();
    this.say(this.hello(more));
    await this.socket.receives("ok");
    return this;
  }

  /** Opens the log and waits for its state. */
  async opens(log: string, position: Partial<LogPosition> = {}) {
    this.say({ kind: "subscribe", position: { address: log, epoch: "", seen: 0, delivered: 0, read: 0, ...position } });
    return this.socket.receives("log", (frame) => frame.address === log);
  }
}
