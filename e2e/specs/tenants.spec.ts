import { HostPage, pageWith, snippet } from "../host-page.ts";
import { expect, test } from "../house.ts";
import { Agent } from "../people/agent.ts";

test.use({ gatewayFor: "own" });

test("two tenants of one installation see nothing of each other", async ({ browser, gateway, people }) => {
  await gateway.stops();
  const printed = await gateway.runs(
    "setup",
    "--tenant",
    "Lowland",
    "--email",
    "ada@lowland.example",
    "--name",
    "Ada Low",
  );
  await gateway.comesUp();
  const key = /data-site="([^"]+)"/.exec(printed)?.[1] ?? "";
  const password = /Password: (\S+)/.exec(printed)?.[1] ?? "";
  const lowland = await HostPage.serves(pageWith(snippet(gateway.url, key)));
  const there = await people.visitor();
  await there.page.goto(lowland.origin);
  await there.page.frameLocator("iframe[title='Open chat']").getByRole("button").click();
  const panel = there.page.frameLocator("iframe[title='Lowland']").getByRole("dialog");
  await panel.getByRole("textbox").fill("A question for Lowland");
  await panel.getByRole("textbox").press("Enter");
  await expect(panel.getByText("Sent")).toBeVisible();
  const here = await people.visitorWhoWrote("/demo/tents/", "A question for Northslope");
  await here.seesItsMessageAs("Sent", "A question for Northslope");

  const mei = await people.mei();
  const ada = await Agent.comes({ gateway: gateway.url, browser, login: { email: "ada@lowland.example", password } });
  await ada.signsIn();
  await ada.isIn();
  await ada.seesOnTheSite("Somebody's page");
  await mei.seesOnTheSite("Tents");
  await expect(ada.rows).toHaveCount(1);
  await expect(mei.rows).toHaveCount(1);
  await ada.opens("A question for Lowland");
  await expect(ada.list.getByRole("listitem")).toHaveCount(1);
  const foreign = ada.page.url();
  await mei.opens("A question for Northslope");
  await expect(mei.list.getByRole("listitem")).toHaveCount(1);
  await mei.page.goto(foreign);
  await expect(mei.page.getByRole("heading", { name: "No such conversation" })).toBeVisible();
  await mei.searches("Lowland");
  await expect(mei.page.getByText("Nothing has “Lowland”")).toBeVisible();
  await ada.leaves();
  await lowland.ends();
});

test("a site that names its origins has no visitors from elsewhere", async ({ gateway, people }) => {
  const mei = await people.mei();
  await mei.goesTo("settings");
  await mei.page.getByRole("textbox", { name: "Allowed origins" }).fill(gateway.url);
  await mei.savesTheSettings();

  const elsewhere = await HostPage.serves(pageWith(snippet(gateway.url, gateway.site)));
  const stranger = await people.visitor();
  await stranger.page.goto(elsewhere.origin);
  const guest = await people.visitor();
  await guest.opens("/demo/tents/");
  await expect(guest.launcher).toBeVisible();
  await mei.goesTo("visitors");
  await mei.seesOnTheSite("Tents");
  await expect(mei.row("Somebody's page")).toHaveCount(0);
  await expect(stranger.launcher).toHaveCount(0);
  await elsewhere.ends();
});

test("names, titles, referrers and attributes are text wherever they come from", async ({ gateway, people }) => {
  const attack = `<img src=x onerror="document.title='hurt'">`;
  const host = await HostPage.serves(
    pageWith(snippet(gateway.url, gateway.site)).replace(
      "<title>Somebody's page",
      `<title>${attack.replaceAll("<", "&lt;")}`,
    ),
  );
  const visitor = await people.visitor();
  await visitor.page.goto(`${host.origin}/?q=${encodeURIComponent(attack)}`, {
    referer: `http://evil.example/${encodeURIComponent(attack)}`,
  });
  await visitor.hasThePageSay("identify", { id: "x", name: attack, email: "x@evil.example" });
  await visitor.hasThePageSay("set", { [attack.slice(0, 40)]: attack, cart: attack.slice(0, 40) });
  await visitor.hasThePageSay("event", attack.slice(0, 40), { what: attack });
  const mei = await people.mei();
  await mei.looksInto(attack);
  await expect(mei.peek.getByRole("heading", { name: attack })).toBeVisible();
  await visitor.writes(attack);
  await mei.opens(attack);
  await mei.takes();
  await mei.writes(attack);
  await mei.notes(attack);
  await visitor.sees(attack);
  await mei.searches("onerror");
  await expect(mei.page.getByRole("option").first()).toContainText(attack);

  for (const page of [mei.page, visitor.page]) await expect(page.locator("img[src='x']")).toHaveCount(0);
  expect(await mei.page.title()).not.toBe("hurt");
  await host.ends();
});
