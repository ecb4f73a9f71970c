import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Look } from "../testing/browser.ts";
import { henrik, openScreens, row } from "../testing/screens.ts";

const screens = openScreens();

const places: readonly {
  name: string;
  hash: string;
  ready: string;
  look?: Look;
  before?(page: Page): Promise<unknown>;
}[] = [
  { name: "visitors", hash: "", ready: ".visitor-line" },
  { name: "visitors, dark, Chinese", hash: "", ready: ".visitor-line", look: { dark: true, locale: "zh-CN" } },
  { name: "peek", hash: "", ready: ".visitor-line", before: (page) => page.click(row("henrik")) },
  { name: "visitors on a tablet", hash: "", ready: ".visitor-line", look: { width: 900, height: 700 } },
  { name: "visitors on a phone", hash: "", ready: ".visitor-line", look: { width: 390, height: 844 } },
  { name: "inbox", hash: "#/inbox/closed", ready: ".inbox-line" },
  {
    name: "inbox on a phone, dark",
    hash: "#/inbox",
    ready: ".inbox-line",
    look: { width: 390, height: 844, dark: true },
  },
  { name: "conversation", hash: `#/conversation/${henrik}`, ready: ".bubble-note" },
  { name: "conversation, dark", hash: `#/conversation/${henrik}`, ready: ".bubble-note", look: { dark: true } },
  {
    name: "conversation on a phone",
    hash: `#/conversation/${henrik}`,
    ready: ".bubble-note",
    look: { width: 390, height: 844 },
  },
  {
    name: "note mode",
    hash: `#/conversation/${henrik}`,
    ready: ".bubble-note",
    before: (page) => page.keyboard.press("n"),
  },
  { name: "palette", hash: "", ready: ".visitor-line", before: (page) => page.keyboard.press("Control+k") },
  { name: "keys", hash: "", ready: ".visitor-line", before: (page) => page.keyboard.press("?") },
  { name: "settings", hash: "#/settings", ready: ".settings-form" },
  { name: "me on a phone", hash: "#/me", ready: ".me-entry", look: { width: 390, height: 844 } },
];

test.each(places)("$name", async ({ hash, ready, look, before }) => {
  const page = await screens.open(hash, look);
  await page.waitForSelector(ready);
  await before?.(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`),
  ).toEqual([]);
});

test("sign-in", async () => {
  const page = await screens.openSignedOut();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("no screen scrolls sideways on a phone", async () => {
  for (const hash of ["#/visitors", "#/inbox", `#/conversation/${henrik}`, "#/me", "#/settings"]) {
    const page = await screens.open(hash, { width: 390, height: 844 });
    await page.waitForSelector(".room-head");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
});
