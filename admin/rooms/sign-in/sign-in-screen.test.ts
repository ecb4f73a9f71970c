import { expect, test } from "vitest";
import { meiSession } from "../../testing/house/team.ts";
import { openScreens, row, shows, until } from "../../testing/screens.ts";

const screens = openScreens();

test("a wrong password is told beside the field, the right one opens the visitors", async () => {
  const page = await screens.openSignedOut();
  await page.fill("input[type=email]", meiSession.agent.email);
  await page.fill("input[type=password]", "wrong");
  await page.keyboard.press("Enter");
  await shows(page, "This e-mail and password do not belong together.");
  await page.fill("input[type=password]", screens.gateway.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector(row("henrik"));
});

test("an ended session asks again in place; what was unsent goes out after it", async () => {
  const page = await screens.openHenrik();
  screens.gateway.endSession();
  screens.gateway.dropSockets(true);
  await page.fill(".composer textarea", "Kept over the sign-in");
  await page.keyboard.press("Enter");
  screens.gateway.dropSockets(false);
  await page.waitForSelector("dialog input[type=password]");
  await page.fill("dialog input[type=password]", screens.gateway.password);
  await page.keyboard.press("Enter");
  await until(() =>
    screens.published("text").some(({ body }) => "text" in body && body.text === "Kept over the sign-in"),
  );
  await page.waitForSelector("dialog", { state: "detached" });
});

test.each([
  [503, "busy"],
  [500, "internal"],
])("a %i to who is signed in is no answer: a reload asks again, and nobody signs in again", async (status, code) => {
  const page = await screens.openHenrik();
  screens.gateway.failNext("GET /session", status, { code });
  await page.reload();
  await page.waitForSelector(".shell");
});

test("a connection that is refused while nobody can tell who is signed in goes on by itself", async () => {
  const page = await screens.openHenrik();
  const hellos = () => screens.gateway.frames.filter(({ kind }) => kind === "hello").length;
  const before = hellos();
  screens.gateway.failNext("GET /session", 503, { code: "busy" });
  const asked = page.waitForResponse((answer) => answer.url().endsWith("/session") && answer.status() === 503);
  screens.gateway.send({ kind: "error", code: "unauthenticated", detail: "words for programs", fatal: true });
  await asked;
  await until(() => hellos() > before);
  expect(await page.locator("dialog").count()).toBe(0);
});

test("signing out warns about what is unsent, then leaves nothing of the login", async () => {
  const page = await screens.openHenrik();
  screens.gateway.dropSockets(true);
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
