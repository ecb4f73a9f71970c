import { desktop, phone } from "../browser.ts";
import { expect, test } from "../house.ts";

test("a visitor chats by keyboard alone", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/plain.html");
  await expect(visitor.launcher).toBeVisible();
  const { keyboard } = visitor.page;
  await visitor.page.getByRole("link").last().focus();
  await keyboard.press("Tab");
  await expect(visitor.launcher).toBeFocused();
  await keyboard.press("Enter");
  await expect(visitor.field).toBeFocused();
  await keyboard.type("No mouse here");
  await keyboard.press("Enter");
  await visitor.seesItsMessageAs("Sent", "No mouse here");
  await keyboard.press("Escape");
  await expect(visitor.panel).toBeHidden();
  await expect(visitor.launcher).toBeFocused();
});

test("who comes to the agents' page for the first time finds nothing in the console", async ({ browser, gateway }) => {
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(`${gateway.url}/admin/`);
  await expect(page.getByText("Server reachable")).toBeVisible();
  await context.close();
  expect(said).toEqual([]);
});

test("an agent works by keyboard alone, from the sign-in to the closed conversation", async ({ gateway, people }) => {
  const browsing = await people.visitor();
  await browsing.opens("/demo/cooking/");
  const visitor = await people.visitorWhoWrote("/demo/tents/", "Only keys, please");
  const mei = await people.stranger();
  const { keyboard } = mei.page;
  // Not before it stands there: the page first asks whether somebody is signed in.
  await expect(mei.page.getByRole("textbox", { name: "E-mail" })).toBeFocused();
  await keyboard.type(gateway.logins[0]?.email ?? "");
  await keyboard.press("Tab");
  await keyboard.type(gateway.logins[0]?.password ?? "");
  await keyboard.press("Enter");
  await mei.isIn();
  await expect(mei.row("Cooking")).toBeVisible();
  await expect(async () => {
    await keyboard.press("j");
    await expect(mei.row("Cooking")).toBeFocused({ timeout: 200 });
  }).toPass();
  await keyboard.press("i");
  await keyboard.type("May I help?");
  await keyboard.press("Enter");
  await browsing.isInvited("Mei Lin", "May I help?");

  await keyboard.press("Control+k");
  await keyboard.type("Only keys");
  await expect(mei.page.getByRole("option", { name: /Only keys, please/ }).first()).toBeVisible();
  await keyboard.press("Enter");
  await mei.reads("Only keys, please");
  await keyboard.press("t");
  await expect(mei.takeButton).toHaveCount(0);
  await keyboard.press("r");
  await expect(mei.field).toBeFocused();
  await keyboard.type("Only keys it is");
  await keyboard.press("Enter");
  await visitor.sees("Only keys it is");
  await keyboard.press("Escape");
  await keyboard.press("n");
  await expect(mei.noteField).toBeFocused();
  await keyboard.type("Likes keys");
  await keyboard.press("Enter");
  await mei.reads("Likes keys");
  await keyboard.press("Escape");
  await keyboard.press("Escape");
  await keyboard.press("e");
  await visitor.sees("Mei Lin closed the chat");
  await keyboard.press("g");
  await keyboard.press("v");
  await expect(mei.table).toBeVisible();
});

test("the chat speaks Chinese on the Chinese pages of the shop", async ({ people }) => {
  const visitor = await people.visitor({ locale: "zh-CN" });
  await visitor.opens("/demo/zh/tents/tarn-2/");
  const mei = await people.mei();
  await mei.invites("鳞峰 2 帐篷", "需要帮忙吗？");
  const bubble = visitor.page.frameLocator("iframe[title='Mei Lin 发来的消息']").getByRole("region");
  await expect(bubble).toContainText("需要帮忙吗？");
  await bubble.getByRole("button", { name: "回复 Mei" }).click();
  await expect(visitor.field).toBeFocused();
  await visitor.writes("能抗大风吗？");
  await mei.opens("能抗大风吗？");
  await visitor.seesItsMessageAs("已读", "能抗大风吗？");
  await mei.types("可以");
  await visitor.sees("Mei 正在输入");
});

test("the agents' page speaks Chinese in a Chinese browser, and English when one asks for it", async ({
  gateway,
  people,
}) => {
  const mei = await people.stranger({ locale: "zh-CN" });
  await mei.page.getByRole("textbox", { name: "邮箱" }).fill(gateway.logins[0]?.email ?? "");
  await mei.page.getByLabel("密码").fill(gateway.logins[0]?.password ?? "");
  await mei.page.getByRole("button", { name: "登录" }).click();
  await expect(mei.page.getByRole("link", { name: /^访客/ })).toBeVisible();
  await expect(mei.page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await mei.page.getByRole("button", { name: /^Northslope/ }).click();
  await mei.page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(mei.page.getByRole("link", { name: /^Visitors/ })).toBeVisible();
  await mei.reloads();
  await expect(mei.page.getByRole("link", { name: /^Visitors/ })).toBeVisible();
});

test("on a phone the chat fills the screen, with fields that do not zoom", async ({ people }) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/tarn-2/", "From the tram", phone);
  await visitor.seesItsMessageAs("Sent", "From the tram");
  const frame = visitor.page.locator("iframe[title='Northslope']");
  expect(await frame.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  const fontSize = await visitor.field.evaluate((field) => getComputedStyle(field).fontSize);
  expect(fontSize).toBe("16px");
  expect(await visitor.page.locator("meta[name=viewport]").getAttribute("content")).not.toMatch(
    /user-scalable|maximum-scale/,
  );
  // Half of the screen belongs to the keyboard now.
  await visitor.page.setViewportSize({ width: 390, height: 430 });
  await expect(visitor.field).toBeInViewport({ ratio: 1 });
  await visitor.closesTheChat();
  await expect(visitor.launcher).toBeInViewport();
});

test("on a phone an agent sees visitors, answers, and finds the way back", async ({ people }) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/", "To a small screen");
  const mei = await people.mei(phone);
  const bar = mei.page.getByRole("navigation", { name: "Rooms" });
  await expect(bar.getByRole("link", { name: /on site/ })).toBeVisible();
  await bar.getByRole("link", { name: /Inbox/ }).click();
  await mei.opens("To a small screen");
  await mei.takes();
  await mei.field.fill("From a small screen");
  await mei.conversation.getByRole("button", { name: "Send" }).click();
  await visitor.sees("From a small screen");
  expect(await mei.field.evaluate((field) => getComputedStyle(field).fontSize)).toBe("16px");
  expect(await mei.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await mei.page.getByRole("button", { name: "Back" }).click();
  await expect(bar).toBeVisible();
});
