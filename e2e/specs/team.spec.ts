import { expect, test } from "../house.ts";

test("of two agents who take a conversation at the same moment exactly one wins, and the other sees who", async ({
  people,
}) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/", "Who takes me?");
  const jonas = await people.jonas();
  await jonas.opens("Who takes me?");
  await expect(mei.takeButton).toBeVisible();
  await expect(jonas.takeButton).toBeVisible();
  // Jonas has lost the network when he presses, so that both presses are on their way before either knows of the other.
  await jonas.context.setOffline(true);
  await jonas.takes();
  await mei.takes();
  await mei.sees("Who takes me?", "Mine");
  await jonas.context.setOffline(false);

  await expect(jonas.conversation).toContainText("Mei Lin took this conversation");
  await jonas.sees("Who takes me?", "Others");
  await visitor.sees("Mei Lin joined the chat");
  await visitor.doesNotSee("Jonas Weber joined the chat");
});

test("a conversation that was closed opens again with the visitor's next message", async ({ people }) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/returns/", "May I send it back?");
  await mei.takes();
  await mei.writes("Within 30 days.");
  await mei.closes();
  await visitor.sees("Mei Lin closed the chat");
  await mei.goesTo("inbox/closed");
  await mei.sees("Within 30 days.", "Closed");

  await visitor.writes("And after that?");
  await visitor.sees("The chat is open again");
  await mei.sees("And after that?", "Mine");
  await mei.opens("And after that?");
  await mei.seesTheConversation(["May I send it back?", "Within 30 days.", "And after that?"]);
});

test("a conversation that is given to a colleague tells the visitor who answers now, and each agent once", async ({
  people,
}) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/", "Who is there?");
  const jonas = await people.jonas();
  // Whoever answers where nobody does has taken it.
  await mei.writes("I am.");
  await visitor.sees("Mei Lin joined the chat");
  await mei.chooses("More", /^Jonas Weber/);
  await visitor.sees("Jonas Weber joined the chat");
  await jonas.goesTo("inbox");
  await jonas.sees("I am.", "Mine");
  await jonas.opens("I am.");
  await expect(jonas.log.getByText("Mei Lin gave the conversation to Jonas Weber")).toHaveCount(1);
  await expect(jonas.log.getByText("Jonas Weber took the conversation")).toHaveCount(0);
});

test("private notes stay among agents: not a frame of them reaches the visitor", async ({ people }) => {
  const visitor = await people.visitor();
  const heard: string[] = [];
  visitor.page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => heard.push(String(payload)));
  });
  await visitor.opens("/demo/tents/");
  await visitor.writes("What does it cost?");
  const mei = await people.mei();
  await mei.opens("What does it cost?");
  await mei.takes();
  await mei.notes("He haggles, stay firm");
  await mei.goesBackToReply();
  await mei.writes("389 euros.");
  const jonas = await people.jonas();
  await jonas.opens("389 euros.");
  await expect(jonas.log).toContainText("He haggles, stay firm");
  await jonas.notes("Firm I am");

  await visitor.sees("389 euros.");
  await visitor.reloads();
  await visitor.seesTheConversation(["You: What does it cost?", "Mei Lin: 389 euros."]);
  expect(heard.join("\n")).toContain("389 euros.");
  expect(heard.join("\n")).not.toMatch(/haggles|Firm I am|staff|note/);
});

test("a conversation is given to a colleague and back to those who wait", async ({ people }) => {
  const { mei } = await people.visitorWithMei("/demo/tents/", "Pass me around");
  const jonas = await people.jonas();
  await mei.takes();
  await mei.chooses("More", /Jonas Weber/);
  await jonas.goesTo("inbox");
  await jonas.sees("Pass me around", "Mine");
  await mei.sees("Pass me around", "Others");
  await jonas.opens("Pass me around");
  await jonas.chooses("More", "Back to Waiting");
  await mei.sees("Pass me around", "Waiting");
});

test("a wrong password lets nobody in, the right one does, and signing out leaves nothing behind", async ({
  people,
}) => {
  const mei = await people.stranger();
  await mei.signsIn("not the password");
  await expect(mei.page.getByText("This e-mail and password do not belong together.")).toBeVisible();
  await mei.signsIn();
  await mei.isIn();
  await mei.reloads();
  await mei.signsOut();
  await expect.poll(async () => mei.keepsOnTheDevice()).toEqual([]);
  await mei.page.reload();
  await expect(mei.page.getByRole("heading", { name: "Sign in to Beckon" })).toBeVisible();
});
