import { expect, test } from "../house.ts";

test("a signed customer is shown as verified and finds the conversation on another device", async ({ people }) => {
  const laptop = await people.visitor();
  await laptop.signsInToTheShop("henrik");
  await laptop.writes("Where is my parcel?");
  const mei = await people.mei();
  await mei.opens("Where is my parcel?");
  await expect(mei.conversation.getByRole("heading", { name: "Henrik Solberg" })).toBeVisible();
  await expect(mei.conversation.getByLabel("Verified: signed by the site")).toBeVisible();
  await mei.takes();
  await mei.writes("In Oslo.");
  await laptop.sees("In Oslo.");

  const phone = await people.visitor();
  await phone.signsInToTheShop("henrik");
  await phone.opensTheChat();
  await phone.sees("Where is my parcel?");
  await phone.writes("Thank you");
  await laptop.sees("Thank you");
  await mei.reads("Thank you");
});

test("an identity without a signature is shown as not verified and reveals nothing of anybody", async ({ people }) => {
  const priya = await people.visitor();
  await priya.signsInToTheShop("priya");
  await priya.writes("My card ends with 4711");
  await priya.seesItsMessageAs("Sent", "My card ends with 4711");

  const pretender = await people.visitor();
  await pretender.opens("/demo/cooking/");
  await pretender.hasThePageSay("identify", { id: "c-1003", name: "Priya Raman", email: "priya.raman@mail.example" });
  await pretender.writes("I am Priya, trust me");
  await pretender.seesTheConversation(["You: I am Priya, trust me"]);
  const mei = await people.mei();
  await mei.opens("I am Priya, trust me");
  await expect(mei.details).toContainText("priya.raman@mail.example, not verified");
  await expect(mei.page.getByRole("main").getByLabel("Verified: signed by the site")).toHaveCount(0);
  await expect(mei.details).not.toContainText("My card ends with 4711");
  await mei.seesTheConversation(["I am Priya, trust me"]);
  await mei.opens("My card ends with 4711");
  await mei.seesTheConversation(["My card ends with 4711"]);
});

test("an identity whose signature does not fit is refused, and the chat goes on without it", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.opens("/demo/cooking/");
  await visitor.page.evaluate(async () => {
    const signed = await (await fetch("/demo/identity?customer=siyuan")).json();
    const { Beckon } = window as unknown as { Beckon: (name: string, value: unknown) => void };
    Beckon("identify", { ...signed, id: "c-1001", name: "Henrik Solberg" });
  });
  await visitor.writes("Not quite Henrik");
  await visitor.seesItsMessageAs("Sent", "Not quite Henrik");
  const mei = await people.mei();
  await mei.opens("Not quite Henrik");
  await mei.seesTheConversation(["Not quite Henrik"]);
  await expect(mei.page.getByRole("main").getByLabel("Verified: signed by the site")).toHaveCount(0);
});

test("shutdown leaves nothing for the next person at this device", async ({ people }) => {
  const visitor = await people.visitor();
  await visitor.signsInToTheShop("siyuan");
  await visitor.writes("This is private");
  await visitor.seesItsMessageAs("Sent", "This is private");
  expect(await visitor.keepsOnTheDevice()).not.toEqual([]);
  await visitor.page.getByRole("button", { name: "Sign out" }).click();
  await expect.poll(() => visitor.keepsOnTheDevice()).toEqual([]);

  await visitor.opens("/demo/tents/");
  await visitor.opensTheChat();
  await visitor.doesNotSee("This is private");
  await visitor.writes("Somebody else now");
  await visitor.seesTheConversation(["You: Somebody else now"]);
});

test("shutdown reports what could not be sent", async ({ people }) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/", "This went out");
  await visitor.seesItsMessageAs("Sent", "This went out");
  await visitor.losesTheNetwork();
  await visitor.writes("This could not");
  expect(await visitor.isShutDown()).toEqual(["This could not"]);
  expect(await visitor.keepsOnTheDevice()).toEqual([]);
});
