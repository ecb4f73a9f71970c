import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { generateDemo } from "./generate.ts";

const kinds: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const identity = { id: "c-1001", name: "Henrik Solberg", email: "henrik.solberg@mail.example", signature: "00" };
/** In place of the chat: writes down every command, those that the stub kept included. */
const listener =
  "window.told??=(window.Beckon?.q??[]).map((command)=>[...command]);window.Beckon=(...command)=>{window.told.push(command)}";
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

let folder: string;
let server: Server;
let shop: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let signs: boolean;

async function answer(path: string): Promise<{ status: number; kind: string; body: string | Buffer }> {
  if (path === "/beckon.js") return { status: 200, kind: "text/javascript", body: listener };
  if (path === "/demo/identity" && signs) {
    const body = JSON.stringify({ ...identity, expires: Date.now() + 3_600_000 });
    return { status: 200, kind: "application/json", body };
  }
  const file = join(folder, path.replace(/^\/demo\//, ""), path.endsWith("/") ? "index.html" : "");
  try {
    return { status: 200, kind: kinds[extname(file)] ?? "text/plain", body: await readFile(file) };
  } catch {
    return { status: 404, kind: "text/plain", body: "" };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "northslope-"));
  await generateDemo(folder);
  server = createServer(async (request, response) => {
    const { status, kind, body } = await answer(new URL(request.url ?? "/", "http://shop").pathname);
    response.writeHead(status, { "content-type": kind }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo/`;
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags.split(" ") });
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  signs = true;
  complaints = [];
  context = await browser.newContext();
  page = await context.newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});

afterEach(() => context.close());

/** What the chat was told on this page so far. */
const told = (): Promise<unknown[][]> => page.evaluate("window.told") as Promise<unknown[][]>;

async function seesTold(...command: unknown[]): Promise<void> {
  await page.waitForFunction(`JSON.stringify(window.told??[]).includes(${JSON.stringify(JSON.stringify(command))})`);
}

async function putsBootsIntoCart(): Promise<void> {
  await page.goto(`${shop}boots/moraine-gtx/`);
  await page.getByLabel("Size", { exact: true }).selectOption("44");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByText("Added. 1 in your cart.").waitFor();
}

describe("a visitor", () => {
  test("looks at a tent in another colour: drawing, name and cart follow", async () => {
    await page.goto(`${shop}tents/tarn-2/`);
    await page.getByRole("radio", { name: "Lake teal" }).check();
    await page.getByRole("img", { name: "Tarn 2 tent in Lake teal" }).waitFor();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await seesTold("set", { cart: "€ 389", cartItems: 1 });
    await page.getByRole("link", { name: "Go to cart" }).click();
    await page.getByText("Lake teal").waitFor();
    await page.getByRole("button", { name: "Remove Tarn 2 tent from the cart" }).click();
    await page.getByText("Your cart is empty.").first().waitFor();
    await seesTold("set", { cart: null, cartItems: null });
    expect(complaints).toEqual([]);
  });

  test("is asked for the size before boots go into the cart", async () => {
    await page.goto(`${shop}boots/moraine-gtx/`);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText("Choose a size first").waitFor();
    expect(await page.evaluate("localStorage.length")).toBe(0);
  });

  test("orders: address, delivery, payment; the order is reported once", async () => {
    await putsBootsIntoCart();
    await page.goto(`${shop}checkout/`);
    await page.getByLabel("Name").fill("Anneke de Vries");
    await page.getByLabel("E-mail").fill("anneke@devries");
    await page.getByLabel("Street and number").fill("Keizersgracht 1");
    await page.getByLabel("Postcode").fill("1015 CN");
    await page.getByLabel("City").fill("Amsterdam");
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    await page.getByText("This address needs an ending, such as .nl").waitFor();
    await page.getByLabel("E-mail").fill("anneke@devries.example");
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    await page.getByLabel("Express").check();
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await page.getByText("Anneke de Vries, Keizersgracht 1, 1015 CN Amsterdam").waitFor();
    await page.getByText("€ 237").waitFor();
    await page.getByRole("button", { name: "Place order" }).click();
    await page.getByText(/Your order \d{5} is in/).waitFor();
    const order = (await told()).find(([verb]) => verb === "event");
    expect(order).toEqual(["event", "order", { number: expect.stringMatching(/^\d{5}$/), total: 237 }]);
    await seesTold("set", { cart: null, cartItems: null });
    await page.reload();
    await page.getByText(/Your order \d{5} is in/).waitFor();
    expect((await told()).filter(([verb]) => verb === "event")).toEqual([]);
    expect(page.url()).not.toContain("anneke");
    expect(complaints).toEqual([]);
  });

  test("walks through the finder by history alone, back and forth, with a title for each step", async () => {
    await page.goto(`${shop}spa/`);
    await page.evaluate("window.sameDocument = true");
    await page.getByRole("link", { name: "Start" }).click();
    await page.getByRole("link", { name: "Three, or two and a dog" }).click();
    await page.getByRole("link", { name: "Autumn storms and first snow" }).click();
    expect(await page.title()).toBe("Tent finder: carrying");
    await page.goBack();
    await page.getByRole("heading", { name: "When do you go" }).waitFor();
    expect(await page.title()).toBe("Tent finder: season");
    await page.goForward();
    await page.getByRole("link", { name: "We share it" }).click();
    await page.getByRole("heading", { name: "Tarn 3 tent" }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
      "/demo/spa/result/?people=three&season=four&carry=share",
    );
    expect(await page.evaluate("window.sameDocument")).toBe(true);
    await page.reload();
    await page.getByRole("heading", { name: "Tarn 3 tent" }).waitFor();
    await page.getByRole("link", { name: "中文" }).click();
    await page.getByRole("heading", { name: "鳞峰 3 帐篷" }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("searches in either language", async () => {
    await page.goto(`${shop}zh/search/`);
    await page.getByLabel("您在找什么").fill("tarn");
    await page.getByLabel("您在找什么").press("Enter");
    await page.getByRole("link", { name: "鳞峰 2 帐篷" }).waitFor();
    await page.goto(`${shop}search/?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
    await page.getByText("Nothing found for “<img").waitFor();
    expect(complaints).toEqual([]);
  });

  test("is told where there is nothing to unplug, as on a gateway that no demo has started", async () => {
    await page.goto(`${shop}unplug/`);
    await page.getByText("There is nothing to unplug on this server.").waitFor();
    await page.goto(`${shop}zh/unplug/`);
    await page.getByText("此服务器上没有可拔的东西。").waitFor();
  });

  test("leaves nothing on the device by looking around", async () => {
    for (const path of ["", "tents/", "tents/tarn-2/", "cart/", "account/", "spa/"]) await page.goto(shop + path);
    expect(await page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")).toBe(0);
  });
});

describe("a demo customer", () => {
  test("signs in: the chat is told on every page; signs out: the chat forgets", async () => {
    await page.goto(`${shop}account/?utm_campaign=spring-boots`);
    await page.getByRole("button", { name: "Sign in as Henrik Solberg" }).click();
    await page.getByText("You are signed in as Henrik Solberg.").waitFor();
    await page.goto(`${shop}account/orders/`);
    await page.getByRole("rowheader", { name: "48213" }).waitFor();
    await seesTold("set", { customer: "since 2019", spent: "€ 1,284", lastOrder: "48213, packed" });
    await seesTold("set", { campaign: "spring-boots" });
    expect((await told()).find(([verb]) => verb === "identify")).toEqual([
      "identify",
      { ...identity, expires: expect.any(Number) },
    ]);
    await page.goto(`${shop}account/`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await seesTold("shutdown");
    expect(await page.evaluate("localStorage.length + sessionStorage.length")).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("is told quietly where the server signs nobody in", async () => {
    signs = false;
    await page.goto(`${shop}account/`);
    await page.getByRole("button", { name: "Sign in as Priya Raman" }).click();
    await page.getByText("Signing in is not set up on this server.").waitFor();
    expect((await told()).filter(([verb]) => verb === "identify")).toEqual([]);
  });
});

describe("accessibility", () => {
  const paths = ["", "tents/", "boots/moraine-gtx/", "search/?q=boots", "size-guide/boots/", "returns/", "contact/"];
  const more = [
    "account/",
    "account/orders/",
    "cart/",
    "checkout/",
    "checkout/delivery/",
    "checkout/payment/",
    "checkout/done/",
  ];
  const routes = ["spa/", "spa/people/", "spa/result/", "plain.html"];

  test.each(["", "zh/"])("axe finds nothing, and nothing runs over the side of a phone (%s)", async (language) => {
    await putsBootsIntoCart();
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [...paths, ...more, ...routes]) {
      await page.goto(shop + language + path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), path).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });
});
