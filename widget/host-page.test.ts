import { expect, test } from "vitest";
import { withoutNewerBuiltins } from "../protocol/testing/older-engine.ts";
import {
  complaints,
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
