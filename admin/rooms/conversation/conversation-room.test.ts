import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inboxRow } from "../../testing/house/inbox-rows.ts";
import { mei, meiSession } from "../../testing/house/team.ts";
import { idOf } from "../../testing/id-of.ts";
import { henrik, openScreens, row, shows, until } from "../../testing/screens.ts";

const screens = openScreens();

test("Enter sends, Shift+Enter breaks the line, an input method's Enter does neither", async () => {
  const page = await screens.openHenrik();
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
  expect(screens.gateway.published).toHaveLength(0);
  await page.keyboard.press("Enter");
  await until(() => screens.gateway.published.length === 1);
  expect(screens.gateway.published[0]).toMatchObject({
    address: `${henrik}/public`,
    body: { kind: "text", text: "one\ntwo" },
  });
});

test("a message is outlined until it is stored, then filled, then delivered, then read", async () => {
  const page = await screens.openHenrik();
  screens.gateway.holdPublishes(true);
  await page.fill(".composer textarea", "On its way");
  await page.keyboard.press("Enter");
  const line = page.locator(".bubble-line", { hasText: "On its way" });
  await line.locator(".bubble-local").waitFor();
  await line.getByLabel("Not sent yet").waitFor();
  screens.gateway.holdPublishes(false);
  await line.locator(".bubble:not(.bubble-local)").waitFor();
  await line.getByLabel("Sent", { exact: true }).waitFor();
  const head = screens.gateway.log(`${henrik}/public`).events.length;
  screens.gateway.positions(`${henrik}/public`, { delivered: head, read: 0 });
  await line.getByLabel("Delivered").waitFor();
  screens.gateway.positions(`${henrik}/public`, { delivered: head, read: head });
  await line.getByLabel("Read").waitFor();
  expect(await page.locator(".bubble-line", { hasText: "On its way" }).count()).toBe(1);
});

