import { expect, test } from "vitest";
import { openScreens, row } from "../testing/screens.ts";

const screens = openScreens();

test("the choice is kept, and no English is left in Chinese", async () => {
  const page = await screens.open();
  await page.click(".account");
  await page.getByRole("menuitemradio", { name: "简体中文" }).click();
  await page.getByRole("heading", { name: "访客" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "访客" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  await page.click(".account");
  await page.getByRole("menuitemradio", { name: "深色" }).click();
  expect(
    await page.evaluate(
      () => getComputedStyle(document.body).colorScheme || getComputedStyle(document.documentElement).colorScheme,
    ),
  ).toContain("dark");
});

test("a jump is a jump, whatever its second key does in the room", async () => {
  const page = await screens.open("#/inbox");
  await page.waitForSelector(".inbox-line");
  await page.keyboard.press("g");
  await page.keyboard.press("v");
  await page.click(row("sofia"));
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForSelector(".inbox-line");
});

test("single keys can be switched off", async () => {
  const page = await screens.openHenrik();
  await page.click(".account");
  await page.getByRole("menuitemradio", { name: "Off" }).click();
  await page.keyboard.press("n");
  expect(await page.locator(".composer-note").count()).toBe(0);
});

test("what was on the page is forgotten with its conversation", async () => {
  const page = await screens.open("#/inbox");
  await page.waitForSelector(".inbox-line");
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("DOM.enable");
  const lines = await page.locator(".inbox-line").count();
  const kept: number[] = [];
  for (let line = 0; line < lines; line += 1) {
    await page.goto(`${screens.gateway.url}/admin/#/inbox`);
    await page.locator(".inbox-line").nth(line).click();
    await page.getByRole("log").waitFor();
    await page.goto(`${screens.gateway.url}/admin/#/settings`);
    await page.getByLabel("Present password").waitFor();
    await devTools.send("HeapProfiler.collectGarbage");
    const { detachedNodes } = await devTools.send("DOM.getDetachedDomNodes");
    kept.push(detachedNodes.length);
  }
  expect(kept.at(-1)).toBeLessThanOrEqual(kept[1] ?? 0);
});
