import { expect, it } from "vitest";
import { createDatabase, type Gateway } from "./testing/model-database.ts";
import { createGateway } from "./testing/model-server.ts";
import { openPage, type TestPage } from "./testing/page.ts";
import { createSeededRandom } from "./testing/seeded-random.ts";
import { createSharedDisk, type PageStore } from "./testing/shared-disk.ts";
import { createVirtualClock } from "./testing/virtual-clock.ts";
import { createWire, type Wire } from "./testing/wire.ts";

const seeds = Number(process.env.FUZZ_SEEDS ?? 40);
const firstSeed = Number(process.env.FUZZ_SEED ?? 1);
/** Restores that once lost something. */
const hardRestores = [274];
const steps = 120;
// Fewer messages than the `initialEvents` that a client holds after a reset: only what is held can be offered again.
const stepsWithRestores = 60;

/** A tab: its page can be reloaded; what it says is numbered over all its pages. */
interface Tab {
  name: string;
  page: TestPage;
  store: PageStore;
  wire: Wire;
  said: number;
}

/** What a page shows as refused for good: a log that a restore took away before this page had seen it. */
function refused(page: TestPage): string[] {
  return page.failures.flatMap(({ body, code }) => (code === "not-found" && "text" in body ? [body.text] : []));
}

/** One run: two tabs of one visitor, an agent, two gateways, and whatever the seed thinks of. */
function run(seed: number, restores: boolean): void {
  const random = createSeededRandom(seed);
  const clock = createVirtualClock();
  const database = createDatabase();
  const gateways: Gateway[] = [0, 1].map(() => createGateway(database, clock, random));
  const disks = { visitor: createSharedDisk(clock), agent: createSharedDisk(clock) };
  let troubled = true;
  for (const gateway of gateways) {
    gateway.loseHint = () => troubled && random.chance(0.3);
    gateway.refuse = () => (troubled && random.chance(0.05) ? { code: "busy", final: false } : null);
  }
  const openWire = (): Wire => {
    const wire = createWire(clock, (end) => random.pick(gateways).connect(end));
    wire.latencyMs = () => (troubled ? random.below(80) : 5);
    wire.doubles = () => troubled && random.chance(0.1);
    wire.refuse = () => troubled && random.chance(0.1);
    wire.swallow = () => troubled && random.chance(0.1);
    return wire;
  };
  const load = (who: "visitor" | "agent", wire: Wire): { page: TestPage; store: PageStore } => {
    const store = disks[who].page();
    const page = openPage({
      clock,
      random,
      wire,
      store,
      scope: `scope/${who}`,
      carriers: ["websocket", "xhr-streaming", "xhr-polling"],
      ...(who === "agent" ? { credential: { role: "agent", token: "agent-one" } as const } : {}),
    });
    page.client.start();
    return { page, store };
  };
  const openTab = (name: string, who: "visitor" | "agent"): Tab => {
    const wire = openWire();
    return { name, wire, said: 0, ...load(who, wire) };
  };
  const visitors = [openTab("a", "visitor"), openTab("b", "visitor")];
  const agent = openTab("x", "agent");
  const tabs = [...visitors, agent];
  const log = (): string | undefined => {
    const conversation = database.state.conversations[0];
    return conversation && `${conversation.id}/public`;
  };
  const say = (tab: Tab): void => {
    const address = tab === agent ? log() : "current";
    if (!address) return;
    if (tab === agent) tab.page.client.open(address);
    tab.page.client.publish(address, { kind: "text", text: `${tab.name} ${++tab.said}` });
  };
  const reload = (tab: Tab): void => {
    clock.advance(2); // what is being written is written
    tab.store.die();
    if (random.chance(0.5)) tab.wire.cut();
    else tab.wire.deafen("both");
    tab.page.client.stop();
    tab.wire = openWire();
    Object.assign(tab, load(tab === agent ? "agent" : "visitor", tab.wire));
    const address = log();
    if (tab === agent && address) tab.page.client.open(address);
  };
  let backup = database.backup();
  const faults: (() => void)[] = [
    () => random.pick(tabs).wire.cut(),
    () => random.pick(tabs).wire.deafen(random.pick(["up", "down", "both"] as const)),
    () => reload(random.pick(tabs)),
    () => {
      random.pick(gateways).kill();
      for (const tab of tabs) tab.wire.cut();
    },
    () => random.pick(gateways).go(2000),
    () => random.pick(tabs).page.client.wake(),
    () => clock.jump(random.pick([-3_600_000, 3_600_000])),
  ];
  if (restores) {
    // A page that dies within `saveDelayMs` of an ack holds nothing that it could offer again.
    faults.splice(2, 1, () => {
      if (random.chance(0.7)) return;
      for (const gateway of gateways) gateway.kill();
      for (const tab of tabs) tab.wire.cut();
      database.restore(backup);
    });
  }

  for (let step = 0; step < (restores ? stepsWithRestores : steps); step++) {
    if (random.chance(0.6)) say(random.pick(tabs));
    if (random.chance(0.25)) random.pick(faults)();
    if (restores && random.chance(0.05)) backup = database.backup();
    clock.advance(random.below(random.chance(0.1) ? 20_000 : 400));
  }
  troubled = false;
  clock.advance(180_000);

  for (const tab of tabs) expect(tab.page.client.status()).toMatchObject({ phase: "online", unsent: 0 });
  const texts = database.texts();
  for (const { name, said, page } of tabs) {
    const mine = texts.filter((text) => text.startsWith(`${name} `));
    const told = refused(page);
    const expected = Array.from({ length: said }, (_, i) => `${name} ${i + 1}`).filter((text) => !told.includes(text));
    if (!restores) expect(told).toEqual([]);
    if (restores) expect([...mine].sort()).toEqual([...expected].sort());
    else expect(mine).toEqual(expected);
  }
  for (const tab of restores ? visitors : tabs) {
    const shown = tab.page.shown();
    expect(shown).toEqual(texts.slice(-shown.length));
    if (texts.length) expect(shown.length).toBeGreaterThan(0);
  }
}

const chosen = Array.from({ length: seeds }, (_, i) => firstSeed + i);
for (const seed of chosen) {
  it(`R1.1 nothing lost, doubled or reordered through random faults, seed ${seed}`, () => run(seed, false));
}
for (const seed of new Set([...chosen, ...hardRestores])) {
  it(`R10.1 nothing lost or doubled when the database is restored from a backup, seed ${seed}`, () => run(seed, true));
}
