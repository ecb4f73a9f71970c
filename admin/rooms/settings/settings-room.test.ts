import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { jonas, meiSession } from "../../testing/house/team.ts";
import { idOf } from "../../testing/id-of.ts";
import { openScreens, shows, until } from "../../testing/screens.ts";

const screens = openScreens();
const changes = (route: string) => screens.gateway.changes.filter((change) => change.route === route);
const part = (page: Page, heading: string) =>
  page.locator(".settings-part").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
const settings = async () => {
  const page = await screens.open("#/settings");
  await part(page, "Agents").waitFor();
  return page;
};

test("one's own part comes with the house above it, so that nothing moves under the pointer", async () => {
  const page = await screens.open();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/v1/sites", (route) => held.then(() => route.continue()));
  await page.evaluate(() => (location.hash = "#/settings"));
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  expect(await page.locator(".settings-part").count()).toBe(0);
  release();
  await part(page, "You").waitFor();
  expect(await page.locator(".settings-part").count()).toBe(4);
});

test("a site is added, opens with its line for the pages, and is edited", async () => {
  const page = await settings();
  const sites = part(page, "Sites");
  await sites.getByLabel("New site").fill(" Winter shop ");
  await page.getByRole("button", { name: "Add site" }).click();
  const added = sites.getByRole("listitem").filter({ hasText: "Winter shop" });
  await added.getByText(`data-site="${idOf("Winter shop")}"`).waitFor();
  expect(changes("POST /sites").map(({ body }) => body)).toEqual([{ name: "Winter shop" }]);
  await added.getByLabel("Name").fill("Winter");
  await added.getByLabel("Allowed origins").fill("https://winter.example\n\nhttps://snow.example");
  await added.getByRole("switch", { name: "Trust only signed identities" }).click();
  await added.getByLabel("Days to reopen").fill("30");
  await added.getByRole("button", { name: "Save" }).click();
  await sites.getByRole("button", { name: "Winter https://winter.example, https://snow.example" }).waitFor();
  await sites.getByText("Saved").waitFor();
  expect(changes(`PATCH /sites/${idOf("Winter shop")}`)[0]?.body).toMatchObject({
    name: "Winter",
    origins: ["https://winter.example", "https://snow.example"],
    requireSignature: true,
    reopenDays: 30,
  });
});

test("what is refused stands in words at its field, and goes with the next edit", async () => {
  const page = await settings();
  const sites = part(page, "Sites");
  for (const [field, label, words] of [
    ["name", "Name", "1 to 120 characters."],
    ["color", "Colour", "Write it as #0a5f78."],
    ["origins.1", "Allowed origins", "Line 2 is no origin. Write it as https://shop.example, without a path."],
    ["reopenDays", "Days to reopen", "A whole number from 0 to 365."],
  ] as const) {
    screens.gateway.failNext("PATCH /sites/ns_7Qd2", 400, { code: "invalid", field });
    await sites.getByRole("button", { name: "Save" }).click();
    const input = sites.getByLabel(label, { exact: true });
    await page.waitForFunction((one) => one?.getAttribute("aria-invalid") === "true", await input.elementHandle());
    await shows(page, words);
    await input.press("End");
    await input.pressSequentially("1");
    await sites.getByText(words).waitFor({ state: "detached" });
  }
});

test("an agent's name, role and departments are edited; a disabled one is enabled again", async () => {
  screens.gateway.departments.push({ department: 1, name: "Sales" }, { department: 2, name: "Returns" });
  const page = await settings();
  const row = part(page, "Agents").getByRole("listitem").filter({ hasText: "jonas@northslope.example" });
  await row.getByRole("button", { name: "Jonas Weber" }).click();
  await row.getByLabel("Name").fill("Jonas W.");
  await row.getByRole("radio", { name: "Admin" }).click();
  await row.getByRole("button", { name: "Returns" }).click();
  await row.getByRole("button", { name: "Save" }).click();
  await row.getByText("Admin, Returns").waitFor();
  expect(changes(`PATCH /agents/${jonas.id}`)[0]?.body).toEqual({ name: "Jonas W.", role: "admin", departments: [2] });
  await row.getByRole("button", { name: "Disable" }).click();
  await row.getByText("Admin, Returns, disabled").waitFor();
  await row.getByRole("button", { name: "Enable" }).click();
  await row.getByText("Admin, Returns, disabled").waitFor({ state: "detached" });
});

