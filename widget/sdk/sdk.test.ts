import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { browser, given, openSiteBeforeAll } from "../testing/site-and-browser.ts";

openSiteBeforeAll();

test("imports and calls do nothing where there is no browser", async () => {
  const path = join(import.meta.dirname, "beckon.mjs");
  const { beckon } = (await import(path)) as { beckon(...call: unknown[]): void };
  expect(() => beckon("open")).not.toThrow();
});

test("loads the script once, and commands called at once wait for it", async () => {
  const source = readFileSync(join(import.meta.dirname, "beckon.mjs"), "utf8").replaceAll(
    "export function",
    "function",
  );
  const page = await browser.newPage();
  const load = `loadBeckon({ host: "{gateway}/", site: "demo", language: "zh-CN" })`;
  given.page(
    `<!doctype html><html lang="en"><head><title>App</title></head><body><script>${source};
    document.createElement = ((create) => function (name) { const made = create.call(document, name);
      if (name === "script") made.dataset.automation = "allow"; return made; })(document.createElement);
    ${load}("on", "ready", () => { document.title = "ready" }); ${load}</script></body></html>`,
  );
  await page.goto(given.siteUrl);
  await page.waitForFunction("document.title === 'ready'");
  expect(await page.locator("script[data-site]").count()).toBe(1);
  expect(await page.frameLocator("iframe").getByRole("button", { name: "打开聊天" }).count()).toBe(1);
});
