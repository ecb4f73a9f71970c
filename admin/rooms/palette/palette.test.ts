import { expect, test } from "vitest";
import type { SearchPage } from "../../../protocol/api.ts";
import { searchPage } from "../../testing/house/history.ts";
import { henrik, openScreens } from "../../testing/screens.ts";

const screens = openScreens();

test("Ctrl+K finds words, and opens the conversation at the message", async () => {
  const page = await screens.openHenrik();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("gaiters");
  await page.locator(".palette mark", { hasText: "gaiters" }).first().waitFor();
  await page.getByRole("option", { name: "do the storm gaiters fit" }).click();
  await page.waitForSelector(".palette", { state: "detached" });
  await page.waitForSelector('.bubble-marked[data-place="public:3"]');
  expect(new URL(page.url()).hash).toBe(`#/conversation/${henrik}/public/3`);
});

test("a long message leaves room for whose it is", async () => {
  const [hit] = searchPage(Date.now()).hits as [SearchPage["hits"][0]];
  const long = {
    ...hit,
    snippet: `the buckle ${"of the Skarv 65 ".repeat(30)}`,
    marks: [[4, 10]] as [number, number][],
  };
  screens.gateway.searches.set("buckle", { hits: [long], people: [], next: null, partial: false });
  const page = await screens.openHenrik();
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("buckle");
  const option = page.getByRole("option", { name: "the buckle of" });
  const name = option.getByText("Henrik Solberg");
  await name.waitFor();
  const right = async (part: typeof name) => part.evaluate((element) => element.getBoundingClientRect().right);
  expect(await right(name)).toBeLessThan(await right(option));
});

test("Esc leaves it and gives the focus back", async () => {
  const page = await screens.openHenrik();
  await page.focus(".composer textarea");
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".palette input:focus");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".palette", { state: "detached" });
  await page.waitForSelector(".composer textarea:focus");
});

/** Hits `first`..`last` of the word "buckle". */
function hits(first: number, last: number, rest: Pick<SearchPage, "next" | "partial">): SearchPage {
  const [hit] = searchPage(Date.now()).hits as [SearchPage["hits"][0]];
  const places = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  return {
    hits: places.map((seq) => ({ ...hit, seq, snippet: `the buckle, number ${seq}`, marks: [[4, 10]] })),
    people: [],
    ...rest,
  };
}

test("arrows at the end bring the next page, and the choice goes on into it", async () => {
  screens.gateway.searches.set("buckle", hits(1, 30, { next: "p2", partial: false }));
  screens.gateway.searches.set("buckle before p2", hits(31, 40, { next: null, partial: false }));
  const page = await screens.openHenrik();
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("buckle");
  await page.getByRole("option", { name: "number 30" }).waitFor();
  expect(screens.gateway.asked).toEqual(["buckle"]);
  const jumps = (await page.getByRole("option").count()) - 30;
  await page.getByText("found so far").waitFor();
  for (let step = 0; step < jumps + 30; step++) await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { name: "number 31", selected: true }).waitFor();
  await page.getByText("40 found", { exact: true }).waitFor();
  expect(screens.gateway.asked).toEqual(["buckle", "buckle before p2"]);
  for (let step = 0; step < 9; step++) await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { name: "number 40", selected: true }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { name: "number 1", exact: false, selected: true }).waitFor();
});

test("scrolling to the end brings the next page; one that failed can be asked for again", async () => {
  screens.gateway.searches.set("buckle", hits(1, 30, { next: "p2", partial: false }));
  screens.gateway.searches.set("buckle before p2", hits(31, 60, { next: null, partial: false }));
  const page = await screens.openHenrik();
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("buckle");
  await page.getByRole("option", { name: "number 30" }).waitFor();
  screens.gateway.failSearches(true);
  await page.locator(".palette-list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const again = page.getByRole("option", { name: "The search did not answer. Try again" });
  await again.waitFor();
  screens.gateway.failSearches(false);
  await again.click();
  await page.getByRole("option", { name: "number 60" }).waitFor();
});

test("where the search stopped at its limit it offers to go on, by keyboard too", async () => {
  screens.gateway.searches.set("buckle", hits(1, 0, { next: "p2", partial: true }));
  screens.gateway.searches.set("buckle before p2", hits(1, 2, { next: "p3", partial: true }));
  const page = await screens.openHenrik();
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("buckle");
  await page.getByText("The newest messages do not have “buckle”").waitFor();
  const further = page.getByRole("option", { name: "Go on in older messages" });
  await further.waitFor();
  expect(screens.gateway.asked).toEqual(["buckle"]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "number 2" }).waitFor();
  await further.waitFor();
  expect(screens.gateway.asked).toEqual(["buckle", "buckle before p2"]);
});
