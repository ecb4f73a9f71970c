/** `/demo/unplug`: the promise, for whoever wants to break it. */
import { AxeBuilder } from "@axe-core/playwright";
import { phone } from "../browser.ts";
import { expect, test } from "../house.ts";
import { breakable, breaksEachInTurn } from "../people/onlooker.ts";

test.use({ gatewayFor: "own" });
// Both people wait between their tries, and each trouble is waited out.
test.setTimeout(900_000);

test("cable, gateway, database and disk break while both sides write: all is stored and shown, once and in order", async ({
  people,
}) => {
  const onlooker = await people.onlooker();
  await onlooker.opensThePage();
  await breaksEachInTurn(onlooker);

  await onlooker.sawNoFault();
  for (const side of ["visitor", "agent"] as const) {
    const written = await onlooker.counted(side, "written");
    expect(written).toBeGreaterThan(25);
    for (const column of ["stored", "visitor", "agent"] as const)
      expect(await onlooker.counted(side, column), `${side} ${column}`).toBe(written);
  }
  // Not only by the page's own count.
  const shown = await onlooker.screenOf("visitor");
  expect(await onlooker.screenOf("agent")).toEqual(shown);
  for (const side of ["Visitor", "Agent"]) {
    const numbers = shown.filter((text) => text.startsWith(side)).map((text) => Number(text.split(" ")[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  }

  await onlooker.reloads();
  await onlooker.seesAllThere();
});

test("all four at once: what was written is there when they are mended", async ({ people }) => {
  const onlooker = await people.onlooker();
  await onlooker.opensThePage();
  await onlooker.turns("writing", true);
  await onlooker.seesMoreWritten(3);
  for (const name of breakable) await onlooker.turns(name, true);
  await onlooker.seesWaiting(5);
  for (const name of breakable) await onlooker.turns(name, false);
  await onlooker.seesCaughtUp(1);
  await onlooker.turns("writing", false);
  await onlooker.seesAllThere();
  await onlooker.sawNoFault();
});

test("in Chinese, on a phone, without a fault for who cannot see", async ({ people }) => {
  const onlooker = await people.onlooker({ ...phone, locale: "zh-CN" });
  await onlooker.opensThePage("/demo/zh/unplug/");
  await expect(onlooker.page.getByRole("heading", { level: 1 })).toHaveText("拔掉试试");
  const { violations } = await new AxeBuilder({ page: onlooker.page }).exclude("iframe").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  expect(await onlooker.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
