import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("an invitation with the agent's face is delivered, seen, and answered with one click", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/tents/tarn-2/");
  const mei = await people.mei();
  await mei.invites("Tarn 2 tent", "May I help you choose?");

  await visitor.isInvited("Mei Lin", "May I help you choose?");
  await expect(visitor.invitation.locator("img")).toHaveAttribute("src", /mei\.svg$/);
  await mei.seesTheInvitationAs("Seen");
  await visitor.answersTheInvitation();
  await visitor.sees("May I help you choose?");
  await visitor.writes("Yes, for two people.");

  await mei.seesTheInvitationAs("Answered");
  await mei.opens("Yes, for two people.");
  await mei.seesTheConversation(["May I help you choose?", "Yes, for two people."]);
  await visitor.seesTheConversation(["Mei Lin: May I help you choose?", "You: Yes, for two people."]);
});

test("an invitation follows the visitor to the next page, and once dismissed it never comes back", async ({
  people,
}) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/tents/tarn-2/");
  const mei = await people.mei();
  await mei.invites("Tarn 2 tent", "May I help you choose?");
  await visitor.isInvited("Mei Lin", "May I help you choose?");
  await visitor.follows("Boots");
  await visitor.isInvited("Mei Lin", "May I help you choose?");
  await visitor.dismissesTheInvitation();
  await mei.seesTheInvitationAs("Dismissed");

  await visitor.follows("Jackets");
  await mei.seesOnTheSite("Jackets");
  await expect(visitor.launcher).toBeVisible();
  await expect(visitor.invitation).toHaveCount(0);
});

test("an invitation that was dismissed without a network stays dismissed", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/tents/tarn-2/");
  const mei = await people.mei();
  await mei.invites("Tarn 2 tent", "May I help you choose?");
  await visitor.isInvited("Mei Lin", "May I help you choose?");
  await visitor.losesTheNetwork();
  await visitor.dismissesTheInvitation();
  await visitor.hasTheNetworkAgain();
  await mei.seesTheInvitationAs("Dismissed");
  await expect(visitor.invitation).toHaveCount(0);
});
