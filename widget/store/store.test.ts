import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bundleForBrowser } from "../testing/bundle.ts";
import { launchChromium } from "../testing/chromium.ts";
import type * as ContractPage from "../testing/stores-page.ts";
import { storeContract } from "./contract.ts";
import { createMemoryStore } from "./memory.ts";

declare const contractPage: typeof ContractPage;

let browser: Browser;
let server: Server;
let page: Page;
let script: string;

beforeAll(async () => {
  script = await bundleForBrowser("widget/testing/stores-page.ts", "contractPage");
  server = createServer((_request, response) => response.end("<!doctype html><title>store</title>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});
beforeEach(async () => {
  page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: script });
  return () => page.context().close();
});

describe("memory", () => {
  test.each(storeContract)("$name", async ({ run }) => {
    await run({ open: createMemoryStore });
  });
});

describe.each(["localStorage with Web Locks", "localStorage with a lease", "IndexedDB"] as const)("%s", (place) => {
  test.each(storeContract)("$name", async ({ name }) => {
    await page.evaluate(([place, name]) => contractPage.runCase(place, name), [place, name] as const);
  });
});

test("a write that a dead page left half done is finished by the next", async () => {
  await page.evaluate(() => contractPage.leaveJournal());
  expect(await page.evaluate(() => contractPage.listAll())).toEqual([{ key: "a/2", value: "two" }]);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["beckon:=a/2"]);
});

test("a write that has no room leaves nothing behind and says so", async () => {
  expect(await page.evaluate(() => contractPage.overfill())).toEqual({ error: "full", keys: [] });
});
