import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Publish } from "../protocol/frames.ts";
import { type Look, launchBrowser, openContext, signIn } from "./test-browser.ts";
import { idOf, startTestGateway, type TestGateway } from "./test-gateway.ts";
import { fillHouse, inboxRow, meiSession, visitorRow } from "./test-house.ts";

let browser: Browser;
let gateway: TestGateway;
let pages: Page[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  gateway = await startTestGateway(meiSession);
  fillHouse(gateway, Date.now());
});
afterEach(async () => {
  for (const page of pages) await page.context().close();
  pages = [];
  await gateway.close();
});

async function open(hash = "", look: Look = {}): Promise<Page> {
  const page = await signIn(await openContext(browser, look), gateway, hash);
  pages.push(page);
  return page;
}
const henrik = idOf("c-henrik");
const openHenrik = async (look: Look = {}) => {
  const page = await open(`#/conversation/${henrik}`, look);
  await page.waitForSelector(".bubble-me");
  return page;
};
const row = (name: string) => `[role=row][data-key="${idOf(name)}"]`;
const published = (kind: Publish["body"]["kind"]) => gateway.published.filter(({ body }) => body.kind === kind);
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 60_000 }).toBe(true);
const shows = (page: Page, text: string) => page.getByText(text).first().waitFor();

describe("signing in", () => {
  test("a wrong password is told beside the field, the right one opens the visitors", async () => {
    const page = await (await openContext(browser)).newPage();
    pages.push(page);
    await page.goto(`${gateway.url}/admin/`);
    await page.fill("input[type=email]", meiSession.agent.email);
    await page.fill("input[type=password]", "wrong");
    await page.keyboard.press("Enter");
    await shows(page, "This e-mail and password do not belong together.");
    await page.fill("input[type=password]", gateway.password);
    await page.keyboard.press("Enter");
    await page.waitForSelector(row("henrik"));
  });

  test("an ended session asks again in place; what was unsent goes out after it", async () => {
    const page = await openHenrik();
    gateway.endSession();
    gateway.dropSockets(true);
    await page.fill(".composer textarea", "Kept over the sign-in");
    await page.keyboard.press("Enter");
    gateway.dropSockets(false);
    await page.waitForSelector("dialog input[type=password]");
    await page.fill("dialog input[type=password]", gateway.password);
    await page.keyboard.press("Enter");
    await until(() => published("text").some(({ body }) => "text" in body && body.text === "Kept over the sign-in"));
    await page.waitForSelector("dialog", { state: "detached" });
  });

  test("signing out warns about what is unsent, then leaves nothing of the login", async () => {
    const page = await openHenrik();
    gateway.dropSockets(true);
    await page.fill(".composer textarea", "Never sent");
    await page.keyboard.press("Enter");
    await page.fill(".composer textarea", "A draft");
    await page.click(".account");
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await shows(page, "1 message is not sent yet. It is lost if you sign out now.");
    await page.getByRole("button", { name: "Sign out and delete" }).click();
    await page.waitForSelector("input[type=email]");
    const left = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(left).not.toContain("Never sent");
    expect(left).not.toContain("A draft");
  });
});

