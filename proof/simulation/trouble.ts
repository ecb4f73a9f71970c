/** Carries a fault out. Whatever lasts ends by itself; {@link heal} ends all at once. */
import { gatewayCount, personOf } from "./cast.ts";
import { excuseWhatIsGone } from "./excuses.ts";
import type { AimedDeath, BusFault, DatabaseFault, Fault, GatewayFault, TabFault } from "./faults.ts";
import type { Gateway } from "./gateway.ts";
import type { Browser, Tab } from "./people.ts";
import type { Fidget } from "./plan.ts";
import { act } from "./scripts.ts";
import { bringTraffic, somethingIsUnderWay } from "./traffic.ts";
import { fineNetwork, type NetworkTrouble, type World } from "./world.ts";

type WishedDeath = Extract<GatewayFault, { kind: "die-at" }>;

/** A gateway that did not come by its await dies where it is. */
const wishExpiresMs = 15_000;

/** After the copy was made: before it is online, and when it may be. */
const clonesSpeakMs = [5, 150, 3000];

/** Time for a page to send what it took over, and to say its first words. */
const clearMs = 3000;
const youngMs = 300;

/** How long a disk takes. */
const writingMs = 2;

/** `met`: called when it hit; deaths at a place come when a gateway comes by there, or never. */
export function strike(world: World, fault: Fault, met: () => void): void {
  world.recorder.note("fault", () => JSON.stringify(fault));
  if (fault.kind === "die-when") return aimDeath(world, fault, met);
  if (fault.kind === "die-at") return wishDeath(world, fault, met);
  met();
  if ("tab" in fault) strikeTab(world, fault);
  else if ("gateway" in fault) strikeGateway(world, fault);
  else if (fault.kind === "bus") strikeBus(world, fault);
  else strikeDatabase(world, fault);
}

function strikeTab(world: World, fault: TabFault): void {
  const tab = world.tab(fault.tab);
  const { browser } = tab;
  const { clock } = world.time;
  switch (fault.kind) {
    case "cut":
      return tab.living ? tab.wire.cut() : undefined;
    case "cut-after":
      return tab.living ? tab.wire.cutAfter(fault.way, fault.bytes) : undefined;
    case "lose":
      return tab.living ? tab.wire.lose(fault.way, fault.messages) : undefined;
    case "deafen":
      return tab.living ? tab.wire.deafen(fault.way) : undefined;
    case "refuse":
      return network(world, tab, fault.forMs, {
        fate: (name) => (fault.carriers.some((one) => one === name) ? "refuse" : "fine"),
      });
    case "swallow":
      return network(world, tab, fault.forMs, { fate: () => "swallow" });
    case "dies":
      return network(world, tab, fault.forMs, { fate: () => ({ dies: true, afterMs: fault.afterMs }) });
    case "slow":
      return network(world, tab, fault.forMs, { latencyMs: () => fault.latencyMs }, false);
    case "narrow":
      return network(world, tab, fault.forMs, { bytesPerMs: fault.bytesPerMs }, false);
    case "hold":
      return network(world, tab, fault.forMs, {
        fate: (name) => (name === "websocket" ? "refuse" : "fine"),
        latencyMs: (way, name) => (way === "down" && name === fault.carrier ? fault.latencyMs : 0),
      });
    case "double":
      return network(world, tab, fault.forMs, {
        doubles: true,
        fate: (name) => (name === "websocket" ? "refuse" : "fine"),
      });
    case "freeze":
      tab.process?.pause();
      return void clock.after(fault.forMs, () => thaw(world, tab));
    case "crash":
      end(world, tab, true);
      return void clock.after(fault.backMs, () => comeBack(tab));
    case "reload":
      end(world, tab, world.luck(7).chance(0.5));
      return void clock.after(50, () => comeBack(tab));
    case "clone":
      return clone(world, tab, world.tab(fault.to));
    case "token":
      world.staleTokens.add(personOf(fault.tab));
      return tab.living ? tab.wire.cut() : undefined;
    case "disk-full":
      browser.fill(true);
      return void clock.after(fault.forMs, () => browser.fill(false));
    case "disk-lost":
      return loseDisk(world, browser, () => {
        browser.disk.entries.clear();
        browser.generation += 1;
      });
    case "disk-back":
      return loseDisk(world, browser, () => browser.rollBack());
    case "clock":
      return browser.jump(fault.jumpMs);
  }
}

