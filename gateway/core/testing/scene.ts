/** Pages with the real client in them, gateways with the real core, a network and a storage that a test can break. */
import type { Credential } from "../../../protocol/frames.ts";
import { openPage, type TestPage, type TestPageOptions } from "../../../protocol/testing/page.ts";
import { createSeededRandom, type SeededRandom } from "../../../protocol/testing/seeded-random.ts";
import { createSharedDisk, type PageStore, type SharedDisk } from "../../../protocol/testing/shared-disk.ts";
import { createWire, type Wire } from "../../../protocol/testing/wire.ts";
import type { LogKind, Storage } from "../../../storage/storage.ts";
import { StorageSwitch } from "./faulty-storage.ts";
import { House } from "./house.ts";
import { MortalGateway } from "./mortal-gateway.ts";

/** The longest step of {@link Scene.pass}: storage answers between steps only. */
const stepMs = 100;

/** A browser tab: its page can be loaded again, its disk is that of its browser. */
export interface Tab extends TestPage {
  readonly wire: Wire;
  readonly store: PageStore;
  /** Everything that gateways have sent to this tab, over all its pages. */
  readonly received: string[];
  say(text: string, address?: string): string;
  /** The page dies as it is and comes again. What it was writing is written. */
  reload(): void;
  /** It dies, and does not come again. */
  close(): void;
  /** Texts of one log as they would be drawn, without what is on its way. */
  textsOf(address: string): string[];
}

export interface TabOptions {
  disk?: SharedDisk;
  page?: Partial<TestPageOptions>;
  /** How each new wire of it behaves. */
  wire?: (wire: Wire) => void;
}

export class Scene {
  readonly house: House;
  /** Breaks what gateways see of the storage. */
  readonly storage: StorageSwitch;
  readonly random: SeededRandom;
  readonly gateways: MortalGateway[] = [];
  readonly #truth: Storage;

  private constructor(house: House, storage: StorageSwitch, truth: Storage, random: SeededRandom) {
    this.house = house;
    this.storage = storage;
    this.#truth = truth;
    this.random = random;
  }

  static async open(seed = 1, gateways = 1): Promise<Scene> {
    const storage = new StorageSwitch();
    let truth: Storage | undefined;
    const house = await House.open({}, (real) => {
      truth = real;
      return storage.wrap(real);
    });
    const scene = new Scene(house, storage, truth as Storage, createSeededRandom(seed));
    for (let index = 0; index < gateways; index += 1) await scene.addGateway();
    storage.calls.length = 0;
    return scene;
  }

  async addGateway(): Promise<MortalGateway> {
    const gateway = await MortalGateway.start(this.house, `g${this.gateways.length}`);
    this.gateways.push(gateway);
    return gateway;
  }

  /** Its connections break, and another process starts on the same storage. */
  async replace(gateway: MortalGateway, tabs: readonly Tab[]): Promise<void> {
    gateway.kill(this.house);
    this.gateways.splice(this.gateways.indexOf(gateway), 1);
    for (const tab of tabs) tab.wire.cut();
    // Its supervisor starts it until it finds its database.
    const { down } = this.storage;
    this.storage.down = false;
    await this.addGateway();
    this.storage.down = down;
  }

  visitor(options: TabOptions & { secret?: string } = {}): Tab {
    const { site } = this.house;
    const secret = options.secret ?? "visitorvisitorvisitorA";
    return this.#tab(options, { role: "visitor", site: site.key, secret }, `shop/${secret}`);
  }

  /** A token lives for a minute: a new one is bought before each hello. */
  agent(options: TabOptions = {}): Tab {
    const { house } = this;
    const credential: Credential = {
      role: "agent",
      get token() {
        return house.core.agentToken(house.agent).token;
      },
    };
    return this.#tab(options, credential, "agent");
  }

  /** Time passes, and whatever storage has under way comes to its end in between. */
  async pass(ms: number, step = stepMs): Promise<void> {
    await this.#settle();
    for (let left = ms; left > 0; left -= step) {
      this.house.clock.advance(Math.min(step, left));
      await this.#settle();
    }
  }

  /** What was closed is too old to be opened again. */
  async expireReopening(): Promise<void> {
    const { tenant, site } = this.house;
    await this.#truth.updateSite(tenant, site.site, { settings: { ...site.settings, reopenMs: 0 } });
    for (const { core } of this.gateways) await core.siteChanged(tenant);
    await this.pass(1);
  }

  /** What stands in a log, whether or not gateways can reach the storage. */
  async stored(conversation: string, log: LogKind = "public"): Promise<string[]> {
    const events = await this.#truth.readLog(this.house.tenant, conversation, log, 1, 1000, 1000);
    return events.flatMap(({ body }) => ("text" in body ? [body.text] : []));
  }

  async close(): Promise<void> {
    this.storage.heal();
    await this.house.close();
  }

  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      if (this.storage.underWay > 0) quiet = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #tab(options: TabOptions, credential: Credential, scope: string): Tab {
    const { house, random } = this;
    const { clock } = house;
    const disk = options.disk ?? createSharedDisk(clock);
    const received: string[] = [];
    const load = (): { page: TestPage; wire: Wire; store: PageStore } => {
      const wire = createWire(clock, (end) =>
        random.pick(this.gateways).connect({
          ...end,
          send(text) {
            received.push(text);
            end.send(text);
          },
        }),
      );
      options.wire?.(wire);
      const store = disk.page();
      const page = openPage({ clock, random, wire, store, scope, credential, ...options.page });
      page.client.start();
      return { page, wire, store };
    };
    let { page, wire, store } = load();
    const die = (): void => {
      clock.advance(2); // what is being written is written
      store.die();
      if (random.chance(0.5)) wire.cut();
      else wire.deafen("both");
      page.client.stop();
    };
    return {
      get client() {
        return page.client;
      },
      get heard() {
        return page.heard;
      },
      get rejected() {
        return page.rejected;
      },
      get failures() {
        return page.failures;
      },
      get wire() {
        return wire;
      },
      get store() {
        return store;
      },
      received,
      shown: () => page.shown(),
      say: (text, address = "current") => page.client.publish(address, { kind: "text", text }),
      reload() {
        die();
        ({ page, wire, store } = load());
      },
      close: die,
      textsOf: (address) =>
        page.client.log(address)?.events.flatMap(({ body }) => ("text" in body ? [body.text] : [])) ?? [],
    };
  }
}