describe("visitors", () => {
  test("stand in their groups with all columns, and times tick in place", async () => {
    const page = await open();
    await page.waitForSelector(row("chen"));
    const groups = await page.locator(".group-line b").allTextContents();
    expect(groups).toEqual(["Waiting", "In conversation", "Invited", "Browsing"]);
    expect(await page.locator("[role=columnheader]").count()).toBe(10);
    const time = page.locator(`${row("vh5w")} .cell-time`);
    const before = await time.textContent();
    const element = await time.elementHandle();
    await page.waitForFunction(([cell, text]) => (cell as Element).textContent !== text, [element, before] as const);
    expect(await element?.evaluate((cell) => cell.isConnected)).toBe(true);
  });

  test("nothing moves under the pointer; new ones are counted until one asks for them", async () => {
    const page = await open();
    await page.waitForSelector(row("vh5w"));
    await page.hover(row("sofia"));
    const place = await page.locator(row("sofia")).boundingBox();
    const now = Date.now();
    gateway.upsert("visitors", [
      visitorRow({ key: "vnew", page: "Home", path: "/", dwell: 0, onSite: 0, pages: 1 }, now),
      visitorRow({ key: "vm7c", page: "Tents", path: "/tents", dwell: 0, onSite: 60, pages: 2 }, now),
    ]);
    await page.getByRole("button", { name: "1 new" }).waitFor();
    await page.locator(row("vm7c")).getByText("Tents").waitFor();
    expect(await page.locator(row("sofia")).boundingBox()).toEqual(place);
    expect(await page.locator(row("vnew")).count()).toBe(0);
    await page.getByRole("button", { name: "1 new" }).click();
    await page.waitForSelector(row("vnew"));
  });

  test("thousands of visitors draw only the rows in sight", async () => {
    const now = Date.now();
    const many = Array.from({ length: 3_000 }, (_, place) =>
      visitorRow(
        { key: `many${place}`, page: "Home", path: "/", dwell: 30 + place, onSite: 60 + place, pages: 1 },
        now,
      ),
    );
    const page = await open();
    await page.waitForSelector(row("chen"));
    for (let place = 0; place < many.length; place += 500) gateway.upsert("visitors", many.slice(place, place + 500));
    await page.getByText("3,058").first().waitFor();
    expect(await page.locator(".visitor-line").count()).toBeLessThan(80);
    await page.locator(".visitor-table").evaluate((table) => table.scrollTo(0, table.scrollHeight));
    await page.waitForSelector(row("many2999"));
  });

  test("a filter and a sort narrow and order the table", async () => {
    const page = await open();
    await page.waitForSelector(row("chen"));
    await page.keyboard.press("f");
    await page.keyboard.type("zürich");
    await page.waitForSelector(row("chen"), { state: "detached" });
    expect(await page.locator(".visitor-line").count()).toBe(1);
    await page.keyboard.press("Escape");
    await page.waitForSelector(row("chen"));
    await page.getByRole("button", { name: "Cart" }).click();
    await page.getByRole("button", { name: "Cart" }).click();
    expect(await page.getByRole("columnheader", { name: "Cart" }).getAttribute("aria-sort")).toBe("descending");
    await page.locator(".visitor-line").first().getByText("€ 612").waitFor();
  });

  test("by keyboard alone: move, peek, invite; the invitation's way is told", async () => {
    const page = await open();
    await page.waitForSelector(row("vb41"));
    await page.keyboard.press("f");
    await page.keyboard.type("dublin");
    await page.keyboard.press("Enter");
    await page.keyboard.press("j");
    expect(await page.locator(":focus").getAttribute("data-key")).toBe(idOf("vb41"));
    await page.keyboard.press("Space");
    await page.waitForSelector(".peek-panel .trail-page-now");
    await page.keyboard.press("i");
    await page.waitForSelector(".invitation-form textarea:focus");
    await page.keyboard.type("May I help with the delivery?");
    await page.keyboard.press("Enter");
    await until(() => published("text").length === 1);
    expect(published("text")[0]).toMatchObject({
      address: `visit:${idOf("vb41")}`,
      body: { text: "May I help with the delivery?" },
    });
    const invited = visitorRow(
      {
        key: "vb41",
        page: "Checkout: delivery",
        path: "/checkout/delivery",
        dwell: 80,
        onSite: 492,
        pages: 5,
        place: ["Dublin", "IE"],
        state: "invited",
      },
      Date.now(),
    );
    gateway.upsert("visitors", [invited]);
    await page.locator(".peek-panel .invitation-state", { hasText: "Seen" }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForSelector(".peek-panel", { state: "detached" });
    await page.waitForSelector(`${row("vb41")}:focus`);
  });

  test("nobody is here: the line that brings the first visitor", async () => {
    await gateway.close();
    gateway = await startTestGateway(meiSession);
    gateway.sites.push({
      key: "ns_7Qd2",
      name: "northslope.example",
      color: null,
      side: "right",
      origins: [],
      previews: false,
      remembers: false,
      requireSignature: true,
      reopenDays: 7,
    });
    const page = await open();
    await shows(page, "No page view yet");
    expect(await page.locator(".snippet").textContent()).toContain('data-site="ns_7Qd2"');
  });
});

describe("conversation", () => {
  test("Enter sends, Shift+Enter breaks the line, an input method's Enter does neither", async () => {
    const page = await openHenrik();
    await page.keyboard.press("r");
    await page.waitForSelector(".composer textarea:focus");
    await page.keyboard.type("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await page.locator(".composer textarea").evaluate((field) => {
      field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }),
      );
    });
    expect(gateway.published).toHaveLength(0);
    await page.keyboard.press("Enter");
    await until(() => gateway.published.length === 1);
    expect(gateway.published[0]).toMatchObject({
      address: `${henrik}/public`,
      body: { kind: "text", text: "one\ntwo" },
    });
  });

  test("a message is outlined until it is stored, then filled, then delivered, then read", async () => {
    const page = await openHenrik();
    gateway.holdPublishes(true);
    await page.fill(".composer textarea", "On its way");
    await page.keyboard.press("Enter");
    const line = page.locator(".bubble-line", { hasText: "On its way" });
    await line.locator(".bubble-local").waitFor();
    await line.getByLabel("Not sent yet").waitFor();
    gateway.holdPublishes(false);
    await line.locator(".bubble:not(.bubble-local)").waitFor();
    await line.getByLabel("Sent", { exact: true }).waitFor();
    const head = gateway.log(`${henrik}/public`).events.length;
    gateway.positions(`${henrik}/public`, { delivered: head, read: 0 });
    await line.getByLabel("Delivered").waitFor();
    gateway.positions(`${henrik}/public`, { delivered: head, read: head });
    await line.getByLabel("Read").waitFor();
    expect(await page.locator(".bubble-line", { hasText: "On its way" }).count()).toBe(1);
  });

  test("a refused message can be edited, tried again or deleted; none is lost by itself", async () => {
    const page = await openHenrik();
    for (const text of ["first", "second"]) {
      gateway.refuseNext("text", "forbidden");
      await page.fill(".composer textarea", text);
      await page.keyboard.press("Enter");
      await page.locator(".bubble-line", { hasText: text }).getByRole("button", { name: "Try again" }).waitFor();
    }
    await page.locator(".bubble-line", { hasText: "first" }).getByRole("button", { name: "Edit" }).click();
    expect(await page.inputValue(".composer textarea")).toBe("first");
    await page.locator(".bubble-line", { hasText: "second" }).getByRole("button", { name: "Try again" }).click();
    await page.locator(".bubble-line", { hasText: "second" }).getByLabel("Sent", { exact: true }).waitFor();
  });

  test("offline the message is kept, also over a reload, and goes out once", async () => {
    const page = await openHenrik();
    gateway.dropSockets(true);
    await shows(page, "No connection.");
    await page.fill(".composer textarea", "Written in a tunnel");
    await page.keyboard.press("Enter");
    await shows(page, "1 message is safe on this device.");
    await page.reload();
    await page.locator(".bubble-local", { hasText: "Written in a tunnel" }).waitFor();
    gateway.dropSockets(false);
    await page
      .locator(".bubble-line", { hasText: "Written in a tunnel" })
      .getByLabel("Sent", { exact: true })
      .waitFor();
    expect(published("text")).toHaveLength(1);
  });

  test("earlier messages come as one scrolls up, and what is read stays in place", async () => {
    const page = await openHenrik();
    const thread = page.locator(".thread");
    await until(() => gateway.log(`${henrik}/public`).events.length > 100);
    for (let round = 0; round < 6; round++) {
      // In one step: the page that is asked for may come before the next question to the browser.
      const { key, at, before, last } = await thread.evaluate((element) => {
        element.scrollTo(0, 300);
        const items = [...element.querySelectorAll("[data-item]")];
        return {
          key: items[0]?.getAttribute("data-item"),
          at: Math.round(items[0]?.getBoundingClientRect().top ?? 0),
          before: items.length,
          last: element.textContent.includes("Earlier message 1 about"),
        };
      });
      if (last) break;
      await expect.poll(() => page.locator("[data-item]").count(), { timeout: 60_000 }).toBeGreaterThan(before);
      const now = await page
        .locator(`[data-item="${key}"]`)
        .evaluate((item) => Math.round(item.getBoundingClientRect().top));
      expect(Math.abs(now - at)).toBeLessThanOrEqual(2);
    }
    await page.getByText("Earlier message 1 about").waitFor({ state: "attached" });
  });

  test("days are separated, system lines and notes stand in their order, a takeover is one line", async () => {
    const page = await openHenrik();
    await page.locator(".day-line", { hasText: "Today" }).waitFor({ state: "attached" });
    await page.locator(".bubble-note").first().waitFor();
    expect(await page.getByText("Mei Lin took the conversation").count()).toBe(1);
    const order = await page.locator(".bubble-line").allTextContents();
    const at = (text: string) => order.findIndex((line) => line.includes(text));
    expect(at("Order 48213")).toBeLessThan(at("can you hold 48213"));
    expect(at("can you hold 48213")).toBeLessThan(at("It is packed but still here"));
  });

  test("a note goes to the staff log alone, and the next conversation begins with a reply", async () => {
    const page = await openHenrik();
    await page.keyboard.press("n");
    await page.waitForSelector(".composer-note textarea:focus");
    await shows(page, "The visitor never sees this");
    await page.keyboard.type("He is a good customer");
    await page.keyboard.press("Enter");
    await until(() => published("note").length === 1);
    expect(published("note")[0]?.address).toBe(`${henrik}/staff`);
    expect(published("text")).toHaveLength(0);
    await page.keyboard.type("half a note");
    await page.click(`.inbox-line[data-key="${idOf("c-zhou")}"]`);
    await page.waitForSelector(`.inbox-line-picked[data-key="${idOf("c-zhou")}"]`);
    await page.waitForSelector(".composer:not(.composer-note)");
    expect(await page.inputValue(".composer textarea")).toBe("");
  });

  test("a draft belongs to its conversation and survives a reload", async () => {
    const page = await openHenrik();
    await page.fill(".composer textarea", "Half a sentence");
    await page.reload();
    await page.waitForSelector(".bubble-me");
    expect(await page.inputValue(".composer textarea")).toBe("Half a sentence");
    await page.click(`.inbox-line[data-key="${idOf("c-zhou")}"]`);
    await page.waitForSelector(`.inbox-line-picked[data-key="${idOf("c-zhou")}"]`);
    expect(await page.inputValue(".composer textarea")).toBe("");
  });

  test("what the visitor types appears dashed, is never kept, and goes when it is sent", async () => {
    const page = await openHenrik();
    const sender = { side: "visitor" as const, id: idOf("henrik-person") };
    gateway.send({ kind: "typing", log: `${henrik}/public`, sender, active: true, text: "Yes pl" });
    await page.locator(".bubble-typing", { hasText: "Yes pl" }).waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("Yes pl");
    gateway.append(`${henrik}/public`, sender, { kind: "text", text: "Yes please" });
    await page.locator(".bubble-them", { hasText: "Yes please" }).waitFor();
    await page.waitForSelector(".bubble-typing", { state: "detached" });
  });

  test("text is text and only web addresses are links", async () => {
    const page = await openHenrik();
    const hostile = '<img src=x onerror="document.title=1"> javascript:alert(1) https://shop.example/a';
    gateway.append(
      `${henrik}/public`,
      { side: "visitor", id: idOf("henrik-person"), name: "<b>Henrik</b>" },
      { kind: "text", text: hostile },
    );
    const bubble = page.locator(".bubble", { hasText: "javascript:alert(1)" });
    await bubble.waitFor();
    expect(await bubble.locator("img").count()).toBe(0);
    expect(await bubble.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual([
      "https://shop.example/a",
    ]);
  });

  test("taking is one action; who comes second is told who was faster", async () => {
    const page = await open(`#/conversation/${idOf("c-chen")}`);
    await page.getByRole("button", { name: "Take" }).waitFor();
    gateway.refuseNext("take", "taken", "Jonas Weber");
    await page.keyboard.press("t");
    await shows(page, "Jonas Weber took this conversation");
    expect(published("take")).toHaveLength(1);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.keyboard.press("t");
    await until(() => published("take").length === 2);
    gateway.upsert("inbox", [
      inboxRow("chen", "陈思远", { assignee: { id: meiSession.agent.id, name: "Mei Lin" } }, Date.now()),
    ]);
    await page.getByRole("button", { name: "Close" }).first().waitFor();
    await page.keyboard.press("e");
    await until(() => published("close").length === 1);
  });

  test("what was read is told to the server", async () => {
    await openHenrik();
    const head = gateway.log(`${henrik}/public`).events.length;
    const told = () =>
      gateway.frames.some(
        (frame) =>
          frame.kind === "receipt" &&
          frame.positions.some(({ log, read }) => log === `${henrik}/public` && read === head),
      );
    await until(told);
  });
});

