/** A page of a site in a browser of its own, before each test, and what visitors find on it. */
import type { BrowserContext, Frame, Page } from "playwright-core";
import { beforeEach } from "vitest";
import { browser, given, openSiteBeforeAll } from "./site-and-browser.ts";

export const snippet = '<script async src="{gateway}/beckon.js" data-site="demo" data-automation="allow"></script>';
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

export let context: BrowserContext;
export let page: Page;
export let complaints: string[];

export function openPageBeforeEach(): void {
  openSiteBeforeAll();
  beforeEach(async () => {
    context = await browser.newContext({ userAgent });
    page = await context.newPage();
    complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    return () => context.close();
  });
}

export function html(head: string, body: string, language = "en"): string {
  return `<!doctype html><html lang="${language}"><head><title>Shop</title>${head}</head><body><h1>Tents</h1><p>Words</p>${body}</body></html>`;
}

export async function visit(text: string, headers?: Record<string, string>): Promise<void> {
  given.page(text, headers);
  await page.goto(given.siteUrl);
}

/** The frame that shows `selector`. */
export async function frameWith(selector: string): Promise<Frame> {
  for (;;) {
    for (const frame of page.frames()) {
      const found = await frame.$(selector).catch(() => null);
      if (found && (await found.isVisible())) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function openPanel(): Promise<Frame> {
  const launcher = await frameWith("button");
  await launcher.click("button");
  return frameWith("textarea");
}
