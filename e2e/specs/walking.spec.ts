import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("an agent sees a visitor arrive and walk from page to page, with the trail and where they came from", async ({
  people,
}) => {
  const mei = await people.mei();
  await mei.seesNobody();

  const visitor = await people.visitor();
  await visitor.opens("/demo/", "https://www.outdoor-forum.example/tents?q=wind");
  await mei.seesOnTheSite("Home");
  await visitor.follows("Tents");
  await visitor.follows("Tarn 2 tent");

  await mei.seesOnTheSite("Tarn 2 tent");
  await expect(mei.row("Tarn 2 tent")).toContainText("outdoor-forum.example");
  await expect(mei.row("Tarn 2 tent")).toContainText("Chrome");
  await expect(mei.rows).toHaveCount(1);
  await mei.looksInto("Tarn 2 tent");
  await mei.seesTheTrail(["Home", "Tents", "Tarn 2 tent"]);

  await visitor.leaves();
  await mei.seesNobody();
});

test("the steps of the single-page tent finder are pages of the trail, without a page load", async ({ people }) => {
  const mei = await people.mei();
  const visitor = await people.visitor();
  await visitor.opens("/demo/spa/");
  const load = await visitor.page.evaluate(() => performance.timeOrigin);
  await visitor.follows("Start");
  await mei.seesOnTheSite("Tent finder: people");
  await visitor.page.locator("[data-step=people] [data-answer]").first().click();
  await mei.seesOnTheSite("Tent finder: season");

  expect(await visitor.page.evaluate(() => performance.timeOrigin)).toBe(load);
  await mei.looksInto("Tent finder: season");
  await mei.seesTheTrail(["Tent finder", "Tent finder: people", "Tent finder: season"]);
});

test("what the shop tells of a visitor stands beside them: cart, attributes, events", async ({ people }) => {
  const mei = await people.mei();
  const visitor = await people.visitor();
  await visitor.opens("/demo/tents/tarn-2/");
  await visitor.page.getByRole("button", { name: "Add to cart" }).click();
  await visitor.hasThePageSay("set", { plan: "pro" });
  await visitor.hasThePageSay("event", "compared", { with: "Glade 5" });

  await expect(mei.row("Tarn 2 tent")).toContainText("€ 389");
  await mei.looksInto("Tarn 2 tent");
  await expect(mei.peek).toContainText("pro");
  await expect(mei.peek).toContainText("compared");
  await expect(mei.peek).toContainText("with: Glade 5");
});

test("the table can be filtered and sorted", async ({ people }) => {
  const mei = await people.mei();
  const [first, second] = [await people.visitor(), await people.visitor({ locale: "zh-CN" })];
  await first.opens("/demo/tents/tarn-2/");
  await second.opens("/demo/boots/");
  await expect(mei.rows).toHaveCount(2);

  await mei.page.getByRole("columnheader", { name: "Page now" }).getByRole("button").click();
  await expect(mei.rows).toContainText(["Boots", "Tarn 2 tent"]);
  await mei.page.getByRole("columnheader", { name: "Page now" }).getByRole("button").click();
  await expect(mei.rows).toContainText(["Tarn 2 tent", "Boots"]);
  await mei.page.getByRole("button", { name: "Filter" }).click();
  await mei.page.getByRole("textbox", { name: "Filter" }).fill("boots");
  await expect(mei.rows).toHaveCount(1);
  await mei.page.getByRole("textbox", { name: "Filter" }).fill("nothing like it");
  await expect(mei.page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await mei.page.getByRole("button", { name: "Show all" }).click();
  await expect(mei.rows).toHaveCount(2);
});