/** For a while; what is open breaks, unless it lives on under the new conditions. */
function network(world: World, tab: Tab, forMs: number, change: Partial<NetworkTrouble>, breaks = true): void {
  const trouble = { ...fineNetwork(), ...change };
  world.networks.set(tab.name, trouble);
  if (breaks && tab.living) tab.wire.cut();
  world.time.clock.after(forMs, () => {
    if (world.networks.get(tab.name) === trouble) world.networks.set(tab.name, fineNetwork());
  });
}

function thaw(world: World, tab: Tab): void {
  if (!tab.living || !tab.process.paused) return;
  tab.process.resume();
  world.recorder.note(tab.name, () => "goes on");
  tab.client.wake();
}

function end(world: World, tab: Tab, abruptly: boolean): void {
  if (!tab.living) return;
  const inMemory = tab.metFullDisk && tab.client.status().durability === "memory";
  tab.die(abruptly);
  world.recorder.note(tab.name, () => "is gone");
  excuseWhatIsGone(world, (message) => {
    if (inMemory) return "its page died, and its device could not keep it";
    const young = message.author === tab.name && world.time.nowMs - message.atMs <= writingMs;
    return young ? "its page died before it was on disk" : "";
  });
}

function comeBack(tab: Tab): void {
  if (!tab.living) tab.load();
}

/** A cloned tab; its original lives on. In some runs the original is young: its copy has more to say than it has said. */
function clone(world: World, tab: Tab, copy: Tab): void {
  if (!tab.living) return;
  end(world, copy, true);
  if (world.luck(8).chance(0.5)) return copyPage(world, tab, copy);
  const { clock } = world.time;
  const again = (): void => {
    end(world, tab, false);
    tab.load();
  };
  // What was left behind goes out first: who takes it over has another producer than a copy would have.
  again();
  clock.after(clearMs, () => {
    again();
    clock.after(youngMs, () => act(world, { do: "say", tab: tab.name, count: 1, letters: 10, staff: false }));
    clock.after(2 * youngMs, () => copyPage(world, tab, copy));
  });
}

/** Both speak before they know of each other, and after. */
function copyPage(world: World, tab: Tab, copy: Tab): void {
  if (!tab.living || copy.living) return;
  for (const address of tab.opened) copy.opened.add(address);
  copy.load(tab);
  for (const afterMs of clonesSpeakMs) {
    world.time.clock.after(afterMs, () => {
      for (const { name } of [copy, tab]) act(world, { do: "say", tab: name, count: 3, letters: 10, staff: false });
    });
  }
}

/** A profile that is wiped or restored: its pages are gone first. */
function loseDisk(world: World, browser: Browser, lose: () => void): void {
  const tabs = browser.living();
  for (const tab of tabs) tab.die(true);
  lose();
  excuseWhatIsGone(world, () => "its device lost its store");
  for (const tab of tabs) world.time.clock.after(300, () => comeBack(tab));
}

/** What is said in the moment in which a gateway dies: a death that meets nothing on its way proves nothing. */
function dying(world: World, backMs: number, met: () => void): (gateway: Gateway) => void {
  return (gateway) => {
    world.recorder.note("fault", () => `${gateway.name} dies`);
    bringTraffic(world, null);
    if (somethingIsUnderWay(world)) met();
    gateway.startIn(backMs);
  };
}

function aimDeath(world: World, { errand, point, backMs }: AimedDeath, met: () => void): void {
  world.standing.add({ errand, point, after: 1, met: dying(world, backMs, met) });
  provoke(world, errand);
}

function wishDeath(world: World, fault: WishedDeath, met: () => void): void {
  const gateway = world.gateways[fault.gateway % gatewayCount];
  if (!gateway) return;
  const { point, errand, after, backMs } = fault;
  const wish = { point, errand, after, met: dying(world, backMs, met) };
  if (errand === "boot") gateway.kill();
  gateway.wish = wish;
  if (errand === "boot") gateway.startIn(backMs);
  else if (errand !== null) provoke(world, errand);
  world.time.clock.after(wishExpiresMs, () => {
    if (gateway.wish === wish) gateway.wish = null;
  });
}