describe("search", () => {
  test("Ctrl+K finds words, and opens the conversation at the message", async () => {
    const page = await openHenrik();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("gaiters");
    await page.locator(".palette mark", { hasText: "gaiters" }).first().waitFor();
    await page.getByRole("option", { name: "do the storm gaiters fit" }).click();
    await page.waitForSelector(".palette", { state: "detached" });
    await page.waitForSelector('.bubble-marked[data-place="public:3"]');
    expect(new URL(page.url()).hash).toBe(`#/conversation/${henrik}/public/3`);
  });

  test("Esc leaves it and gives the focus back", async () => {
    const page = await openHenrik();
    await page.focus(".composer textarea");
    await page.keyboard.press("Control+k");
    await page.waitForSelector(".palette input:focus");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".palette", { state: "detached" });
    await page.waitForSelector(".composer textarea:focus");
  });
});

describe("languages and appearance", () => {
  test("the choice is kept, and no English is left in Chinese", async () => {
    const page = await open();
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

  test("single keys can be switched off", async () => {
    const page = await openHenrik();
    await page.click(".account");
    await page.getByRole("menuitemradio", { name: "Off" }).click();
    await page.keyboard.press("n");
    expect(await page.locator(".composer-note").count()).toBe(0);
  });
});

const screens: readonly {
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

describe("accessible", () => {
  test.each(screens)("$name", async ({ hash, ready, look, before }) => {
    const page = await open(hash, look);
    await page.waitForSelector(ready);
    await before?.(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`),
    ).toEqual([]);
  });

  test("sign-in", async () => {
    const page = await (await openContext(browser)).newPage();
    pages.push(page);
    await page.goto(`${gateway.url}/admin/`);
    await page.waitForSelector("input[type=email]");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test("no screen scrolls sideways on a phone", async () => {
    for (const hash of ["#/visitors", "#/inbox", `#/conversation/${henrik}`, "#/me", "#/settings"]) {
      const page = await open(hash, { width: 390, height: 844 });
      await page.waitForSelector(".room-head");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });
});
