import { expect, test } from "../house.ts";

test("visitor and agent talk, and each sees how far the own messages came", async ({ people }) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/tarn-2/", "Does the Tarn stand in a storm?");
  await visitor.seesItsMessageAs("Sent", "Does the Tarn stand in a storm?");

  const mei = await people.mei();
  await mei.goesTo("inbox");
  await mei.sees("Does the Tarn stand in a storm?", "Waiting");
  await mei.opens("Does the Tarn stand in a storm?");
  await visitor.seesItsMessageAs("Read", "Does the Tarn stand in a storm?");

  await mei.takes();
  await expect(mei.log.getByText("Mei Lin took the conversation")).toHaveCount(1);
  await mei.writes("In any storm.");
  await visitor.sees("In any storm.");
  await mei.seesItsMessageAs("Read", "In any storm.");
  await visitor.closesTheChat();
  await mei.writes("With four more pegs.");
  await mei.seesItsMessageAs("Delivered", "With four more pegs.");
  await expect(visitor.launcher).toHaveAccessibleName("Open chat, 1 unread message");

  await visitor.opensTheChat();
  await mei.seesItsMessageAs("Read", "With four more pegs.");
  await visitor.seesTheConversation([
    "You: Does the Tarn stand in a storm?",
    "Mei Lin: In any storm.",
    "Mei Lin: With four more pegs.",
  ]);
});

test("the visitor sees the agent's name and face, and that the agent is writing", async ({ people }) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/boots/", "Which size is 44 in UK?");
  await mei.takes();
  await mei.types("It is");
  await visitor.sees("Mei is writing");
  await mei.writes("It is 9.5.");

  await visitor.sees("It is 9.5.");
  await expect(visitor.panel.getByText("Mei is writing")).toBeHidden();
  await expect(visitor.panel.getByRole("heading", { name: "Mei Lin" })).toBeVisible();
  await expect(visitor.panel.locator("img[src$='mei.svg']").first()).toBeVisible();
});

test("Enter sends, Shift+Enter breaks the line, an input method's Enter does neither", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/boots/");
  await visitor.opensTheChat();
  await visitor.types("first line");
  await visitor.field.press("Shift+Enter");
  await visitor.types("second line");
  await visitor.field.press("Enter");
  await visitor.seesItsMessageAs("Sent", "first line");
  await expect(visitor.message("first line").locator(".bubble")).toHaveText("You: first line\nsecond line", {
    useInnerText: true,
  });

  const keyboard = await visitor.context.newCDPSession(visitor.page);
  await keyboard.send("Input.imeSetComposition", { text: "nihao", selectionStart: 5, selectionEnd: 5 });
  await visitor.field.dispatchEvent("keydown", { key: "Enter", keyCode: 13, isComposing: true });
  await expect(visitor.field).toHaveValue("nihao");
  await keyboard.send("Input.insertText", { text: "你好" });
  await expect(visitor.field).toHaveValue("你好");
  await visitor.field.press("Enter");
  await visitor.seesTheConversation(["You: first line\nsecond line", "You: 你好"]);
});

test("links are links and text is text, on both sides", async ({ people }) => {
  const attack = `<img src=x onerror="window.hurt=1"><b>bold</b> https://shop.example/a?b=1&c=2 javascript:alert(1)`;
  const visitor = await people.visitorWhoWrote("/demo/boots/", attack);
  const mei = await people.mei();
  await mei.opens("<b>bold</b>");
  await mei.takes();
  await mei.writes(attack);

  await visitor.seesTheConversation([`You: ${attack}`, `Mei Lin: ${attack}`]);
  await mei.seesTheConversation([attack, attack]);
  for (const log of [visitor.log, mei.log]) {
    await expect(log.locator("a[href]")).toHaveCount(2);
    await expect(log.locator("a[href]").first()).toHaveAttribute("href", "https://shop.example/a?b=1&c=2");
    await expect(log.locator("a[href]").first()).toHaveAttribute("rel", /noopener/);
    await expect(log.locator(".bubble b:not(.spoken), .bubble img")).toHaveCount(0);
  }
  for (const page of [visitor.page, mei.page])
    expect(await page.evaluate(() => (window as unknown as { hurt?: number }).hurt)).toBeUndefined();
});

test("drafts of an agent belong to one conversation each and survive a reload", async ({ people }) => {
  const [one, two] = [await people.visitor(), await people.visitor()];
  await one.opens("/demo/boots/");
  await one.writes("A question of draft one");
  await two.opens("/demo/tents/");
  await two.writes("A question of draft two");
  const mei = await people.mei();
  await mei.opens("A question of draft one");
  await mei.types("half an answer");
  await mei.opens("A question of draft two");
  await expect(mei.field).toHaveValue("");

  await mei.reloads();
  await mei.opens("A question of draft one");
  await expect(mei.field).toHaveValue("half an answer");
  await mei.field.press("Enter");
  await one.sees("half an answer");
  await two.doesNotSee("half an answer");
});

test.describe("a customer with a long history", () => {
  // In whose conversation no other scenario goes on.
  test.use({ gatewayFor: "own" });

  test("earlier messages load as one scrolls up, on a device that has not seen them", async ({ people }) => {
    const visitor = await people.visitor();
    await visitor.signsInToTheShop("priya");
    await visitor.writes("The first of many");
    const mei = await people.mei();
    await mei.opens("The first of many");
    await mei.takes();
    const lines = Array.from({ length: 60 }, (_, place) => `Line ${place + 1} of a long story`);
    for (const line of lines) await mei.writes(line);
    await visitor.sees("Line 60 of a long story");

    const jonas = await people.jonas();
    await jonas.opens("Line 60 of a long story");
    await jonas.reads("Line 60 of a long story");
    await expect(jonas.bubble("The first of many")).toHaveCount(0);
    await jonas.scrollsUpTo("The first of many");
    await jonas.seesTheConversation(["The first of many", ...lines]);

    const phone = await people.visitor();
    await phone.signsInToTheShop("priya");
    await phone.opensTheChat();
    await phone.sees("Line 60 of a long story");
    await phone.scrollsUpTo("The first of many");
    await phone.seesTheConversation(["You: The first of many", ...lines.map((line) => `Mei Lin: ${line}`)]);
  });
});
