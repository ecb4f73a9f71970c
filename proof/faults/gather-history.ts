/** When all is well again: waits until everybody shows everything, and gathers what there is to judge. */

import type { LogKind } from "../../storage/storage.ts";
import type { History, Screen, StoredLog } from "./history.ts";
import type { House } from "./house.ts";
import type { Page } from "./page.ts";
import { textOf } from "./text-of.ts";
import type { World } from "./world.ts";

const many = 100_000;

/** A tenant and its database. */
interface Shelf {
  readonly house: Pick<House, "storage" | "tenant">;
}

/** What is stored now. */
export async function readStored({ house }: Shelf): Promise<StoredLog[]> {
  const { storage, tenant } = house;
  const logs: StoredLog[] = [];
  for (const { conversation, kind, ...rest } of await readHeads({ house })) {
    const events = await storage.readLog(tenant, conversation, kind, 1, many, many);
    logs.push({ ...rest, events: events.map((event) => ({ seq: event.seq, id: event.id, text: textOf(event) })) });
  }
  return logs;
}

type Head = Pick<StoredLog, "log" | "head"> & { readonly conversation: string; readonly kind: LogKind };

/** Logs in which something stands. */
async function readHeads({ house }: Shelf): Promise<Head[]> {
  const conversations = await house.storage.inbox(house.tenant, many);
  return conversations
    .flatMap(({ id, publicHead, staffHead }): Head[] => [
      { log: `${id}/public`, head: publicHead, conversation: id, kind: "public" },
      { log: `${id}/staff`, head: staffHead, conversation: id, kind: "staff" },
    ])
    .filter(({ head }) => head > 0);
}

/** Conversations of each visitor. */
async function readThreads(world: World): Promise<Map<string, ReadonlySet<string>>> {
  const { storage, tenant, visitorOf } = world.house;
  const threads = new Map<string, ReadonlySet<string>>();
  for (const { person } of world.browsers) {
    if (person.role === "agent") continue;
    const { conversations } = await storage.thread(tenant, visitorOf(world.secretOf(person.name)), many);
    threads.set(person.name, new Set(conversations.map(({ id }) => `${id}/public`)));
  }
  return threads;
}

function shouldShow<Log extends Pick<StoredLog, "log">>(
  page: Page,
  stored: readonly Log[],
  threads: ReadonlyMap<string, ReadonlySet<string>>,
): Log[] {
  const { person } = page.browser;
  if (person.role === "agent") return [...stored];
  return stored.filter(({ log }) => threads.get(person.name)?.has(log));
}

/** Nobody has anything unsent, everybody is online and shows all. Returns what is missing. */
export async function missing(world: World): Promise<string[]> {
  const quarrels: string[] = [];
  for (const page of world.living()) {
    const { phase, unsent } = page.client.status();
    if (phase !== "online") quarrels.push(`${page.name} is ${phase}`);
    if (unsent > 0) quarrels.push(`${page.name} has ${unsent} unsent`);
  }
  if (quarrels.length > 0) return quarrels;
  world.openBegun();
  const stored = await readHeads(world);
  const threads = await readThreads(world);
  for (const page of world.living()) {
    for (const { log, head } of shouldShow(page, stored, threads)) {
      const view = page.views().find((one) => one.log === log);
      if (view?.seen !== head || !view.live)
        quarrels.push(`${page.name} shows ${view?.seen ?? "nothing"} of ${head} of ${log}`);
    }
  }
  for (const { log, head } of stored)
    if (world.consumer.seen.get(log)?.length !== head) quarrels.push(`the consumer does not have all of ${log}`);
  return quarrels;
}

export async function gather(world: World): Promise<History> {
  const { recorder } = world;
  const stored = await readStored(world);
  const threads = await readThreads(world);
  const screens: Screen[] = [...world.consumer.seen].map(([log, ids]) => ({ page: "consumer", log, from: 1, ids }));
  const waiting: { page: string; id: string }[] = [];
  for (const page of world.living()) {
    for (const id of page.waiting()) waiting.push({ page: page.name, id });
    for (const { log } of shouldShow(page, stored, threads)) {
      const view = page.views().find((one) => one.log === log);
      screens.push({ page: page.name, log, from: view?.from || 1, ids: view?.events.map(({ id }) => id) ?? [] });
    }
  }
  const { drawn, twice, overheard, accusations } = recorder;
  return { written: [...recorder.written.values()], drawn, twice, overheard, accusations, waiting, stored, screens };
}
