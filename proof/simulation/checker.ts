/** What must hold when the world is calm again: nothing lost, doubled, out of order, or on the wrong screen (I1 to I3, I5). */
import type { LogView } from "../../protocol/client.ts";
import type { LogEvent } from "../../protocol/frames.ts";
import { isAgent, personOf } from "./cast.ts";
import { visitorOf } from "./installation.ts";
import type { Tab } from "./people.ts";
import type { World } from "./world.ts";

export interface StoredLog {
  /** `<conversation>/public` */
  readonly address: string;
  readonly visitor: string;
  readonly head: number;
  readonly events: readonly LogEvent[];
}

const visitors = ["v1", "v2", "v3"];
const manyEvents = 100_000;

export async function storedLogs(world: World): Promise<StoredLog[]> {
  const { installation } = world;
  const { storage, tenant } = installation;
  const logs: StoredLog[] = [];
  for (const visitor of visitors) {
    const conversations = await storage.visitorConversations(tenant, visitorOf(installation, visitor), 100);
    for (const { id, publicHead, staffHead } of conversations) {
      for (const [kind, head] of [
        ["public", publicHead],
        ["staff", staffHead],
      ] as const) {
        const events = await storage.readLog(tenant, id, kind, 1, manyEvents, manyEvents);
        logs.push({ address: `${id}/${kind}`, visitor, head, events });
      }
    }
  }
  return logs;
}

/** Every page is online, has sent all, and shows each log that it should to its end. Returns what is missing. */
export function notYet(world: World, heads: readonly Pick<StoredLog, "address" | "visitor" | "head">[]): string[] {
  const missing: string[] = [];
  for (const tab of world.living()) {
    const { phase, unsent } = tab.client.status();
    if (phase !== "online") missing.push(`${tab.name} is ${phase}`);
    if (unsent > 0) missing.push(`${tab.name} has ${unsent} unsent`);
    for (const { address, head } of heads.filter((log) => shouldShow(tab, log))) {
      const view = viewOf(tab, address);
      if ((view?.seen ?? 0) !== head || !view?.live)
        missing.push(`${tab.name} shows ${view?.seen ?? "nothing"} of ${head} of ${address}`);
    }
  }
  return missing;
}

function shouldShow(tab: Tab, log: Pick<StoredLog, "address" | "visitor" | "head">): boolean {
  if (log.head === 0) return false;
  if (isAgent(tab.name)) return true;
  return log.visitor === personOf(tab.name) && log.address.endsWith("/public");
}

function viewOf(tab: Tab, address: string): LogView | undefined {
  return tab.views().find(({ log }) => log === address);
}

export function check(world: World, logs: readonly StoredLog[]): void {
  checkStored(world, logs);
  checkOrder(world, logs);
  for (const tab of world.living()) for (const log of logs) if (shouldShow(tab, log)) checkScreen(world, tab, log);
}

/** I1, I2: whatever was written stands in exactly one log, once. */
function checkStored(world: World, logs: readonly StoredLog[]): void {
  const { recorder } = world;
  const times = new Map<string, number>();
  for (const { events, address, head } of logs) {
    events.forEach(({ id, seq }, index) => {
      times.set(id, (times.get(id) ?? 0) + 1);
      if (seq !== index + 1) recorder.violated("I3", `${address} has ${seq} where ${index + 1} belongs`, id);
    });
    if (events.length !== head) recorder.violated("I3", `${address} has ${events.length} rows, its head is ${head}`);
  }
  for (const { id, refused, excuse, ackedAtMs } of recorder.written.values()) {
    const stored = times.get(id) ?? 0;
    // Events of one append share the id of their message.
    if (stored > 1 && recorder.written.get(id)) recorder.violated("I2", `it is stored ${stored} times`, id);
    if (stored === 0 && !refused && !excuse)
      recorder.violated("I1", ackedAtMs >= 0 ? "it was acked, and is lost" : "it is lost", id);
    if (stored > 0 && refused) recorder.violated("I1", `it is stored, and was refused: ${refused}`, id);
    if (refused && !allowedRefusals.has(refused)) recorder.violated("I1", `it was refused: ${refused}`, id);
  }
}

const allowedRefusals = new Set<string>();

/** I3: each sender in their order. */
function checkOrder(world: World, logs: readonly StoredLog[]): void {
  for (const { address, events } of logs) {
    const last = new Map<string, number>();
    for (const { id } of events) {
      const message = world.recorder.written.get(id);
      if (!message) continue;
      const key = `${message.author} ${message.address}`;
      const before = last.get(key) ?? 0;
      if (message.number < before)
        world.recorder.violated(
          "I3",
          `${address}: ${message.author} wrote it before ${before}, and it stands behind`,
          id,
        );
      last.set(key, Math.max(before, message.number));
    }
  }
}

/** I1, I2, I3: what is drawn is what is stored. */
function checkScreen(world: World, tab: Tab, { address, events }: StoredLog): void {
  const { recorder } = world;
  const view = viewOf(tab, address);
  if (!view) return recorder.violated("I1", `${tab.name} does not show ${address}`);
  const expected = events.slice(view.from - 1);
  if (view.events.length !== expected.length)
    recorder.violated("I1", `${tab.name} shows ${view.events.length} of ${expected.length} of ${address}`);
  view.events.forEach((event, index) => {
    const stored = expected[index];
    if (stored && stored.id !== event.id)
      recorder.violated("I3", `${tab.name} shows another message as ${event.seq} of ${address}`, stored.id);
    else if (stored && textOf(stored) !== textOf(event))
      recorder.violated("I1", `${tab.name} shows an old text of ${event.seq} of ${address}`, event.id);
  });
}

function textOf({ body }: LogEvent): string {
  return "text" in body ? body.text : body.kind;
}
