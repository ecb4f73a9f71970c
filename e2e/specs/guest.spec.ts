import { launchOptions } from "../browser.ts";
import { HostPage, pageWith, snippet } from "../host-page.ts";
import { expect, test } from "../house.ts";
import { Visitor } from "../people/visitor.ts";

/** What a page consists of, besides what it shows: its globals and everything that its prototypes carry. */
function inventory(): { globals: string[]; prototypes: string[] } {
  const globals = Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name));
  const prototypes = globals.flatMap((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(window, name);
    const { prototype } = (typeof descriptor?.value === "function" ? descriptor.value : {}) as { prototype?: object };
    if (typeof prototype !== "object" || prototype === null) return [];
    return Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(
      ([member, { value, get }]) => `${name}.${member} ${String(value ?? get).slice(0, 60)}`,
    );
  });
  return { globals: globals.sort(), prototypes: prototypes.sort() };
}

test("the snippet adds one global to a page and changes nothing else, even when it stands there twice", async ({
  gateway,
  people,
}) => {
  const line = snippet(gateway.url, gateway.site);
  const bare = await HostPage.serves(pageWith(""));
  const host = await HostPage.serves(pageWith(line + line));
  const visitor = await people.visitor();
  await visitor.page.goto(bare.origin);
  const before = await visitor.page.evaluate(inventory);
  await visitor.page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(document, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await visitor.page.goto(host.origin);
  await expect(visitor.launcher).toHaveCount(1);
  await expect(visitor.page.locator("iframe")).toHaveCount(1);
  const after = await visitor.page.evaluate(inventory);

  expect(after.globals.filter((name) => !before.globals.includes(name))).toEqual(["Beckon"]);
  const others = after.prototypes.filter((member) => !member.startsWith("Beckon."));
  expect(others).toEqual(before.prototypes);
  expect(await visitor.page.evaluate(() => (document as unknown as { shifts: number[] }).shifts)).toEqual([]);
  await visitor.writes("Hello from another site");
  await visitor.seesItsMessageAs("Sent", "Hello from another site");
  await expect(visitor.page.locator("iframe[title='Northslope']")).toHaveCount(1);
  await bare.ends();
  await host.ends();
});

test("nothing is stored on the device before the chat is used", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/tents/");
  await expect(visitor.launcher).toBeVisible();
  await visitor.opensTheChat();
  await visitor.types("only a draft");
  await visitor.closesTheChat();
  await visitor.follows("Boots");
  await expect(visitor.launcher).toBeVisible();
  expect(await visitor.keepsOnTheDevice()).toEqual([]);

  await visitor.writes("Now I use it");
  await visitor.seesItsMessageAs("Sent", "Now I use it");
  const kept = await visitor.keepsOnTheDevice();
  expect(kept).not.toEqual([]);
  for (const key of kept) expect(key).toMatch(/^beckon:/);
});

test("headless and remote-controlled browsers and crawlers are no visitors", async ({
  browser,
  gateway,
  people,
  playwright,
}) => {
  const strangers = [
    { userAgent: browserName("HeadlessChrome/156.0.0.0") },
    { userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
  ];
  for (const context of strangers) {
    const crawler = await Visitor.comes({ shop: gateway.url, browser, context });
    await crawler.opens("/demo/packs/skarv-65/");
    expect(await hasALauncherBeside(crawler, people)).toBe(false);
    await crawler.leaves();
  }
  const args = (launchOptions.args ?? []).filter((flag) => !flag.includes("AutomationControlled"));
  const driven = await playwright.chromium.launch({ ...launchOptions, args });
  const robot = await Visitor.comes({ shop: gateway.url, browser: driven });
  await robot.opens("/demo/packs/skarv-65/");
  expect(await robot.page.evaluate(() => navigator.webdriver)).toBe(true);
  expect(await hasALauncherBeside(robot, people)).toBe(false);
  await driven.close();

  const mei = await people.mei();
  await expect(mei.row("Size guide")).toHaveCount(3);
  await expect(mei.row("Skarv 65")).toHaveCount(0);
});

function browserName(product: string): string {
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ${product} Safari/537.36`;
}

/** Whether the chat came, asked at a moment when it has come for a person who opened the shop later. */
async function hasALauncherBeside(visitor: Visitor, people: { visitor(): Promise<Visitor> }): Promise<boolean> {
  const person = await people.visitor();
  await person.opens("/demo/size-guide/");
  await expect(person.launcher).toBeVisible();
  return visitor.launcher.isVisible();
}
