/** One browser for a test file; for each test a gateway with the shop's people on it, and pages that are closed behind it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Publish } from "../../protocol/client-frames.ts";
import { type Look, launchBrowser, openContext, signIn } from "./browser.ts";
import { startTestGateway, type TestGateway } from "./gateway.ts";
import { fillHouse } from "./house/house.ts";
import { meiSession } from "./house/team.ts";
import { idOf } from "./id-of.ts";

export const henrik = idOf("c-henrik");

export interface Screens {
  /** Of the present test. */
  readonly gateway: TestGateway;
  /** Signed in. */
  open(hash?: string, look?: Look): Promise<Page>;
  /** Signed in, a long conversation on the screen. */
  openHenrik(look?: Look): Promise<Page>;
  /** Before the sign-in. */
  openSignedOut(): Promise<Page>;
  published(kind: Publish["body"]["kind"]): Publish[];
  /** From here on nobody is on the site and nothing is set up. */
  startEmpty(): Promise<void>;
}

/** Call it once, outside the tests. */
export function openScreens(): Screens {
  let browser: Browser;
  let gateway: TestGateway;
  let pages: Page[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    gateway = await startTestGateway(structuredClone(meiSession));
    fillHouse(gateway, Date.now());
  });
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    pages = [];
    await gateway.close();
  });
  const open = async (hash = "", look: Look = {}) => {
    const page = await signIn(await openContext(browser, look), gateway, hash);
    pages.push(page);
    return page;
  };
  return {
    get gateway() {
      return gateway;
    },
    open,
    openHenrik: async (look = {}) => {
      const page = await open(`#/conversation/${henrik}`, look);
      await page.waitForSelector(".bubble-me");
      return page;
    },
    openSignedOut: async () => {
      const page = await (await openContext(browser)).newPage();
      pages.push(page);
      await page.goto(`${gateway.url}/admin/`);
      await page.waitForSelector("input[type=email]");
      return page;
    },
    published: (kind) => gateway.published.filter(({ body }) => body.kind === kind),
    startEmpty: async () => {
      await gateway.close();
      gateway = await startTestGateway(structuredClone(meiSession));
    },
  };
}

/** The row of a visitor in the table. */
export const row = (name: string) => `[role=row][data-key="${idOf(name)}"]`;
export const until = (condition: () => boolean) => expect.poll(condition, { timeout: 60_000 }).toBe(true);
export const shows = (page: Page, text: string) => page.getByText(text).first().waitFor();
