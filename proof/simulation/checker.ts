/** What must hold when the world is calm again: nothing lost, doubled, out of order, or on the wrong screen (I1 to I3, I5). */
import type { LogView } from "../../protocol/client.ts";
import type { LogEvent } from "../../protocol/frames.ts";
import { checkDisk } from "./bounds.ts";
import { isAgent, stranger } from "./cast.ts";
import { visitorOf } from "./installation.ts";
import type { Tab } from "./people.ts";
import type { World } from "./world.ts";

export interface StoredLog {
  /** `<conversation>/public` */
  readonly address: string;
  readonly conversation: string;
  readonly head: number;
}

/** What is stored, and who should see which of it. */
export interface Truth {
  readonly logs: readonly StoredLog[];
  /** Conversations of each visitor's browser. */
  readonly threads: ReadonlyMap<string, ReadonlySet<string>>;
}

const many = 100_000;

export interface Missing {
  readonly detail: string;
  /** The message that it is about. */
  readonly id: string | undefined;
}

export async function readTruth(world: World): Promise<Truth> {
  const { storage, tenant } = world.installation;
  const logs = (await storage.inbox(tenant, many)).flatMap(({ id, publicHead, staffHead }) => [
    { address: `${id}/public`, conversation: id, head: publicHead },
    { address: `${id}/staff`, conversation: id, head: staffHead },
  ]);
  const threads = new Map<string, ReadonlySet<string>>();
  for (const browser of world.browsers.values()) {
    if (browser.person.role === "agent") continue;
    const { conversations } = await storage.thread(tenant, visitorOf(world.installation, browser.secret), many);
    threads.set(browser.name, new Set(conversations.map(({ id }) => id)));
  }
  return { logs: logs.filter(({ head }) => head > 0), threads };
}

/**
 * Every page is online, has sent all, and shows each log that it should to its end; what a dead page left on its disk was taken over.
 * Returns what is missing.
 */
export function notYet(world: World, truth: Truth): Missing[] {
  const missing: Missing[] = [];
  const miss = (detail: string, id?: string): void => void missing.push({ detail, id });
  for (const { id, author, refused, excuse } of world.recorder.written.values()) {
    if (!refused && !excuse && !world.database.durable.has(id)) miss(`${author} wrote what is not stored`, id);
  }
  for (const tab of world.living()) {
    const { phase, unsent } = tab.client.status();
    if (phase !== "online") miss(`${tab.name} is ${phase}`);
    if (unsent > 0) miss(`${tab.name} has ${unsent} unsent`);
    for (const { address, head } of logsOf(tab, truth)) {
      const view = viewOf(tab, address);
      if (view?.seen === head && view.live) continue;
      miss(`${tab.name} shows ${view?.seen ?? "nothing"} of ${head} of ${address}${view?.live ? "" : ", not live"}`);
    }
  }
  return missing;
}

/** What a page should show. */
export function logsOf(tab: Tab, { logs, threads }: Truth): StoredLog[] {
  if (tab.name === stranger) return [];
  if (isAgent(tab.name)) return [...logs];
  const own = threads.get(tab.browser.name);
  return logs.filter(({ address, conversation }) => own?.has(conversation) && address.endsWith("/public"));
}

function viewOf(tab: Tab, address: string): LogView | undefined {
  return tab.views().find(({ log }) => log === address);
}

export async function check(world: World, truth: Truth): Promise<void> {
  const { storage, tenant } = world.installation;
  const stored = new Map<string, readonly LogEvent[]>();
  for (const { address, conversation } of truth.logs) {
    const log = address.endsWith("/staff") ? "staff" : "public";
    stored.set(address, await storage.readLog(tenant, conversation, log, 1, many, many));
  }
  for (const browser of world.browsers.values()) checkDisk(world.recorder, browser);
  world.recorder.bounded("notices too large for the bus", world.bus.dropped, 0);
  checkStored(world, truth, stored);
  checkTold(world);
  for (const [address, events] of stored) checkOrder(world, address, events);
  for (const tab of world.living()) {
    for (const { address } of logsOf(tab, truth)) checkScreen(world, tab, address, stored.get(address) ?? []);
  }
}

/** I1, I2: whatever was written stands in exactly one log, once. */
function checkStored(world: World, truth: Truth, stored: ReadonlyMap<string, readonly LogEvent[]>): void {
  const { recorder } = world;
  const times = new Map<string, number>();
  for (const { address, head } of truth.logs) {
    const events = stored.get(address) ?? [];
    if (events.length !== head) recorder.violated("I3", `${address} has ${events.length} rows, its head is ${head}`);
    events.forEach(({ id, seq }, index) => {
      times.set(id, (times.get(id) ?? 0) + 1);
      if (seq !== index + 1) recorder.violated("I3", `${address} has ${seq} where ${index + 1} belongs`, id);
    });
  }
  for (const { id, refused, excuse, ackedAtMs } of recorder.written.values()) {
    const found = times.get(id) ?? 0;
    if (found > 1) recorder.violated("I2", `it is stored ${found} times`, id);
    if (refused) recorder.violated("I1", `it was refused: ${refused}${found > 0 ? ", and is stored" : ""}`, id);
    else if (found === 0 && !excuse)
      recorder.violated("I1", ackedAtMs >= 0 ? "it was acked, and is lost" : "it is lost", id);
  }
}

/** I1: whoever was told that their conversation is not there any more has the text still, as long as the page lives. */
function checkTold(world: World): void {
  for (const { id, address, text, toldOn } of world.recorder.written.values()) {
    const tab = toldOn && world.tab(toldOn.tab);
    if (!tab?.living || tab.page !== toldOn?.page) continue;
    const kept = tab.client.log(address)?.outbox.find((entry) => entry.id === id);
    if (kept?.state === "failed" && "text" in kept.body && kept.body.text === text) continue;
    world.recorder.violated("I1", `${tab.name} was told that it is refused, and has not kept its text`, id);
  }
}

/** I3: each sender in their order, but for what a restore has mixed (pages offer again what each of them holds) and for a device that lost its store. */
function checkOrder(world: World, address: string, events: readonly LogEvent[]): void {
  const last = new Map<string, number>();
  for (const { id } of events) {
    const message = world.recorder.written.get(id);
    if (!message || message.reoffered || message.excuse) continue;
    const key = `${message.author} ${message.address}`;
    const before = last.get(key) ?? 0;
    last.set(key, Math.max(before, message.number));
    if (message.number > before) continue;
    world.recorder.violated(
      "I3",
      `${message.author} wrote it before another one that stands before it in ${address}`,
      id,
    );
  }
}

/** I1, I2, I3: what is drawn is what is stored. */
function checkScreen(world: World, tab: Tab, address: string, events: readonly LogEvent[]): void {
  const { recorder } = world;
  const view = viewOf(tab, address);
  if (!view) return recorder.violated("I1", `${tab.name} does not show ${address}`);
  const expected = events.slice(view.from - 1);
  const { length } = view.events;
  if (length !== expected.length)
    recorder.violated("I1", `${tab.name} shows ${length} of ${expected.length} of ${address}`);
  view.events.forEach((event, index) => {
    const row = expected[index];
    if (!row) return;
    if (row.id !== event.id)
      recorder.violated("I3", `${tab.name} shows another message as ${event.seq} of ${address}`, row.id);
    else if (textOf(row) !== textOf(event))
      recorder.violated("I1", `${tab.name} shows an old text of ${event.seq} of ${address}`, row.id);
  });
}

function textOf({ body }: LogEvent): string {
  return "text" in body ? body.text : body.kind;
}
