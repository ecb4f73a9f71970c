/** What the page of a site must never notice, and what its visitor must always find; in a real browser, with the bundles as they are shipped. */
import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Frame, Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import type { LogEvent, ServerFrame } from "../protocol/frames.ts";
import { withoutNewerBuiltins } from "../protocol/testing/older-engine.ts";
import { browser, given, openSiteBeforeAll } from "./testing/site-and-browser.ts";

const snippet = '<script async src="{gateway}/beckon.js" data-site="demo" data-automation="allow"></script>';
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

const log = "CCCCCCCCCCCCCCCCCCCCCC/public";
const mei = { side: "agent", id: "MMMMMMMMMMMMMMMMMMMMMM", name: "Mei Lin" } as const;

let context: BrowserContext;
let page: Page;
let complaints: string[];

openSiteBeforeAll();
beforeEach(async () => {
  context = await browser.newContext({ userAgent });
  page = await context.newPage();
  complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return () => context.close();
});

function html(head: string, body: string, language = "en"): string {
  return `<!doctype html><html lang="${language}"><head><title>Shop</title>${head}</head><body><h1>Tents</h1><p>Words</p>${body}</body></html>`;
}

async function visit(text: string, headers?: Record<string, string>): Promise<void> {
  given.page(text, headers);
  await page.goto(given.siteUrl);
}

/** The frame that shows `selector`. */
async function frameWith(selector: string): Promise<Frame> {
  for (;;) {
    for (const frame of page.frames()) {
      const found = await frame.$(selector).catch(() => null);
      if (found && (await found.isVisible())) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function openPanel(): Promise<Frame> {
  const launcher = await frameWith("button");
  await launcher.click("button");
  return frameWith("textarea");
}

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

/** How many own properties each built-in and its prototype has, the names on `window`, and which functions `history` answers with. */
const census = `(() => {
  const names = ["Object","Function","Array","String","Number","Boolean","Date","RegExp","Error","Math","JSON","Promise","Map","Set",
    "Node","Element","HTMLElement","Document","Event","EventTarget","Storage","XMLHttpRequest","WebSocket","History"];
  const counts = names.map((name) => {
    const value = window[name];
    const own = (object) => object ? Object.getOwnPropertyNames(object).join() : "";
    return name + ":" + own(value) + "|" + own(value && value.prototype);
  });
  return { counts, globals: Object.getOwnPropertyNames(window).filter((name) => !/^\\d+$/.test(name)) };
})()`;

interface Census {
  counts: string[];
  globals: string[];
}

test("the page stays as it was: one global, no prototype touched, nothing said, nothing stored, nothing moved", async () => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.defineProperty(document, "shifts", { value: shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true } as PerformanceObserverInit);
  });
  await visit(html("", ""));
  const before = (await page.evaluate(census)) as Census;
  await visit(html("", snippet));
  await openPanel();
  const after = (await page.evaluate(census)) as Census;
  expect(after.counts).toEqual(before.counts);
  expect(after.globals.filter((name) => !before.globals.includes(name))).toEqual(["Beckon"]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ""]);
  expect(await page.evaluate(() => (document as unknown as { shifts: number[] }).shifts)).toEqual([]);
  expect(complaints).toEqual([]);
});

test("stands in the head, twice, and makes one launcher and one visit", async () => {
  const already = given.frames.length;
  await visit(html(snippet + snippet, snippet));
  await frameWith("button");
  expect(page.frames()).toHaveLength(2);
  expect(given.frames.slice(already).filter((frame) => frame.kind === "hello")).toHaveLength(1);
});

test("commands called before the script run in order, and listeners that throw hurt nobody", async () => {
  const stub = "window.Beckon=window.Beckon||function(){(Beckon.q=Beckon.q||[]).push(arguments)};";
  const calls = `window.told=[];window.kept=Beckon;
    Beckon("on","ready",function(){told.push("ready");throw new Error("of the site")});
    Beckon("on","open",function(){told.push("open")});Beckon("set",{cart:"EUR 389",odd:{}});Beckon("open");`;
  await visit(html("", `<script>${stub}${calls}</script>${snippet}`));
  await frameWith("textarea");
  expect(await page.evaluate("told.sort()")).toEqual(["open", "ready"]);
  expect(complaints).toEqual([expect.stringContaining("of the site")]);
  await page.evaluate("kept('close')");
  await frameWith("button");
  const hello = given.frames.findLast((frame) => frame.kind === "hello");
  expect(hello?.visit?.attributes).toEqual({ cart: "EUR 389" });
});

test("a page that the site names is told as one, and hello tells the browser's own address, by which the next page is joined", async () => {
  const already = given.frames.length;
  const stub = "window.Beckon=window.Beckon||function(){(Beckon.q=Beckon.q||[]).push(arguments)};";
  const named = `Beckon("page",{url:"https://shop.example/tents/seven",title:"Seven"});`;
  await visit(html("", `<script>${stub}${named}</script>${snippet}`));
  await openPanel();
  const url = `${given.siteUrl}/`;
  const told = () =>
    given.frames.slice(already).flatMap((frame) => {
      if (frame.kind === "hello") return [frame.visit?.page];
      return frame.kind === "page" ? [frame.page] : [];
    });
  const real = { url, title: "Shop", referrer: "" };
  const page = { url: "https://shop.example/tents/seven", title: "Seven", referrer: url };
  // The visit's line, then that of the chat.
  await expect.poll(told).toEqual([real, page, real, page]);
});

