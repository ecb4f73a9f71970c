import { expect, test } from "../house.ts";

test("panel, draft and conversation stay while the visitor walks through the shop, and a second tab shows the same", async ({
  people,
}) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/", "I walk about");
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
  const all = ["You: I walk about", "You: from the second tab", "Mei Lin: to both tabs"];
  await visitor.looksAt(firstTab);
  await visitor.opensTheChat();
  await visitor.seesTheConversation(all);
  // Both tabs are open now: what one of them says stands in the other.
  await visitor.writes("from the first tab");
  await mei.reads("from the first tab");
  for (const tab of visitor.context.pages()) {
    await visitor.looksAt(tab);
    await visitor.seesTheConversation([...all, "You: from the first tab"]);
  }
});

test("a visitor who comes back another day finds the conversation, and the agent knows them again", async ({
  people,
}) => {
  const { visitor: yesterday, mei } = await people.visitorWithMei("/demo/tents/", "I sleep on it");
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

for (const { locale, note, opened } of [
  {
    locale: "en-GB",
    note: "This browser stores nothing. The chat ends when you leave this page.",
    opened: "/demo/plain.html",
  },
  { locale: "zh-CN", note: "浏览器不保存数据，离开页面即结束聊天。", opened: "/demo/zh/plain.html" },
]) {
  test(`where the browser keeps nothing, the chat lives as long as the page and says so (${locale})`, async ({
    people,
  }) => {
    const visitor = await people.visitor({ locale });
    await visitor.keepsNothing();
    await visitor.opens(opened);
    await visitor.writes("I keep nothing");
    await visitor.sees(note);
    await visitor.seesItsMessageAs(locale === "zh-CN" ? "已发送" : "Sent", "I keep nothing");
    const mei = await people.mei();
    await mei.opens("I keep nothing");
    await mei.takes();
    await mei.writes("Then be quick");
    await visitor.sees("Then be quick");
    await visitor.losesTheNetwork();
    await visitor.writes("Not even a network");
    await visitor.hasTheNetworkAgain();
    await mei.reads("Not even a network");
    await expect(visitor.log.locator(".bubble")).toHaveCount(3);
    await visitor.reloads();
    await visitor.opensTheChat();
    await expect(visitor.log.locator(".bubble")).toHaveCount(0);
  });
}
