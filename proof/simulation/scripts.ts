/** What people do at their desks. */
import { isAgent, personOf, stranger } from "./cast.ts";
import type { Tab } from "./people.ts";
import type { Act, Fidget } from "./plan.ts";
import type { World } from "./world.ts";

const visitors = ["v1", "v2"];

export function act(world: World, wanted: Act): void {
  if (wanted.do === "back-up") return backUp(world);
  if (wanted.do === "copy-disks") {
    for (const browser of world.browsers.values()) browser.copyDisk();
    return;
  }
  const tab = world.tab(wanted.tab);
  if (!tab.living || tab.process.paused) return;
  if (wanted.do === "fidget") return fidget(world, tab, wanted.what);
  const target = targetOf(world, tab);
  if (!target) return;
  // What is not theirs to write to they only try; nobody waits for it.
  if (tab.name === stranger) return void tab.client.publish(target.address, { kind: "text", text: "let me in" });
  const address = wanted.staff ? target.address.replace("/public", "/staff") : target.address;
  for (let index = 0; index < wanted.count; index += 1)
    tab.say(address, wanted.staff ? "staff" : target.secret, wanted.letters);
}

function backUp(world: World): void {
  void world.database.backup().then((backup) => {
    world.backups.push({ atMs: world.time.nowMs, backup });
  });
  world.time.disturb();
}

/** Visitors speak to their own thread, agents to the visitor that comes next. */
function targetOf(world: World, tab: Tab): { address: string; secret: string } | null {
  if (!isAgent(tab.name)) return { address: "current", secret: tab.browser.mark };
  const start = Math.floor(world.time.nowMs / 1000);
  for (let index = 0; index < visitors.length; index += 1) {
    const visitor = visitors[(start + index) % visitors.length] as string;
    const found = world.conversationOf(visitor);
    if (!found) continue;
    const { conversation, mark } = found;
    for (const log of ["public", "staff"])
      if (!tab.opened.has(`${conversation}/${log}`)) tab.open(`${conversation}/${log}`);
    return { address: `${conversation}/public`, secret: mark };
  }
  return null;
}

function fidget(world: World, tab: Tab, what: Fidget): void {
  const { client } = tab;
  const target = targetOf(world, tab);
  const agent = isAgent(tab.name);
  const address = target?.address ?? "current";
  switch (what) {
    case "type":
      return client.typing(address, true, agent ? undefined : `typing ~${tab.browser.mark}~`);
    case "page":
      return client.page({ url: "https://shop.example/cart", title: "Cart", referrer: "" });
    case "event":
      return client.send({ kind: "event", name: "order", properties: { total: 1 } });
    case "set":
      return client.set({ cart: 1 });
    case "older":
      return client.older(address, 20, () => {});
    case "read":
      return client.receipt(address, 0, client.log(address)?.seen ?? 0);
    case "watch":
      return client.send({ kind: "watch", view: "team" });
    case "unwatch":
      return client.send({ kind: "unwatch", view: "team" });
    case "status":
      return client.send({ kind: "status", available: world.time.nowMs % 2 === 0 });
    case "take":
      return agent ? void client.publish(address, { kind: "take" }) : undefined;
    case "close":
      return agent ? void client.publish(address, { kind: "close" }) : undefined;
    case "edit":
      return edit(tab, address, target?.secret ?? "");
    case "subscribe":
      return tab.open(address);
    case "wake":
      return client.wake();
    case "pry":
      return isColleague(tab) ? undefined : pry(world, tab);
  }
}

/** All is theirs to see. */
function isColleague({ name }: Tab): boolean {
  return isAgent(name) && name !== stranger;
}

/** Asks for everything that is not theirs, by every frame that names a log (I7). */
function pry(world: World, { name, client }: Tab): void {
  for (const visitor of visitors) {
    const conversation = world.conversationOf(visitor)?.conversation;
    if (conversation === undefined) continue;
    for (const log of [`${conversation}/staff`, `${conversation}/public`].slice(
      0,
      visitor === personOf(name) ? 1 : 2,
    )) {
      client.send({ kind: "subscribe", position: { address: log, epoch: "", seen: 0, delivered: 0, read: 0 } });
      client.send({ kind: "fetch", request: 1, log, epoch: "", from: 1, to: 50 });
      client.send({ kind: "typing", address: log, active: true });
    }
  }
  for (const view of ["inbox", "visitors", "team"]) client.send({ kind: "watch", view });
}

/** The newest message of one's own. */
function edit(tab: Tab, address: string, secret: string): void {
  const own = tab.client
    .log(address)
    ?.events.findLast(({ sender, body }) => sender.id === tab.principal && body.kind === "text");
  if (own && isAgent(tab.name))
    tab.client.publish(address, { kind: "edit", target: own.seq, text: `edited ~${secret}~` });
}
