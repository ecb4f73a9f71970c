import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { desktop, phone } from "../browser.ts";
import { type GatewayProcess, withGateway } from "../gateway-process.ts";
import { contextFor, type Look, looks, takePicture } from "./picture.ts";
import { type Scene, setScene } from "./scene.ts";

/** The agents' page in both languages, both themes, on desk and phone. */
export async function takeAdminPictures(browser: Browser): Promise<void> {
  await withGateway(async (gateway) => {
    for (const look of looks) await signIn(browser, gateway, look);
    const scene = await setScene(gateway, browser);
    for (const look of looks) {
      await onTheDesk(browser, gateway, scene, look);
      await onThePhone(browser, gateway, scene, look);
    }
  });
}

async function signIn(browser: Browser, gateway: GatewayProcess, look: Look): Promise<void> {
  const page = await open(browser, gateway, "", { ...desktop, ...contextFor(look) });
  await expect(page.locator("form")).toBeVisible();
  await takePicture(page, "admin-sign-in", look);
  await page.context().close();
}

async function onTheDesk(browser: Browser, gateway: GatewayProcess, scene: Scene, look: Look): Promise<void> {
  const page = await asMei(browser, gateway, scene, { ...desktop, ...contextFor(look) });
  await go(page, "#/visitors");
  const row = page.locator("[role=row][data-key]").filter({ hasText: "Glade 5" });
  await expect(row).toBeVisible();
  await takePicture(page, "admin-visitors", look);
  await row.click();
  await expect(page.locator(".peek-panel .trail-column")).toBeVisible();
  await takePicture(page, "admin-peek", look);
  // By pointer, as the rest: after a key the thread would show that it has the focus.
  await page.locator(".peek-panel .detail-head button").click();
  await go(page, "#/inbox");
  await expect(page.locator(".inbox-line").first()).toBeVisible();
  await takePicture(page, "admin-inbox", look);
  await go(page, scene.conversation);
  await expect(page.locator(".bubble").last()).toBeVisible();
  await takePicture(page, "admin-conversation", look);
  await page.locator(".composer-mode").last().click();
  await page.locator(".composer-note textarea").fill("Buckles are in drawer 7");
  await takePicture(page, "admin-note", look);
  await page.locator(".composer-note textarea").fill("");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("buckle");
  await expect(page.locator("[role=option] mark").first()).toBeVisible();
  await takePicture(page, "admin-search", look);
  await page.keyboard.press("Escape");
  await go(page, "#/settings");
  await expect(page.locator(".settings-list").first()).toBeVisible();
  await takePicture(page, "admin-settings", look);
  await page.context().close();
}

async function onThePhone(browser: Browser, gateway: GatewayProcess, scene: Scene, look: Look): Promise<void> {
  const page = await asMei(browser, gateway, scene, { ...phone, ...contextFor(look) });
  await go(page, "#/visitors");
  await expect(page.locator("[role=row][data-key]").first()).toBeVisible();
  await takePicture(page, "admin-phone-visitors", look);
  await go(page, "#/inbox");
  await expect(page.locator(".inbox-line").first()).toBeVisible();
  await takePicture(page, "admin-phone-inbox", look);
  await go(page, scene.conversation);
  await expect(page.locator(".bubble").last()).toBeVisible();
  await takePicture(page, "admin-phone-conversation", look);
  await page.context().close();
}

async function asMei(
  browser: Browser,
  gateway: GatewayProcess,
  { mei }: Scene,
  context: BrowserContextOptions,
): Promise<Page> {
  const { cookies } = await mei.context.storageState();
  const page = await open(browser, gateway, "#/visitors", { ...context, storageState: { cookies, origins: [] } });
  await expect(page.locator(".status-line .dot-live").first()).toBeVisible();
  return page;
}

async function open(
  browser: Browser,
  gateway: GatewayProcess,
  hash: string,
  context: BrowserContextOptions,
): Promise<Page> {
  const page = await (await browser.newContext(context)).newPage();
  await page.goto(`${gateway.url}/admin/${hash}`);
  return page;
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
}