function strikeGateway(world: World, fault: Exclude<GatewayFault, WishedDeath>): void {
  const gateway = world.gateways[fault.gateway % gatewayCount];
  if (!gateway) return;
  const { clock } = world.time;
  switch (fault.kind) {
    case "kill":
      gateway.kill(fault.silently);
      return gateway.startIn(fault.backMs);
    case "stall":
      gateway.pause();
      return void clock.after(fault.forMs, () => gateway.resume());
    case "drain":
      void gateway.drain(1000).then(() => gateway.startIn(fault.backMs));
      return;
    case "gateway-clock":
      return gateway.jump(fault.jumpMs);
  }
}

/** What makes a gateway do such work; what people say does the rest. */
const provocations: { readonly [errand: string]: Fidget } = {
  subscribe: "subscribe",
  fetch: "older",
  receipt: "read",
  watch: "watch",
  status: "status",
};

function provoke(world: World, errand: string): void {
  const what = provocations[errand];
  const tabs = world.living();
  if (errand === "hello" || errand === "closed") for (const tab of tabs.slice(0, 3)) tab.wire.cut();
  for (const { name } of what ? tabs : []) if (what) act(world, { do: "fidget", tab: name, what });
}

function strikeDatabase(world: World, fault: DatabaseFault): void {
  const { trouble } = world.database;
  const { clock } = world.time;
  switch (fault.kind) {
    case "database-slow":
      trouble.statementMs = fault.statementMs;
      return void clock.after(fault.forMs, () => {
        trouble.statementMs = 0;
      });
    case "database-frozen":
      trouble.frozenUntilMs = world.time.nowMs + fault.forMs;
      return;
    case "database-down":
      trouble.down = true;
      return void clock.after(fault.forMs, () => {
        trouble.down = false;
      });
    case "deadlock":
      trouble.conflicts += fault.statements;
      return;
    case "pool-full":
      trouble.full += fault.transactions;
      return;
    case "commit-lost":
      trouble.lostBefore += fault.before;
      trouble.lostAfter += fault.after;
      return;
    case "restore":
      return restore(world, fault.agoMs);
  }
}

/** The gateways are stopped, an older state comes back, they start on it. */
function restore(world: World, agoMs: number): void {
  const wanted = world.time.nowMs - agoMs;
  const older = world.backups.filter(({ atMs }) => atMs <= wanted).at(-1) ?? world.backups[0];
  if (!older) return;
  for (const gateway of world.gateways) gateway.kill();
  const generation = `r${Math.round(world.time.nowMs)}`;
  void world.database.restore(older.backup, generation).then(() => {
    world.recorder.note("database", () => `is restored to what it was at ${older.atMs}`);
    world.recorder.restored();
    excuseWhatIsGone(world, () => "the backup did not have it, and no page");
    for (const gateway of world.gateways) gateway.startIn(500);
  });
  world.time.disturb();
}

function strikeBus(world: World, fault: BusFault): void {
  world.bus.trouble = fault.trouble;
  world.time.clock.after(fault.forMs, () => {
    if (world.bus.trouble === fault.trouble) world.bus.trouble = null;
  });
}

/** Everything that was wrong ends; everybody is there again. */
export function heal(world: World): void {
  world.database.heal();
  world.bus.trouble = null;
  world.staleTokens.clear();
  world.standing.clear();
  for (const name of world.networks.keys()) world.networks.set(name, fineNetwork());
  for (const gateway of world.gateways) {
    gateway.wish = null;
    gateway.resume();
    gateway.startIn(0);
  }
  for (const tab of world.living()) thaw(world, tab);
  for (const browser of world.browsers.values()) browser.fill(false);
  for (const browser of world.browsers.values()) {
    const used = browser.tabs.filter(({ page }) => page > 0);
    if (browser.living().length === 0) used[0]?.load();
    if (browser.forgetful) for (const tab of browser.living()) tab.say("current", browser.mark, 0);
  }
}
