import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("a message that is written while nobody is there is kept, and agents find it when they come", async ({
  people,
}) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/returns/");
  await visitor.opensTheChat();
  await visitor.sees("Nobody is here right now");
  await visitor.sees("Leave a message. We answer here.");
  await visitor.writes("Please call me back");
  await visitor.seesItsMessageAs("Sent", "Please call me back");
  await visitor.leaves();

  const mei = await people.mei();
  await mei.goesTo("inbox");
  await mei.sees("Please call me back", "Waiting");
});

test("the visitor is told when an agent comes and goes", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/returns/");
  await visitor.opensTheChat();
  await visitor.sees("Nobody is here right now");
  const mei = await people.mei();
  await visitor.doesNotSee("Nobody is here right now");
  await visitor.doesNotSee("Leave a message. We answer here.");
  await mei.page.getByRole("button", { name: "Your status: Available" }).click();
  await mei.page.getByRole("menuitemradio", { name: "Away" }).click();
  await visitor.sees("Nobody is here right now");
  await expect(mei.page.getByRole("button", { name: "Your status: Away" })).toBeVisible();
});
