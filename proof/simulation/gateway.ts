/** A gateway of the simulated world: the real core and the real storage in a process that can die at every await, and come back. */

import type { Bus } from "../../gateway/bus/bus.ts";
import {
  type CarrierEvents,
  type CarrierSocket,
  type Core,
  type CorePorts,
  createCore,
  type LogFields,
  type Signer,
} from "../../gateway/core/core.ts";
import type { RandomSource } from "../../protocol/ports.ts";
import type { GatewayEnd, ServerListener } from "../../protocol/testing/wire.ts";
import type { AgentRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";
import type { LinkBounds } from "./bounds.ts";
import type { Coverage, Place } from "./coverage.ts";
import type { Database } from "./database.ts";
import type { Fences } from "./fences.ts";
import { Death, Process } from "./process.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { WindowBounds } from "./window-bounds.ts";

/** When a gateway dies: at the `after`th await that it reaches; only those named `point`, only on behalf of `errand`. */
export interface DeathWish {
  readonly point: string | null;
  readonly errand: string | null;
  after: number;
  /** Told just before it comes true. */
  met(gateway: Gateway): void;
}

export interface Surrounding {
  readonly time: VirtualTime;
  readonly random: RandomSource;
  readonly database: Database;
  readonly bus: Bus;
  readonly signer: Signer;
  readonly coverage: Coverage;
  /** Places at which the gateway dies that comes by first. */
  readonly standing: Set<DeathWish>;
  /** The core said that something is wrong with itself. */
  defect(event: string, fields: LogFields): void;
  /** What a gateway tells a client, as it leaves it; and what then waits on that link. */
  tells(who: string, text: string, bufferedBytes: number): void;
  linkOf(who: string): LinkBounds;
  windowOf(who: string): WindowBounds;
  /** Of a new process. */
  fences(): Fences;
  /** How many appends wait in a gateway. */
  queues(appends: number): void;
}

const unknownPlace = { ipAddress: "192.0.2.1", userAgent: "Firefox", origin: "", acceptLanguage: "" };
const supervisorMs = 250;
/** What restarts cost: the program loads. */
const bootMs = 400;

export class Gateway {
  readonly name: string;
  wish: DeathWish | null = null;
  readonly #around: Surrounding;
  #process: Process;
  #core: Core | null = null;
  #fences!: Fences;
  #errand = "boot";
  #ends: GatewayEnd[] = [];
  /** Wall clock of the machine. */
  #wallAheadMs = 0;

  constructor(name: string, around: Surrounding) {
    this.name = name;
    this.#around = around;
    this.#process = this.#fresh();
  }

  get up(): boolean {
    return this.#core !== null && this.#process.alive;
  }

  /** Until it finds its database. */
  async start(): Promise<void> {
    this.#process = this.#fresh();
    this.#fences = this.#around.fences();
    this.#errand = "boot";
    const process = this.#process;
    const { database, random } = this.#around;
    while (process.alive && this.#process === process) {
      try {
        const storage = await database.open(this.#owner(process), () => random.fraction());
        const core = createCore(this.#ports(process, storage), this.#settings());
        await core.start();
        if (this.#process === process) this.#core = core;
        return;
      } catch (error) {
        if (error instanceof Death || !process.alive) return;
        await process.sleep(supervisorMs).catch(() => {});
      }
    }
  }

  /** What was being committed is rolled back, nobody is told, and nothing that was under way comes back. */
  kill(silently = false): void {
    if (!this.#process.alive) return;
    this.#process.die();
    this.#core = null;
    this.wish = null;
    const ends = this.#ends;
    this.#ends = [];
    if (!silently) for (const end of ends) end.close(1006, "");
  }

  startIn(ms: number): void {
    this.#around.time.clock.after(ms + bootMs, () => {
      if (!this.#process.alive) void this.start();
    });
  }

  pause(): void {
    this.#process.pause();
  }

  resume(): void {
    this.#process.resume();
  }

  /** It tells its clients to go, finishes, and ends. */
  async drain(withinMs: number): Promise<void> {
    const process = this.#process;
    await this.#core?.drain(withinMs);
    if (this.#process === process) this.kill();
  }

  jump(ms: number): void {
    this.#wallAheadMs += ms;
    this.#process.wallAheadMs = this.#wallAheadMs;
  }

  /** Null: nobody there to sell it. */
  agentToken(agent: AgentRecord): string | null {
    return this.#core && this.up ? this.#core.agentToken(agent).token : null;
  }

  connect(who: string, end: GatewayEnd): ServerListener {
    const process = this.#process;
    const core = this.#core as Core;
    const bounds = this.#around.linkOf(who);
    const fenced = this.#fences.linkOf(who);
    const window = this.#around.windowOf(who);
    this.#ends.push(end);
    const socket: CarrierSocket = {
      send: (text) => {
        if (!process.alive) return "dropped";
        const result = end.send(text);
        if (result === "sent") {
          bounds.down(text);
          fenced.down(text);
          window.down(text);
          this.#around.tells(who, text, end.bufferedBytes());
        }
        return result;
      },
      close: (code, reason) => {
        if (process.alive) end.close(code, reason);
      },
      terminate: () => end.close(1006, ""),
      bufferedBytes: () => end.bufferedBytes(),
    };
    const run = (errand: string, work: () => void): void =>
      process.run(() => {
        this.#errand = errand;
        work();
      });
    let events: CarrierEvents | undefined;
    run("connect", () => {
      events = core.connect(socket, { ...unknownPlace, carrier: end.carrier });
    });
    return {
      message: (text) =>
        run(kindOf(text), () => {
          fenced.up(text);
          window.up(text);
          events?.message(text);
          bounds.up(text);
        }),
      drained: () => run("drained", () => events?.drained()),
      closed: () => run("closed", () => events?.closed(1006, "")),
    };
  }

  #fresh(): Process {
    const process = new Process(this.#around.time, () => {
      this.#around.time.disturb();
      this.#errand = "timer";
    });
    process.wallAheadMs = this.#wallAheadMs;
    return process;
  }

  #settings() {
    return {
      gatewayName: this.name,
      maxSessions: 1000,
      maxSessionsPerAddress: 1000,
      maxVisits: 10_000,
      heartbeatMs: 20_000,
      visitGraceMs: 30_000,
      idleMs: 300_000,
      sweepMs: 5000,
    };
  }

  /** Every await of the core, and every step of a transaction, passes here. */
  #reach(process: Process, point: string): void {
    if (!process.alive) throw new Death();
    const place = { errand: point.includes("append") || point === "after-ack" ? "publish" : this.#errand, point };
    this.#around.coverage.reached(place);
    const wish = this.#fatal(place);
    if (!wish) return;
    this.#around.coverage.crashed(place);
    wish.met(this);
    this.kill();
    throw new Death();
  }

  /** The wish that comes true here. */
  #fatal({ errand, point }: Place): DeathWish | null {
    const { standing } = this.#around;
    for (const wish of this.wish ? [this.wish, ...standing] : standing) {
      if ((wish.point ?? point) !== point || (wish.errand ?? errand) !== errand) continue;
      wish.after -= 1;
      if (wish.after > 0) continue;
      standing.delete(wish);
      return wish;
    }
    return null;
  }

  #owner(process: Process) {
    return {
      process,
      reach: (point: string) => this.#reach(process, point),
      errand: (pool: "append" | "rest") => {
        const errand = pool === "append" ? "publish" : this.#errand;
        return () => {
          this.#errand = errand;
        };
      },
    };
  }

  #ports(process: Process, storage: Storage): CorePorts {
    const { random, signer, defect } = this.#around;
    const whileAlive =
      <Values extends unknown[]>(run: (...values: Values) => void) =>
      (...values: Values): void => {
        if (process.alive) run(...values);
      };
    return {
      storage: this.#storage(process, storage),
      bus: this.#bus(process),
      clock: process.clock,
      ids: { id: () => random.id(), fraction: () => random.fraction() },
      signer,
      log: {
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: whileAlive((event, fields = {}) => defect(event, fields)),
      },
      metrics: { count: () => {}, gauge: () => {}, observe: () => {} },
      surroundings: {
        device: (userAgent) => ({ browser: userAgent, os: "Linux", form: "desktop", bot: false }),
        place: () => ({}),
      },
      failPoints: { reach: (name) => this.#reach(process, name) },
    };
  }

  #bus(process: Process): Bus {
    const { bus } = this.#around;
    const hear = (listener: (payload: string, topic: string) => void) => (payload: string, topic: string) =>
      process.run(() => {
        this.#errand = "bus";
        listener(payload, topic);
      });
    return {
      publish(topic, payload) {
        if (process.alive) bus.publish(topic, payload);
      },
      subscribe: (topic, listener) => bus.subscribe(topic, hear(listener)),
      get state() {
        return bus.state;
      },
      get dropped() {
        return bus.dropped;
      },
      close: async () => {},
    };
  }

  /** Each method of the port is an await of the core: asked, and answered. */
  #storage(process: Process, storage: Storage): Storage {
    return new Proxy(storage, {
      get: (target, name) => {
        const value = target[name as keyof Storage];
        if (typeof value !== "function" || name === "close" || name === "metrics") return value;
        const method = value as (...words: never[]) => Promise<unknown>;
        return (...words: never[]) => {
          if (name === "append") this.#around.queues(target.metrics().queueDepth);
          return this.#asked(process, String(name), () => method.apply(target, words));
        };
      },
    });
  }

  async #asked(process: Process, name: string, work: () => Promise<unknown>): Promise<unknown> {
    const forever = new Promise<never>(() => {});
    const errand = this.#errand;
    try {
      this.#reach(process, `${name}: asked`);
      const result = await work();
      this.#errand = errand;
      this.#reach(process, `${name}: answered`);
      return result;
    } catch (error) {
      if (!process.alive) return forever;
      this.#errand = errand;
      throw error;
    }
  }
}

/** What the wire message is about: the first kind in it. */
function kindOf(text: string): string {
  return /"k":"([\w-]+)"/.exec(text)?.[1] ?? "unreadable";
}
