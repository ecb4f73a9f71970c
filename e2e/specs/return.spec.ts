import { expect, test } from "../house.ts";

test("panel, draft and conversation stay while the visitor walks through the shop, and a second tab shows the same", async ({
  people,
}) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/tents/");
  await visitor.writes("I walk about");
  await visitor.types("not finished");
  await visitor.follows("Boots");
  await expect(visitor.panel).toBeVisible();
  await expect(visitor.field).toHaveValue("not finished");
  await visitor.seesTheConversation(["You: I walk about"]);
  await visitor.closesTheChat();
  await visitor.follows("Jackets");
  await expect(visitor.launcher).toBeVisible();
  await expect(visitor.panel).toHaveCount(0);

  const firstTab = visitor.page;
  await visitor.opensAnotherTab("/demo/packs/");
  await visitor.opensTheChat();
  await visitor.seesTheConversation(["You: I walk about"]);
  await visitor.writes("from the second tab");
  const mei = await people.mei();
  await mei.opens("from the second tab");
  await mei.takes();
  await mei.writes("to both tabs");
  await visitor.sees("to both tabs");
  await visitor.looksAt(firstTab);
  await visitor.opensTheChat();
  await visitor.seesTheConversation(["You: I walk about", "You: from the second tab", "Mei Lin: to both tabs"]);
});

test("a visitor who comes back another day finds the conversation, and the agent knows them again", async ({
  people,
}) => {
  const yesterday = await people.visitor();
  await yesterday.opens("/demo/tents/");
  await yesterday.writes("I sleep on it");
  const mei = await people.mei();
  await mei.opens("I sleep on it");
  await mei.takes();
  await mei.writes("Good night");
  await yesterday.sees("Good night");

  const today = await yesterday.comesBack();
  await today.opens("/demo/tents/tarn-2/");
  await today.opensTheChat();
  await today.seesTheConversation(["You: I sleep on it", "Mei Lin: Good night"]);
  await today.writes("Good morning");
  await mei.seesTheConversation(["I sleep on it", "Good night", "Good morning"]);
  await mei.goesTo("visitors");
  await expect(mei.row("Tarn 2 tent")).toContainText("You");
  expect(today.complaints).toEqual([]);
  await today.leaves();
});

test("where the browser keeps nothing, the chat lives as long as the page and says so", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  await visitor.opens("/demo/plain.html");
  await visitor.writes("I keep nothing");
  await visitor.sees("This browser stores nothing. The chat ends when you leave this page.");
  await visitor.seesItsMessageAs("Sent", "I keep nothing");
  const mei = await people.mei();
  await mei.opens("I keep nothing");
  await mei.takes();
  await mei.writes("Then be quick");
  await visitor.seesTheConversation(["You: I keep nothing", "Mei Lin: Then be quick"]);
});
