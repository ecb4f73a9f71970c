import { dataFolderHolds } from "../gateway-process.ts";
import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("what a visitor types is shown to agents only where the site has switched it on, and then the visitor is told", async ({
  gateway,
  people,
}) => {
  const { visitor, mei } = await people.visitorWithMei("/demo/boots/", "A first question");
  await mei.takes();
  await visitor.types("a secret thought");
  await expect(mei.log).toContainText("typing");
  await expect(mei.log).not.toContainText("a secret thought");
  await visitor.doesNotSee("Our agents see what you type.");
  await visitor.field.fill("");

  await mei.goesTo("settings");
  await mei.page.getByRole("switch", { name: "Agents see what visitors type before it is sent" }).click();
  await mei.savesTheSettings();
  await visitor.sees("Our agents see what you type.");
  await mei.opens("A first question");
  await visitor.types("a thought to share");

  await expect(mei.log.locator(".bubble-typing")).toContainText("a thought to share");
  await expect(mei.log).toContainText("typing, not sent");
  await visitor.field.fill("");
  await visitor.writes("something else");
  await mei.reads("something else");
  await expect(mei.log.locator(".bubble-typing")).toHaveCount(0);
  expect(dataFolderHolds(gateway.dataFolder, "something else")).toBe(true);
  expect(dataFolderHolds(gateway.dataFolder, "a thought to share")).toBe(false);
});
