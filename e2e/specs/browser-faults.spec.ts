/** What only a browser can do wrong, in real pages of both kinds: what is shown is read from the screen. */
import type { Page } from "@playwright/test";
import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

/** Its scripts stand still from the next one on, as in a tab that the browser has frozen or a laptop that sleeps; resolves when they do. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Debugger.enable");
  const frozen = new Promise<void>((resolve) => browser.once("Debugger.paused", () => resolve()));
  await browser.send("Debugger.pause");
  await frozen;
  return async () => {
    await browser.send("Debugger.resume");
    await browser.detach();
  };
}

test("31: a frozen page of the visitor, then of the agent: what was written meanwhile is there when it wakes up, once", async ({
  gateway,
  people,
}) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/tarn-2/", "one");

  const thawVisitor = await freeze(visitor.page);
  await mei.writes("two");
  await gateway.dies();
  await gateway.comesUp();
  await mei.writes("three");
  await mei.seesItsMessageAs("Sent", "three");
  await thawVisitor();
  await visitor.seesTheConversation(["You: one", "Mei Lin: two", "Mei Lin: three"]);

  const thawMei = await freeze(mei.page);
  await visitor.writes("four");
  await gateway.dies();
  await gateway.comesUp();
  await visitor.writes("five");
  await visitor.seesItsMessageAs("Sent", "five");
  await thawMei();
  await mei.seesTheConversation(["one", "two", "three", "four", "five"]);
});

test("35: a duplicated tab, with the session storage of its original: both write, each message is there once", async ({
  gateway,
  people,
}) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/tarn-2/", "original 1");
  await visitor.seesItsMessageAs("Sent", "original 1");
  const original = visitor.page;
  const opened = visitor.context.waitForEvent("page");
  await original.evaluate(() => void window.open(location.href));
  const copy = await opened;
  const sessionOf = (page: Page) => page.evaluate(() => JSON.stringify(sessionStorage));
  expect(await sessionOf(copy)).toBe(await sessionOf(original));
  await gateway.dies();
  const words = ["original 1"];
  for (const [tab, text] of [
    [copy, "copy 1"],
    [original, "original 2"],
    [copy, "copy 2"],
  ] as const) {
    await visitor.looksAt(tab);
    await visitor.writes(text);
    words.push(text);
  }
  await gateway.comesUp();
  for (const tab of [original, copy]) {
    await visitor.looksAt(tab);
    await expect(visitor.log.locator(".bubble")).toHaveCount(words.length);
    await expect(visitor.panel.getByText("Not sent yet")).toHaveCount(0);
    const shown = await visitor.log.locator(".bubble").allTextContents();
    expect([...shown].sort()).toEqual(words.map((text) => `You: ${text}`).sort());
    for (const sender of ["original", "copy"]) {
      const own = shown.filter((text) => text.includes(sender));
      expect(own).toEqual([...own].sort());
    }
  }
});

test("36: a tab crashes with messages that were never sent: the other tab sends them, once and in order", async ({
  gateway,
  people,
}) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/tarn-2/", "before");
  await visitor.seesItsMessageAs("Sent", "before");
  const other = visitor.page;
  await visitor.opensAnotherTab("/demo/boots/");
  await gateway.dies();
  for (const text of ["1", "2", "3"]) await visitor.writes(`from the tab that dies ${text}`);
  await visitor.sees("3 messages are safe on this device.");
  const crashed = visitor.page.waitForEvent("crash");
  const browser = await visitor.context.newCDPSession(visitor.page);
  browser.send("Page.crash").catch(() => undefined);
  await crashed;
  await gateway.comesUp();
  await visitor.looksAt(other);
  const words = ["before", ...["1", "2", "3"].map((text) => `from the tab that dies ${text}`)];
  await visitor.seesTheConversation(words.map((text) => `You: ${text}`));
  const mei = await people.mei();
  await mei.opens("from the tab that dies 3");
  await mei.seesTheConversation(words);
});

test("47: a disk without any room: what is written still arrives, once", async ({ gateway, people }) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/tarn-2/", "with room");
  await visitor.seesItsMessageAs("Sent", "with room");
  const browser = await visitor.context.newCDPSession(visitor.page);
  await browser.send("Storage.overrideQuotaForOrigin", { origin: new URL(gateway.url).origin, quotaSize: 0 });
  await gateway.dies();
  await visitor.writes("without room 1");
  await visitor.writes("without room 2");
  await gateway.comesUp();
  await visitor.seesItsMessageAs("Sent", "without room 2");
  const words = ["with room", "without room 1", "without room 2"];
  await visitor.seesTheConversation(words.map((text) => `You: ${text}`));
  const mei = await people.mei();
  await mei.opens("without room 2");
  await mei.seesTheConversation(words);
});