test("what the page says while the gateway has not answered yet is said again when it has", async () => {
  const already = given.frames.length;
  const said = () => given.frames.slice(already);
  const welcome = given.keepsWaiting();
  await visit(html("", snippet));
  await expect.poll(() => said().some((frame) => frame.kind === "hello")).toBe(true);
  await page.evaluate(() => {
    const { Beckon } = window as unknown as { Beckon(...values: unknown[]): void };
    Beckon("identify", { id: "7", name: "Sofia" });
    Beckon("set", { cart: "EUR 389" });
    history.pushState(null, "", "/boots");
  });
  // The line may have given up waiting and have said hello again.
  const heard = (what: (frame: (typeof given.frames)[number]) => unknown) => () => said().map(what).filter(Boolean);
  await expect.poll(() => page.evaluate("location.pathname")).toBe("/boots");
  welcome();
  await expect
    .poll(heard((frame) => (frame.kind === "hello" || frame.kind === "identify") && frame.identity?.name))
    .toContain("Sofia");
  await expect
    .poll(
      heard((frame) => {
        if (frame.kind === "set") return frame.attributes.cart;
        return frame.kind === "hello" && frame.visit?.attributes.cart;
      }),
    )
    .toContain("EUR 389");
  await expect
    .poll(
      heard((frame) => {
        if (frame.kind === "page") return new URL(frame.page.url).pathname;
        return frame.kind === "hello" && frame.visit && new URL(frame.visit.page.url).pathname;
      }),
    )
    .toContain("/boots");
});

test("a new page within the load is told, and shutdown gives the page its history back", async () => {
  await visit(html("", snippet));
  await frameWith("button");
  await page.evaluate("history.pushState(null, '', '/boots'); document.title = 'Boots'");
  await expect.poll(() => given.frames.findLast((frame) => frame.kind === "page")?.page.title).toBe("Boots");
  const left = await page.evaluate(
    () =>
      new Promise((resolve) =>
        (window as unknown as { Beckon(...values: unknown[]): void }).Beckon("shutdown", resolve),
      ),
  );
  expect(left).toEqual([]);
  expect(await page.evaluate(() => Object.hasOwn(history, "pushState"))).toBe(false);
  expect(page.frames()).toHaveLength(1);
});

test("a browser under remote control is no visitor unless the site says so", async () => {
  const already = given.frames.length;
  await visit(html("", snippet.replace(' data-automation="allow"', "")));
  await page.waitForFunction("typeof Beckon === 'function'");
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(page.frames()).toHaveLength(1);
  expect(given.frames).toHaveLength(already);
});

test("works under a security policy with a nonce and Trusted Types, and breaks nothing of it", async () => {
  const policy = [
    "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'nonce-abc'",
    `connect-src ${given.gatewayUrl} ${given.gatewayUrl.replace("http", "ws")}; img-src ${given.gatewayUrl}`,
    "require-trusted-types-for 'script'; trusted-types beckon",
  ].join("; ");
  await visit(html("", snippet.replace("<script", '<script nonce="abc"')), { "Content-Security-Policy": policy });
  await openPanel();
  expect(complaints).toEqual([]);
});

test("where frames cannot be reached a shadow root serves", async () => {
  await visit(html("", snippet), { "Content-Security-Policy": "sandbox allow-scripts" });
  await page.locator("button[aria-label='Open chat']").click();
  await page.locator("textarea").fill("Hello");
  await page.locator("textarea").press("Enter");
  expect(await page.locator(".bubble").textContent()).toContain("Hello");
});

test("the bundles as they are shipped need no built-in that Internet Explorer 8 lacks", async () => {
  await page.addInitScript(withoutNewerBuiltins);
  await visit(html("", snippet));
  const panel = await openPanel();
  await panel.type("textarea", "Hello");
  await panel.press("textarea", "Enter");
  await panel.waitForSelector(".bubble");
  await expect
    .poll(() => given.frames.findLast((frame) => frame.kind === "publish")?.body)
    .toMatchObject({
      text: "Hello",
    });
  expect(complaints).toEqual([]);
});

test("what is stored keeps whole names, which later builds can read", async () => {
  await visit(html("", snippet));
  const panel = await openPanel();
  await panel.type("textarea", "Hello");
  await panel.press("textarea", "Enter");
  await panel.waitForSelector(".bubble");
  const names = await page.evaluate(() => {
    const found = new Set<string>();
    const collect = (name: string, value: unknown) => {
      found.add(name);
      return value;
    };
    for (const storage of [localStorage, sessionStorage]) {
      for (const text of Object.values(storage)) if (text.startsWith("{")) JSON.parse(text, collect);
    }
    return [...found].filter(Boolean).sort().join(" ");
  });
  expect(names).toBe(
    "address body createdAt draft id kept kind open ordinal producer scrollFromEnd secret sentOn state text used",
  );
});

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
