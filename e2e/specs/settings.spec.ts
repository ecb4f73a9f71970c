import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("who changes the own password goes on, and is signed out everywhere else", async ({ people }) => {
  const mei = await people.mei();
  const elsewhere = await people.mei();
  await mei.goesTo("settings");
  await mei.changesThePassword("not the password", "a-new-horse-battery");
  await expect(mei.page.getByText("This is not your present password.")).toBeVisible();
  await mei.changesThePassword(mei.password, "short");
  await expect(mei.page.getByText("At least 10 characters.", { exact: true })).toBeVisible();
  await mei.changesThePassword(mei.password, "a-new-horse-battery");
  await expect(mei.page.getByText("Changed. Your other sessions have ended.")).toBeVisible();

  await expect(elsewhere.page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await mei.isIn();
  await expect(mei.page.getByRole("dialog")).toHaveCount(0);
  await elsewhere.page.getByRole("dialog").getByLabel("Password").fill("a-new-horse-battery");
  await elsewhere.page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
  await elsewhere.isIn();
});

test("a site, a department and an agent are added, and the agent sees the sites of the department only", async ({
  people,
}) => {
  await people.visitorWhoWrote("/demo/tents/", "Is anybody there?");
  const mei = await people.mei();
  await mei.goesTo("settings");
  const { page } = mei;
  await page.getByLabel("New department").fill("Returns");
  await page.getByRole("button", { name: "Add department" }).click();
  await expect(page.getByText("0 agents, 0 sites")).toBeVisible();

  // The only site there is stands open.
  await page.getByRole("radiogroup", { name: "Seen by" }).getByRole("radio", { name: "Returns" }).click();
  await mei.savesTheSettings();
  await page.getByLabel("New site").fill("Winter shop");
  await page.getByRole("button", { name: "Add site" }).click();
  const added = page.getByRole("button", { name: /^Winter shop/ });
  await expect(added).toHaveAttribute("aria-expanded", "true");
  await added.click();

  const jonas = await people.jonas();
  await jonas.goesTo("inbox");
  await jonas.sees("Is anybody there?", "Waiting");
  await page.getByLabel("New department").fill("Sales");
  await page.getByRole("button", { name: "Add department" }).click();
  await page.getByRole("button", { name: /^Jonas Weber/ }).click();
  await page.getByRole("group", { name: "Departments" }).getByRole("button", { name: "Sales" }).click();
  await mei.savesTheSettings();
  await expect(jonas.list.getByRole("listitem").filter({ hasText: "Is anybody there?" })).toHaveCount(0);
});
