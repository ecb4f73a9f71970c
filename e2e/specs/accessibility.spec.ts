import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { phone } from "../browser.ts";
import { expect, type People, test } from "../house.ts";

test.use({ gatewayFor: "own" });

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** `within`: ours on a page that is somebody else's, whose landmarks and headings are not ours to judge. */
async function expectNoBarriers(page: Page, screen: string, within?: string): Promise<void> {
  const builder = new AxeBuilder({ page }).withTags(within === undefined ? [...wcag, "best-practice"] : wcag);
  if (within !== undefined) builder.include(within);
  const { violations } = await builder.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `${id}: ${target.join(" ")} ${html.slice(0, 160)}`),
  );
  expect(found, screen).toEqual([]);
}

const themes = ["light", "dark"] as const;

async function peopleInTheShop(people: People) {
  const henrik = await people.visitor();
  await henrik.signsInToTheShop("henrik");
  await henrik.writes("Do the Storm gaiters fit 44?");
  const browsing = await people.visitor();
  await browsing.opens("/demo/tents/tarn-2/");
}

for (const colorScheme of themes) {
  test(`axe finds no barrier in the widget: launcher, invitation, panel, phone (${colorScheme})`, async ({
    people,
  }) => {
    const visitor = await people.visitor({ colorScheme });
    await visitor.opens("/demo/tents/tarn-2/");
    await expect(visitor.launcher).toBeVisible();
    await expectNoBarriers(visitor.page, "closed", "iframe[title='Open chat']");
    const mei = await people.mei();
    await mei.invites("Tarn 2 tent", "May I help?");
    await visitor.isInvited("Mei Lin", "May I help?");
    await expectNoBarriers(visitor.page, "invitation", "iframe[title^='Message from']");
    await visitor.answersTheInvitation();
    await visitor.writes("Yes https://shop.example/tents");
    await visitor.seesItsMessageAs("Sent", "https://shop.example/tents");
    await mei.opens("https://shop.example/tents");
    await mei.types("Well");
    await visitor.sees("Mei is writing");
    await expectNoBarriers(visitor.page, "open", "iframe[title='Northslope']");

    const walker = await people.visitor({ ...phone, colorScheme });
    await walker.opens("/demo/tents/tarn-2/");
    await walker.writes("On the phone");
    await walker.seesItsMessageAs("Sent", "On the phone");
    await expectNoBarriers(walker.page, "phone", "iframe[title='Northslope']");
  });

  test(`axe finds no barrier in the visitors' table and beside it (${colorScheme})`, async ({ people }) => {
    const mei = await people.mei({ colorScheme });
    await expectNoBarriers(mei.page, "no visitor yet");
    await peopleInTheShop(people);
    await mei.seesOnTheSite("Tarn 2 tent");
    await expectNoBarriers(mei.page, "visitors");
    await mei.looksInto("Tarn 2 tent");
    await expectNoBarriers(mei.page, "peek");
    await mei.peek.getByRole("button", { name: "Invite" }).click();
    await expectNoBarriers(mei.page, "inviting");
    await mei.page.getByRole("button", { name: /: menu$/ }).click();
    await expectNoBarriers(mei.page, "menu");
  });

  test(`axe finds no barrier on the agents' other screens (${colorScheme})`, async ({ people }) => {
    const mei = await people.stranger({ colorScheme });
    await expectNoBarriers(mei.page, "sign-in");
    await mei.signsIn();
    await mei.isIn();
    await mei.goesTo("inbox");
    await expect(mei.page.getByRole("heading", { name: "Nobody is waiting" })).toBeVisible();
    await expectNoBarriers(mei.page, "empty inbox");
    await peopleInTheShop(people);
    await mei.sees("Do the Storm gaiters fit 44?", "Waiting");
    await expectNoBarriers(mei.page, "inbox");
    await mei.opens("Do the Storm gaiters fit 44?");
    await mei.takes();
    await mei.writes("They do.");
    await mei.notes("Sent him two pairs last year");
    await expectNoBarriers(mei.page, "conversation, note mode");
    await mei.goesBackToReply();
    await expectNoBarriers(mei.page, "conversation");
    await mei.searches("gaiters");
    await expect(mei.page.getByRole("option").first()).toBeVisible();
    await expectNoBarriers(mei.page, "search");
    await mei.leavesTheSearch();
    await mei.goesTo("settings");
    await expect(mei.page.getByRole("textbox", { name: "Allowed origins" })).toBeVisible();
    await expectNoBarriers(mei.page, "settings");
  });
}

test("axe finds no barrier on the agents' screens of a phone", async ({ people }) => {
  await peopleInTheShop(people);
  const mei = await people.mei(phone);
  await mei.seesOnTheSite("Tarn 2 tent");
  await expectNoBarriers(mei.page, "visitors");
  await mei.goesTo("inbox");
  await mei.sees("Do the Storm gaiters fit 44?", "Waiting");
  await expectNoBarriers(mei.page, "inbox");
  await mei.opens("Do the Storm gaiters fit 44?");
  await mei.reads("Do the Storm gaiters fit 44?");
  await expectNoBarriers(mei.page, "conversation");
});
