import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findBarriers } from "../../e2e/barriers.ts";
import { searchPage } from "../testing/house/history.ts";
import { henrik, openScreens, row } from "../testing/screens.ts";

const screens = openScreens();
const phone = { width: 390, height: 844 };

/** In light whole, in dark what colours can make worse; the page is the same one. */
async function expectNoBarriers(page: Page, screen: string): Promise<void> {
  expect(await findBarriers(page), `${screen}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findBarriers(page, { rules: "colors" }), `${screen}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

async function go(page: Page, hash: string, ready: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  await page.waitForSelector(ready);
}

test("the visitors' table and what opens beside it", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("vb41"));
  await expectNoBarriers(page, "visitors");
  await page.click(row("vb41"));
  const peek = page.locator(".peek-panel");
  await peek.locator(".trail-column").waitFor();
  await expectNoBarriers(page, "peek");
  await peek.getByRole("button", { name: "Invite" }).click();
  await page.waitForSelector(".invitation-form");
  await expectNoBarriers(page, "inviting");
});

test("the visitors' table on a tablet, and in dark Chinese", async () => {
  const tablet = await screens.open("", { width: 900, height: 700 });
  await tablet.waitForSelector(".visitor-line");
  expect(await findBarriers(tablet)).toEqual([]);
  const chinese = await screens.open("", { dark: true, locale: "zh-CN" });
  await chinese.waitForSelector(".visitor-line");
  expect(await findBarriers(chinese)).toEqual([]);
});

test("inbox, conversation, note and settings", async () => {
  const page = await screens.open("#/inbox/closed");
  await page.waitForSelector("[data-group=closed] .inbox-line");
  await expectNoBarriers(page, "inbox");
  await go(page, `#/conversation/${henrik}`, ".bubble-note");
  await expectNoBarriers(page, "conversation");
  await page.keyboard.press("n");
  await page.waitForSelector(".composer-note");
  await expectNoBarriers(page, "note mode");
  await go(page, "#/settings", ".settings-form");
  await expectNoBarriers(page, "settings");
});

test("a house with nobody in it, and what opens over every screen", async () => {
  const { sites } = screens.gateway;
  await screens.startEmpty();
  screens.gateway.sites.push(...sites);
  screens.gateway.searches.set("gaiters", searchPage(Date.now()));
  const signedOut = await screens.openSignedOut();
  await expectNoBarriers(signedOut, "sign-in");
  const page = await screens.open();
  await page.getByText("No page view yet").waitFor();
  await expectNoBarriers(page, "no visitor yet");
  await go(page, "#/inbox", ".empty-state");
  await expectNoBarriers(page, "empty inbox");
  await page.getByRole("button", { name: /: menu$/ }).click();
  await page.getByRole("menu").waitFor();
  await expectNoBarriers(page, "menu");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog");
  await expectNoBarriers(page, "keys");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".palette input:focus");
  await expectNoBarriers(page, "palette");
  await page.keyboard.insertText("gaiters");
  await page.waitForSelector("[role=option] mark");
  await expectNoBarriers(page, "search");
});

test("a phone's screens, none of which scrolls sideways", async () => {
  const page = await screens.open("", phone);
  for (const [hash, ready] of [
    ["#/visitors", ".visitor-line"],
    ["#/inbox", ".inbox-line"],
    [`#/conversation/${henrik}`, ".bubble-note"],
    ["#/me", ".me-entry"],
    ["#/settings", ".settings-form"],
  ] as const) {
    await go(page, hash, ready);
    await expectNoBarriers(page, hash);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), hash).toBe(390);
  }
});
