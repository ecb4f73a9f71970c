import { expect, test } from "vitest";
import { henrik, openScreens } from "../../testing/screens.ts";

const screens = openScreens();

test("Ctrl+K finds words, and opens the conversation at the message", async () => {
  const page = await screens.openHenrik();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("gaiters");
  await page.locator(".palette mark", { hasText: "gaiters" }).first().waitFor();
  await page.getByRole("option", { name: "do the storm gaiters fit" }).click();
  await page.waitForSelector(".palette", { state: "detached" });
  await page.waitForSelector('.bubble-marked[data-place="public:3"]');
  expect(new URL(page.url()).hash).toBe(`#/conversation/${henrik}/public/3`);
});

test("Esc leaves it and gives the focus back", async () => {
  const page = await screens.openHenrik();
  await page.focus(".composer textarea");
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".palette input:focus");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".palette", { state: "detached" });
  await page.waitForSelector(".composer textarea:focus");
});