test("a refused message can be edited, tried again or deleted; none is lost by itself", async () => {
  const page = await screens.openHenrik();
  for (const text of ["first", "second"]) {
    screens.gateway.refuseNext("text", "forbidden");
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
  const page = await screens.openHenrik();
  screens.gateway.dropSockets(true);
  await shows(page, "No connection.");
  await page.fill(".composer textarea", "Written in a tunnel");
  await page.keyboard.press("Enter");
  await shows(page, "1 message is safe on this device.");
  await page.reload();
  await page.locator(".bubble-local", { hasText: "Written in a tunnel" }).waitFor();
  screens.gateway.dropSockets(false);
  await page.locator(".bubble-line", { hasText: "Written in a tunnel" }).getByLabel("Sent", { exact: true }).waitFor();
  expect(screens.published("text")).toHaveLength(1);
});

test("earlier messages come as one scrolls up, and what is read stays in place", async () => {
  const page = await screens.openHenrik();
  const thread = page.locator(".thread");
  await until(() => screens.gateway.log(`${henrik}/public`).events.length > 100);
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
  const page = await screens.openHenrik();
  await page.locator(".day-line", { hasText: "Today" }).waitFor({ state: "attached" });
  await page.locator(".bubble-note").first().waitFor();
  expect(await page.getByText("Mei Lin took the conversation").count()).toBe(1);
  const order = await page.locator(".bubble-line").allTextContents();
  const at = (text: string) => order.findIndex((line) => line.includes(text));
  expect(at("Order 48213")).toBeLessThan(at("can you hold 48213"));
  expect(at("can you hold 48213")).toBeLessThan(at("It is packed but still here"));
});

test("a note goes to the staff log alone, and the next conversation begins with a reply", async () => {
  const page = await screens.openHenrik();
  await page.keyboard.press("n");
  await page.waitForSelector(".composer-note textarea:focus");
  await shows(page, "The visitor never sees this");
  await page.keyboard.type("He is a good customer");
  await page.keyboard.press("Enter");
  await until(() => screens.published("note").length === 1);
  expect(screens.published("note")[0]?.address).toBe(`${henrik}/staff`);
  expect(screens.published("text")).toHaveLength(0);
  await page.keyboard.type("half a note");
  await page.click(`.inbox-line[data-key="${idOf("c-zhou")}"]`);
  await page.waitForSelector(`.inbox-line-picked[data-key="${idOf("c-zhou")}"]`);
  await page.waitForSelector(".composer:not(.composer-note)");
  expect(await page.inputValue(".composer textarea")).toBe("");
});

test("a draft belongs to its conversation and survives a reload", async () => {
  const page = await screens.openHenrik();
  await page.fill(".composer textarea", "Half a sentence");
  await page.reload();
  await page.waitForSelector(".bubble-me");
  expect(await page.inputValue(".composer textarea")).toBe("Half a sentence");
  await page.click(`.inbox-line[data-key="${idOf("c-zhou")}"]`);
  await page.waitForSelector(`.inbox-line-picked[data-key="${idOf("c-zhou")}"]`);
  expect(await page.inputValue(".composer textarea")).toBe("");
});

test("the list marks a draft and still shows the last word", async () => {
  const page = await screens.openHenrik();
  await page.fill(".composer textarea", "Half a sentence");
  await page.click(`.inbox-line[data-key="${idOf("c-zhou")}"]`);
  const line = page.locator(`.inbox-line[data-key="${henrik}"]`);
  await line.getByText("Draft").waitFor();
  await line.getByText("Shall I do it?").waitFor();
});

test("Esc leaves the field for the thread; in the field the bar names no single keys", async () => {
  const page = await screens.openHenrik();
  const bar = page.locator(".status-keys");
  await bar.getByText("next, previous").waitFor();
  await page.keyboard.press("r");
  await page.waitForSelector(".composer textarea:focus");
  await bar.getByText("next, previous").waitFor({ state: "detached" });
  await bar.getByText("back").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForSelector(".thread:focus");
  await bar.getByText("next, previous").waitFor();
});

const ring = (page: Page) => page.locator(":focus").evaluate((element) => getComputedStyle(element).outlineStyle);

test("the focus that the page gives the thread draws its ring for who is at the keys, not on load or after a click", async () => {
  for (const look of [{}, { width: 390, height: 844 }]) {
    // The sign-in is by keys, so its page is loaded again.
    const page = await screens.openHenrik(look);
    await page.reload();
    await page.waitForSelector(".thread:focus");
    expect(await ring(page)).toBe("none");
    await page.keyboard.press("ArrowUp");
    expect(await ring(page)).toBe("solid");
    await page.goto(`${screens.gateway.url}/admin/#/inbox`);
    await page.click(`.inbox-line[data-key="${henrik}"]`);
    await page.waitForSelector(".bubble-me");
    expect(await ring(page)).toBe("none");
  }
  const page = await screens.open();
  await page.click(row("henrik"));
  await page.locator(".peek-panel").getByRole("button", { name: "Open chat" }).click();
  await page.waitForSelector(".thread:focus");
  expect(await ring(page)).toBe("none");
  await page.keyboard.press("r");
  await page.waitForSelector(".composer textarea:focus");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".thread:focus");
  expect(await ring(page)).toBe("solid");
});

test("one's own conversation shows how long its visitor waits for an answer", async () => {
  const page = await screens.openHenrik();
  const now = Date.now();
  const waits = { assignee: mei, preview: "Hello?", waitingSince: now - 90_000 };
  screens.gateway.upsert("inbox", [inboxRow("zhou", "周雨桐", waits, now)]);
  await page.locator(`.inbox-line[data-key="${idOf("c-zhou")}"] .wait-warm`, { hasText: "1:3" }).waitFor();
});

test("what the visitor types appears dashed, is never kept, and goes when it is sent", async () => {
  const page = await screens.openHenrik();
  const sender = { side: "visitor" as const, id: idOf("henrik-person") };
  screens.gateway.send({ kind: "typing", log: `${henrik}/public`, sender, active: true, text: "Yes pl" });
  await page.locator(".bubble-typing", { hasText: "Yes pl" }).waitFor();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("Yes pl");
  screens.gateway.append(`${henrik}/public`, sender, { kind: "text", text: "Yes please" });
  await page.locator(".bubble-them", { hasText: "Yes please" }).waitFor();
  await page.waitForSelector(".bubble-typing", { state: "detached" });
});

