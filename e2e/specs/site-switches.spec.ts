import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("a site that remembers its visitors knows them again without a chat; else nobody is new or returning", async ({
  people,
}) => {
  const mei = await people.mei();
  const unknown = await people.visitor();
  await unknown.opens("/demo/boots/");
  await mei.seesOnTheSite("Boots");
  await mei.seesVisits("Boots", "–");
  await unknown.leaves();

  await mei.goesTo("settings");
  await mei.page.getByRole("switch", { name: "Remember visitors from the first page on" }).click();
  await mei.savesTheSettings();
  await mei.goesTo("visitors");
  const visitor = await people.visitor();
  await visitor.opens("/demo/jackets/");
  await mei.seesVisits("Jackets", "1");
  await expect.poll(() => visitor.keepsOnTheDevice()).not.toEqual([]);
});

test("where the site wants signatures, a name without one is not even shown", async ({ people }) => {
  const mei = await people.mei();
  await mei.goesTo("settings");
  await mei.page.getByRole("switch", { name: "Trust only signed identities" }).click();
  await mei.savesTheSettings();
  await mei.goesTo("visitors");
  const mallory = await people.visitor();
  await mallory.opens("/demo/boots/");
  await mallory.hasThePageSay("identify", { id: "1", name: "Mallory" });
  await mallory.writes("It is me");
  await mei.opens("It is me");
  await expect(mei.page.getByText("Mallory")).toHaveCount(0);
  const henrik = await people.visitor();
  await henrik.signsInToTheShop("henrik");
  await henrik.writes("Signed by the shop");
  await mei.opens("Signed by the shop");
  await expect(mei.conversation).toContainText("Henrik Solberg");
});