test("the last owner stays owner, and is told so", async () => {
  const page = await settings();
  const row = part(page, "Agents").getByRole("listitem").filter({ hasText: meiSession.agent.email });
  await row.getByRole("button", { name: "Mei Lin" }).click();
  screens.gateway.failNext(`PATCH /agents/${meiSession.agent.id}`, 409, { code: "conflict" });
  await row.getByRole("radio", { name: "Agent" }).click();
  await row.getByRole("button", { name: "Save" }).click();
  await row.getByText("Somebody has to stay owner.").waitFor();
});

test("a new agent's e-mail that is in use is told at its field", async () => {
  const page = await settings();
  const form = page.locator("form", { hasText: "New agent" });
  await form.getByLabel("Name").fill("Ana");
  await form.getByLabel("E-mail").fill("ana@northslope.example");
  await form.getByLabel("First password").fill("long enough indeed");
  screens.gateway.failNext("POST /agents", 409, { code: "conflict", field: "email" });
  await form.getByRole("button", { name: "Add agent" }).click();
  await form.getByText("This e-mail is in use already.").waitFor();
  await form.getByLabel("E-mail").fill("ana.b@northslope.example");
  await form.getByRole("button", { name: "Add agent" }).click();
  await part(page, "Agents").getByRole("listitem").filter({ hasText: "ana.b@northslope.example" }).waitFor();
});

test("departments are listed with what is in them, and added", async () => {
  const page = await settings();
  const departments = part(page, "Departments");
  await departments.getByLabel("New department").fill("Returns");
  await departments.getByRole("button", { name: "Add department" }).click();
  await departments.getByText("0 agents, 0 sites").waitFor();
  await part(page, "Sites").getByRole("radio", { name: "Returns" }).click();
  await part(page, "Sites").getByRole("button", { name: "Save" }).click();
  await departments.getByText("0 agents, 1 site", { exact: true }).waitFor();
});

test("a department is renamed, everywhere it is named; a name that is refused says why", async () => {
  screens.gateway.departments.push({ department: 1, name: "Sails" }, { department: 2, name: "Returns" });
  const page = await settings();
  const row = part(page, "Departments").getByRole("listitem").first();
  await row.getByRole("button", { name: "Sails 0 agents, 0 sites" }).click();
  await row.getByLabel("Name").fill(" Sales ");
  screens.gateway.failNext("PATCH /departments/1", 400, { code: "invalid", field: "name" });
  await row.getByRole("button", { name: "Save" }).click();
  await row.getByText("1 to 120 characters.").waitFor();
  await row.getByRole("button", { name: "Save" }).click();
  await row.getByRole("button", { name: "Sales 0 agents, 0 sites" }).waitFor();
  await row.getByText("Saved").waitFor();
  expect(changes("PATCH /departments/1").map(({ body }) => body)).toEqual([{ name: "Sales" }]);
  await part(page, "Sites").getByRole("radio", { name: "Sales" }).waitFor();
});

test("one's own name and password; a wrong present password is told at its field and ends nothing", async () => {
  const page = await settings();
  const you = part(page, "You");
  await you.getByLabel("Present password").fill("wrong");
  await you.getByLabel("New password").fill("a longer new one");
  screens.gateway.failNext("PATCH /me", 401, { code: "unauthenticated", field: "password.current" });
  await you.getByRole("button", { name: "Change password" }).click();
  await you.getByText("This is not your present password.").waitFor();
  expect(await page.locator("dialog").count()).toBe(0);
  await you.getByLabel("Present password").fill(screens.gateway.password);
  await you.getByRole("button", { name: "Change password" }).click();
  await you.getByText("Changed. Your other sessions have ended.").waitFor();
  expect(changes("PATCH /me")[0]?.body).toEqual({
    password: { current: screens.gateway.password, next: "a longer new one" },
  });
  expect(await you.getByLabel("New password").inputValue()).toBe("");
  await you.getByLabel("Your name").fill("Mei L.");
  await you.getByRole("button", { name: "Change name" }).click();
  await until(() => changes("PATCH /me").length === 2);
  await page.click(".account");
  await page.getByText("Mei L. · ").waitFor();
});

test.each([
  ["an agent", "agent", []],
  ["an admin who is limited to departments", "admin", [1]],
] as const)("%s may not administer, and sees only what is their own", async (_, role, departments) => {
  Object.assign(screens.gateway.session.agent, { role, departments });
  const page = await screens.open("#/settings");
  await part(page, "You").waitFor();
  expect(await page.locator(".settings-part").count()).toBe(1);
  await shows(page, "Only owners and admins change sites, agents and departments.");
});
