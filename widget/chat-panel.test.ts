/** The chat as its visitor finds it; in a real browser, with the bundles as they are shipped. */
import AxeBuilder from "@axe-core/playwright";
import type { Frame } from "playwright-core";
import { expect, test } from "vitest";
import type { LogEvent, ServerFrame } from "../protocol/frames.ts";
import {
  context,
  frameWith,
  html,
  openPageBeforeEach,
  openPanel,
  page,
  snippet,
  visit,
} from "./testing/page-of-each-test.ts";
import { given } from "./testing/site-and-browser.ts";

openPageBeforeEach();

const log = "CCCCCCCCCCCCCCCCCCCCCC/public";
const mei = { side: "agent", id: "MMMMMMMMMMMMMMMMMMMMMM", name: "Mei Lin" } as const;

function lastPublished(): string | undefined {
  const body = given.frames.findLast((frame) => frame.kind === "publish")?.body;
  return body && "text" in body ? body.text : undefined;
}

/** With a chat that is connected. From then on time stands still: nothing that happens waits for a timer. */
async function openPanelOutOfTime(): Promise<Frame> {
  const already = given.frames.length;
  await page.clock.install();
  await visit(html("", snippet));
  const panel = await openPanel();
  // The chat asks for an echo as soon as it is connected.
  await expect.poll(() => given.frames.slice(already).some((frame) => frame.kind === "heartbeat")).toBe(true);
  await page.clock.pauseAt(await page.evaluate("Date.now() + 10000"));
  return panel;
}

test("the panel that is open again on the next page is named after the site, as its heading is", async () => {
  await visit(html("", snippet));
  const panel = await openPanel();
  await panel.type("textarea", "Remember me");
  await panel.press("textarea", "Enter");
  await panel.waitForSelector(".bubble");
  await page.reload();
  const again = await frameWith("textarea");
  const title = async () => (await again.frameElement()).getAttribute("title");
  await expect.poll(title).toBe("Northslope");
});

test("the device loses its network: told at once, and what was written goes out as soon as it is back", async () => {
  const panel = await openPanelOutOfTime();
  const trouble = panel.locator(".trouble");
  expect(await trouble.isVisible()).toBe(false);
  await context.setOffline(true);
  await trouble.waitFor();
  await panel.type("textarea", "In the tunnel");
  await panel.press("textarea", "Enter");
  await panel.locator(".waiting .meta", { hasText: "Not sent yet" }).waitFor();
  expect(lastPublished()).not.toBe("In the tunnel");
  const hellos = () => given.frames.filter((frame) => frame.kind === "hello").length;
  const before = hellos();
  await context.setOffline(false);
  // For a browser that has closed the link: the first try comes within a quarter of a second.
  await page.clock.runFor(250);
  await expect.poll(hellos).toBe(before + 1);
  await expect.poll(() => lastPublished()).toBe("In the tunnel");
  await trouble.waitFor({ state: "hidden" });
});

test("nobody is writing once the line is lost", async () => {
  const panel = await openPanelOutOfTime();
  given.send({ kind: "typing", log, sender: mei, active: true });
  const writing = panel.getByText("Mei is writing");
  await writing.waitFor();
  await context.setOffline(true);
  await panel.locator(".trouble").waitFor();
  expect(await writing.isVisible()).toBe(false);
});

test("somebody is writing until their message is there, and no other agent's message ends that", async () => {
  const panel = await openPanelOutOfTime();
  await panel.type("textarea", "Are you there?");
  await panel.press("textarea", "Enter");
  await expect.poll(() => lastPublished()).toBe("Are you there?");
  const jonas = { side: "agent", id: "JJJJJJJJJJJJJJJJJJJJJJ", name: "Jonas" } as const;
  let seq = 0;
  const says = (sender: typeof mei | typeof jonas, text: string): ServerFrame => {
    seq++;
    const event: LogEvent = {
      seq,
      id: `${seq}`.repeat(22),
      producer: sender.id,
      ordinal: seq,
      at: Date.now() + 60_000 + seq,
      sender,
      body: { kind: "text", text },
      visitorCount: 0,
      agentCount: seq,
    };
    return { kind: "events", log, epoch: "e", head: seq, events: [event] };
  };
  const nowhere = { delivered: 0, read: 0 };
  given.send({
    kind: "log",
    address: "current",
    log,
    epoch: "e",
    head: 0,
    state: "replay",
    ordinals: [],
    own: nowhere,
    visitor: nowhere,
    agents: nowhere,
  });
  given.send({ kind: "typing", log, sender: mei, active: true });
  const writing = panel.getByText("Mei is writing");
  await writing.waitFor();
  given.send(says(jonas, "I am here too"));
  await panel.locator(".bubble", { hasText: "I am here too" }).waitFor();
  expect(await writing.isVisible()).toBe(true);
  given.send(says(mei, "And I have written"));
  await panel.locator(".bubble", { hasText: "And I have written" }).waitFor();
  expect(await writing.isVisible()).toBe(false);
});

test("by keyboard alone: open, write, leave, and the focus is back where it was", async () => {
  await visit(html("", snippet));
  await frameWith("button");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const panel = await frameWith("textarea");
  await page.keyboard.type("First");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("second");
  await page.keyboard.press("Enter");
  expect(await panel.locator(".bubble").textContent()).toContain("First\nsecond");
  await page.keyboard.press("Escape");
  await frameWith("button");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("IFRAME");
  await page.keyboard.press("Enter");
  await frameWith("textarea");
});

test("the Enter of an input method sends nothing", async () => {
  await visit(html("", snippet));
  const panel = await openPanel();
  await panel.evaluate(() => {
    const field = document.querySelector("textarea");
    if (!field) throw new Error("no field");
    field.value = "zhong";
    const press = (keyCode: number, isComposing: boolean) =>
      field.dispatchEvent(new KeyboardEvent("keydown", { keyCode, isComposing, bubbles: true, cancelable: true }));
    press(13, true);
    press(229, false);
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    press(13, false);
    field.dispatchEvent(new CompositionEvent("compositionend"));
  });
  expect(await panel.locator(".bubble").count()).toBe(0);
  await panel.press("textarea", "Enter");
  await panel.waitForSelector(".bubble");
});

test("a message is text, whatever stands in it", async () => {
  await visit(html("", snippet));
  const panel = await openPanel();
  const attack = '<img src=x onerror="parent.hit=1"> javascript:alert(1) https://example.com/a_(b).';
  await panel.fill("textarea", attack);
  await panel.press("textarea", "Enter");
  expect(await panel.locator(".bubble").textContent()).toContain(attack);
  expect(
    await panel.locator(".bubble a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
  ).toEqual(["https://example.com/a_(b)"]);
  expect(await page.evaluate("window.hit")).toBeUndefined();
});

test.each(["en", "zh-CN"])("axe finds nothing in the open panel (%s)", async (language) => {
  await visit(html("", snippet, language));
  const panel = await openPanel();
  await panel.fill("textarea", "Hello");
  await panel.press("textarea", "Enter");
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  expect(violations.filter(({ nodes }) => nodes.some(({ target }) => target.length > 1)).map(({ id }) => id)).toEqual(
    [],
  );
  expect(await panel.locator("[role=dialog]").getAttribute("lang")).toBe(language);
});
