/** Hundreds of small visitors in one process: the real client each, over real WebSockets. */
import { setTimeout as sleep } from "node:timers/promises";
import { createSeededRandom } from "../../../protocol/testing/seeded-random.ts";
import { answerAsked } from "../helper-program.ts";
import { HistoryRecorder, type Screen } from "../history.ts";
import { Browser, Page, type Person } from "../page.ts";
import type { CrowdAnswer, CrowdCommand, CrowdReport } from "./crowd-orders.ts";

const lookEveryMs = 50;
/** No limit for an address is met. */
const addressesOfNetwork = 250;

const recorder = new HistoryRecorder();
const pages: Page[] = [];
/** Messages that each visitor's pages have written. */
const said = new Map<Browser, number>();

function come({ url, site, secrets, pagesEach }: Extract<CrowdCommand, { do: "come" }>): void {
  // As in production: on a machine that is slow, a crowd that waits shorter would come again and again before it is answered.
  const around = { recorder, speed: 1, fraction: createSeededRandom(1).fraction };
  secrets.forEach((secret, number) => {
    const name = `c${number}`;
    const credential = { role: "visitor" as const, site, secret };
    const person: Person = {
      name,
      role: "visitor",
      marks: new Set([name]),
      keepsToken: false,
      credential: async () => credential,
    };
    const browser = new Browser(person);
    for (let tab = 0; tab < pagesEach; tab += 1) {
      const page = new Page(`${name}t${tab}`, browser, number, url, "websocket", around);
      const network = 1 + Math.floor(number / addressesOfNetwork);
      page.localAddress = `127.1.${network}.${1 + (number % addressesOfNetwork)}`;
      pages.push(page);
      page.open();
    }
  });
}

function say(): void {
  for (const page of pages) {
    page.say("current", page.browser.person.name);
    said.set(page.browser, (said.get(page.browser) ?? 0) + 1);
  }
}

function complaintOf(page: Page): string | null {
  if (!page.online) return `${page.name} is ${page.client.status().phase}`;
  if (page.unsent > 0) return `${page.name} has ${page.unsent} unsent`;
  const shown = page.views().reduce((sum, { events }) => sum + events.length, 0);
  const wanted = said.get(page.browser) ?? 0;
  return shown < wanted ? `${page.name} shows ${shown} of ${wanted}` : null;
}

async function until(condition: (page: Page) => boolean): Promise<CrowdAnswer> {
  while (!pages.every(condition)) await sleep(lookEveryMs);
  return { done: true };
}

function report(): CrowdReport {
  const { drawn, twice, overheard, accusations } = recorder;
  return {
    written: [...recorder.written.values()],
    drawn,
    twice,
    overheard,
    accusations,
    waiting: pages.flatMap((page) => page.waiting().map((id) => ({ page: page.name, id }))),
    screens: pages.flatMap(screensOf),
  };
}

function screensOf(page: Page): Screen[] {
  return page.views().flatMap(({ log, from, events }) => {
    if (!log) return [];
    return [{ page: page.name, log, from: from || 1, ids: events.map(({ id }) => id) }];
  });
}

answerAsked<CrowdCommand, CrowdAnswer>(async (command) => {
  switch (command.do) {
    case "come":
      come(command);
      return until((page) => page.online);
    case "say":
      say();
      return { done: true };
    case "fall":
      return until((page) => !page.online);
    case "settle":
      return until((page) => complaintOf(page) === null);
    case "complain":
      return { complaints: pages.map(complaintOf).filter((complaint) => complaint !== null) };
    case "report":
      return report();
  }
});
