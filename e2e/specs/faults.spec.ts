import { join } from "node:path";
import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("the gateway is killed in the middle of a conversation: nothing is lost, doubled or out of order on either side", async ({
  gateway,
  people,
}) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/tarn-2/", "one");
  await mei.takes();
  await mei.writes("two");
  await visitor.sees("two");

  await gateway.dies();
  await visitor.writes("three");
  await visitor.writes("four");
  await visitor.seesItsMessageAs("Not sent yet", "four");
  await mei.writes("five");
  await expect(mei.statusLine).toContainText("1 message is safe on this device");
  await visitor.sees("2 messages are safe on this device.");
  await gateway.comesUp();

  await mei.reads("four");
  await visitor.sees("five");
  await mei.seesItsMessageAs("Read", "five");
  const theirs = await visitor.log.locator(".bubble").allTextContents();
  expect([...theirs].sort()).toEqual(["Mei Lin: five", "Mei Lin: two", "You: four", "You: one", "You: three"]);
  expect(theirs.filter((text) => text.startsWith("You"))).toEqual(["You: one", "You: three", "You: four"]);
  const bare = theirs.map((text) => text.replace(/^[^:]*: /, ""));
  await mei.seesTheConversation(bare);
  await mei.reloads();
  await mei.seesTheConversation(bare);
  await visitor.reloads();
  await visitor.seesTheConversation(theirs);
});

test("five messages written without a network, the page loaded again: each arrives once, in order", async ({
  people,
}) => {
  const visitor = await people.visitorWhoWrote("/demo/tents/", "on the train");
  await visitor.seesItsMessageAs("Sent", "on the train");
  const mei = await people.mei();
  await mei.opens("on the train");

  const written = ["1 in the tunnel", "2 in the tunnel", "3 in the tunnel", "4 in the tunnel", "5 in the tunnel"];
  await visitor.losesTheNetwork();
  for (const text of written) await visitor.writes(text);
  await visitor.seesItsMessageAs("Not sent yet", "5 in the tunnel");
  await visitor.sees("5 messages are safe on this device.");
  await expect(visitor.message("5 in the tunnel")).toBeInViewport({ ratio: 1 });
  // The tab is closed and the shop opened again when the tunnel is over.
  await visitor.page.close();
  await visitor.hasTheNetworkAgain();
  await visitor.opensAnotherTab("/demo/boots/");
  await visitor.opensTheChat();

  await mei.seesTheConversation(["on the train", ...written]);
  await visitor.seesTheConversation(["on the train", ...written].map((text) => `You: ${text}`));
  await visitor.seesItsMessageAs("Read", "5 in the tunnel");
});

test("a backup of the morning is restored: what was said since comes back from the pages, once and in order", async ({
  gateway,
  people,
}) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/tarn-2/", "in the backup");
  await mei.takes();
  const file = join(gateway.dataFolder, "morning.sqlite");
  await gateway.runs("backup", file);
  await mei.writes("after it");
  await visitor.sees("after it");
  await visitor.writes("and thanks");
  await visitor.seesItsMessageAs("Read", "and thanks");
  await gateway.stops();
  await gateway.runs("restore", file);
  await gateway.comesUp();
  await visitor.seesItsMessageAs("Read", "and thanks");
  // Somebody who was not there, and whose device holds nothing.
  const jonas = await people.jonas();
  await jonas.opens(/in the backup|after it|and thanks/);
  const said = ["after it", "and thanks", "in the backup"];
  await expect(jonas.bubble("")).toHaveCount(said.length);
  expect((await jonas.bubble("").allTextContents()).sort()).toEqual(said);
  await visitor.reloads();
  await expect(visitor.log.locator(".bubble")).toHaveCount(said.length);
  for (const text of said) await expect(visitor.message(text)).toHaveCount(1);
});

test("an orderly restart of the gateway is no more than a pause", async ({ gateway, people }) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/", "before");
  expect(await gateway.stops()).toBe(0);
  await visitor.writes("meanwhile");
  await gateway.comesUp();
  await mei.seesTheConversation(["before", "meanwhile"]);
  await visitor.seesItsMessageAs("Read", "meanwhile");
});

test("where WebSocket is blocked, the same conversation goes by HTTP, and the status line says so", async ({
  people,
}) => {
  const blockWebSocket = () => {
    Reflect.deleteProperty(window, "WebSocket");
  };
  const visitor = await people.visitor();
  await visitor.context.addInitScript(blockWebSocket);
  await visitor.opens("/demo/tents/tarn-2/");
  const mei = await people.stranger();
  await mei.context.addInitScript(blockWebSocket);
  await mei.page.reload();
  await mei.signsIn();
  await mei.isIn();
  await expect(mei.statusLine).toContainText("HTTP, WebSocket is blocked here");

  await mei.invites("Tarn 2 tent", "May I help?");
  await visitor.isInvited("Mei Lin", "May I help?");
  await visitor.answersTheInvitation();
  await visitor.writes("By pigeon if need be");
  await mei.opens("By pigeon if need be");
  await mei.writes("It flies");
  await visitor.sees("It flies");
  await mei.seesItsMessageAs("Read", "It flies");
  await visitor.reloads();
  await visitor.seesTheConversation(["Mei Lin: May I help?", "You: By pigeon if need be", "Mei Lin: It flies"]);
});

test("the status line always tells the connection, the carrier, and what is unsent", async ({ people }) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/tents/", "Hello there");
  await expect(mei.statusLine).toContainText(/Connected.*WebSocket.*\d+ ms.*last frame .* ago.*0 unsent/s);
  await mei.context.setOffline(true);
  await mei.writes("Into the outbox");
  await expect(mei.statusLine).toContainText("No connection. 1 message is safe on this device.");
  await mei.seesItsMessageAs("Not sent yet", "Into the outbox");
  await expect(mei.conversation).toContainText("Your message is kept on this device and goes out by itself.");
  await mei.context.setOffline(false);
  await visitor.sees("Into the outbox");
  await expect(mei.statusLine).toContainText("0 unsent");
});
