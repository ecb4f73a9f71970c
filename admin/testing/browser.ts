/** Debian's Chromium for the screens' tests. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { launchOptions } from "../../e2e/browser.ts";
import type { TestGateway } from "./gateway.ts";

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions);
}

export interface Look {
  width?: number;
  height?: number;
  locale?: string;
  dark?: boolean;
}

/** A browser of its own: nothing is stored yet. */
export function openContext(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  const { width = 1440, height = 900, locale = "en-GB", dark = false } = look;
  return browser.newContext({
    viewport: { width, height },
    locale,
    timezoneId: "Europe/Berlin",
    colorScheme: dark ? "dark" : "light",
    hasTouch: width < 720,
    reducedMotion: "reduce",
  });
}

/** The agents' page, signed in. A fault of the page fails the test. */
export async function signIn(context: BrowserContext, gateway: TestGateway, hash = ""): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(`${gateway.url}/admin/${hash}`);
  await page.waitForSelector("input[type=email], .shell");
  if ((await page.locator(".shell").count()) === 0) {
    await page.fill("input[type=email]", gateway.session.agent.email);
    await page.fill("input[type=password]", gateway.password);
    await page.keyboard.press("Enter");
  }
  await page.waitForSelector(".shell");
  return page;
}
