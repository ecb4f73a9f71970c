/** What several faults do alike. */
import type { Ground } from "../ground.ts";
import type { Page } from "../page.ts";
import type { World } from "../world.ts";
import { duringFault } from "./fault.ts";

/** kill -9 of the gateway, then another process; people look at their screens again. */
export async function restartGateway(world: Ground): Promise<void> {
  await world.gateway.kill();
  await world.gateway.start();
  world.wake();
}

/** Connections that met the trouble are reset, new ones are fine; `line` absent: everybody's. Returns how often the trouble hit. */
export async function mendLines(world: Ground, line?: number): Promise<number> {
  const hits = await world.proxy.hits(line);
  await world.proxy.fine(line);
  await world.proxy.cut("both", line);
  world.wake();
  return hits;
}

/** Runs `cuts` and waits until nobody who was there has a link any more. Returns how many had one. */
export async function untilAllOffline(world: Ground, cuts: () => Promise<unknown>): Promise<number> {
  const pages = world.living().filter((page) => page.online);
  await cuts();
  await world.until(() => pages.every((page) => !page.online));
  return pages.length;
}

/**
 * Nothing is stored while `works` lasts: messages are written, and none is acked for `atLeastMs`. Returns how many waited; 0 where one
 * was acked, which shows that it did not do what it says.
 */
export async function withoutAcks(world: Ground, atLeastMs: number, works: () => Promise<void>): Promise<number> {
  const silence = world.recorder.listen();
  world.burst();
  await works();
  return silence.waited(atLeastMs, performance.now());
}

/** How many of these messages stand in an outbox on the page's disk. */
export function onDisk({ browser }: Page, ids: readonly string[]): number {
  const wanted = new Set(ids);
  return [...browser.disk.entries.keys()].filter((key) => wanted.has(key.slice(key.lastIndexOf("/") + 1))).length;
}

/** Written by this page alone, without a gateway in reach, and on its disk. Returns what waits there. */
export async function compose(world: World, page: Page, count: number): Promise<string[]> {
  const { person } = page.browser;
  const address = person.role === "visitor" ? "current" : [...page.opened].find((log) => log.endsWith("/staff"));
  if (address === undefined) return [];
  const mark = person.role === "visitor" ? person.name : "staff";
  for (let number = 0; number < count; number += 1) page.say(address, mark);
  // Acks that had passed the line before still come.
  await world.until(() => onDisk(page, page.waiting()) === page.waiting().length);
  return page.waiting();
}

/** Trouble for everybody while some messages are written, and until it has hit. `fresh`: open connections are reset, so that new ones meet it. */
export async function trouble(
  world: Ground,
  what: Parameters<Ground["proxy"]["trouble"]>[0],
  { fresh, messages = duringFault }: { fresh: boolean; messages?: number },
): Promise<number> {
  world.burst();
  await world.proxy.trouble(what);
  if (fresh) await world.proxy.cut("both");
  await world.written(messages);
  let hits = await world.proxy.hits();
  while (hits === 0) {
    await world.written(1);
    world.wake();
    hits = await world.proxy.hits();
  }
  await world.proxy.fine();
  return hits;
}
