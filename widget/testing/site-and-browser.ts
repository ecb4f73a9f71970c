/** A site, its gateway and a real browser, for all tests of a file. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "./chromium.ts";
import { type SiteAndGateway, startSiteAndGateway } from "./site-and-gateway.ts";

export let given: SiteAndGateway;
export let browser: Browser;

export function openSiteBeforeAll(): void {
  beforeAll(async () => {
    given = await startSiteAndGateway();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    given?.close();
  });
}