test("text is text and only web addresses are links", async () => {
  const page = await screens.openHenrik();
  const hostile = '<img src=x onerror="document.title=1"> javascript:alert(1) https://shop.example/a';
  screens.gateway.append(
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
  const page = await screens.open(`#/conversation/${idOf("c-chen")}`);
  await page.getByRole("button", { name: "Take" }).waitFor();
  screens.gateway.refuseNext("take", "taken", "Jonas Weber");
  await page.keyboard.press("t");
  await shows(page, "Jonas Weber took this conversation");
  expect(screens.published("take")).toHaveLength(1);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await page.keyboard.press("t");
  await until(() => screens.published("take").length === 2);
  screens.gateway.upsert("inbox", [
    inboxRow("chen", "陈思远", { assignee: { id: meiSession.agent.id, name: "Mei Lin" } }, Date.now()),
  ]);
  await page.getByRole("button", { name: "Close", exact: true }).waitFor();
  await page.keyboard.press("e");
  await until(() => screens.published("close").length === 1);
});

/** What the page told of its reading of Henrik's public log, in order. */
const cursors = () =>
  screens.gateway.frames.flatMap((frame) =>
    frame.kind === "receipt" ? frame.positions.filter(({ log }) => log === `${henrik}/public`) : [],
  );
const lastRead = () => cursors().at(-1)?.read ?? 0;

test("what was read is told to the server; what comes while one looks elsewhere, when one comes back", async () => {
  const page = await screens.openHenrik();
  const publicLog = `${henrik}/public`;
  const { events } = screens.gateway.log(publicLog);
  const before = events.length;
  await until(() => lastRead() === before);
  await page.evaluate(() => {
    document.hasFocus = () => false;
  });
  screens.gateway.append(publicLog, { side: "visitor", id: idOf("henrik-person") }, { kind: "text", text: "Hello?" });
  await until(() => cursors().at(-1)?.delivered === before + 1);
  expect(lastRead()).toBe(before);
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event("focus"));
  });
  await until(() => lastRead() === before + 1);
});

test("more unread than the screen holds: it opens where that begins, and is read as one scrolls", async () => {
  const publicLog = `${henrik}/public`;
  const { length: head } = screens.gateway.log(publicLog).events;
  screens.gateway.log(publicLog).own = { delivered: head, read: head - 40 };
  const page = await screens.openHenrik();
  await until(() => lastRead() > head - 40);
  const opened = lastRead();
  expect(opened).toBeLessThan(head - 10);
  const thread = page.locator(".thread");
  await thread.evaluate((element) => element.scrollBy(0, 200));
  await until(() => lastRead() > opened);
  expect(lastRead()).toBeLessThan(head);
  await thread.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await until(() => lastRead() === head);
});

/** Follows a link, then presses the keys: each as soon as what the one before caused is done, without a frame between them. */
function pressAtOnce(page: Page, link: string, keys: readonly string[]): Promise<void> {
  return page.evaluate(
    async ([selector, all]) => {
      const followed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      document.querySelector<HTMLElement>(selector)?.click();
      await followed;
      for (const key of all) {
        for (let turn = 0; turn < 50; turn++) await null;
        const target = document.activeElement ?? document.body;
        const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
        // As a browser does it: a key that nobody took is written into the field.
        if (target.dispatchEvent(event) && target instanceof HTMLTextAreaElement) {
          target.value += key;
          target.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
      }
    },
    [link, keys] as const,
  );
}

test("keys right after a conversation opens are for it, and what follows them is text", async () => {
  const page = await screens.openHenrik();
  await pressAtOnce(page, `.inbox-line[data-key="${idOf("c-chen")}"]`, ["n", "t", "e"]);
  await page.waitForSelector(".composer-note textarea:focus");
  expect(await page.inputValue(".composer textarea")).toBe("te");
  expect(screens.gateway.published).toHaveLength(0);
});

test("a key is not lost while a conversation is being asked for", async () => {
  const page = await screens.openHenrik();
  const asked = page.waitForRequest(/conversations\//);
  let answer = () => {};
  const held = new Promise<void>((release) => (answer = release));
  await page.route(/api\/v1\/conversations\//, async (route) => {
    await held;
    await route.continue();
  });
  await page.evaluate((id) => (location.hash = `#/conversation/${id}`), idOf("old-0"));
  await asked;
  await page.keyboard.press("n");
  answer();
  await page.waitForSelector(".composer-note textarea:focus");
});
