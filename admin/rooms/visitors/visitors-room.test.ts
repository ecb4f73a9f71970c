import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visitorRow } from "../../testing/house/visitor-rows.ts";
import { idOf } from "../../testing/id-of.ts";
import { openScreens, row, shows, until } from "../../testing/screens.ts";

const screens = openScreens();

test("stand in their groups with all columns, and times tick in place", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("chen"));
  const groups = await page.locator(".group-line b").allTextContents();
  expect(groups).toEqual(["Waiting", "In conversation", "Invited", "Browsing"]);
  expect(await page.locator("[role=columnheader]").count()).toBe(10);
  const time = page.locator(`${row("vh5w")} .cell-time`);
  const before = await time.textContent();
  const element = await time.elementHandle();
  await page.waitForFunction(([cell, text]) => (cell as Element).textContent !== text, [element, before] as const);
  expect(await element?.evaluate((cell) => cell.isConnected)).toBe(true);
});

test("nothing moves under the pointer; new ones are counted until one asks for them", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("vh5w"));
  await page.hover(row("sofia"));
  const place = await page.locator(row("sofia")).boundingBox();
  const now = Date.now();
  screens.gateway.upsert("visitors", [
    visitorRow({ key: "vnew", page: "Home", path: "/", dwell: 0, onSite: 0, pages: 1 }, now),
    visitorRow({ key: "vm7c", page: "Tents", path: "/tents", dwell: 0, onSite: 60, pages: 2 }, now),
  ]);
  await page.getByRole("button", { name: "1 new" }).waitFor();
  await page.locator(row("vm7c")).getByText("Tents").waitFor();
  expect(await page.locator(row("sofia")).boundingBox()).toEqual(place);
  expect(await page.locator(row("vnew")).count()).toBe(0);
  await page.getByRole("button", { name: "1 new" }).click();
  await page.waitForSelector(row("vnew"));
});

test("thousands of visitors draw only the rows in sight", async () => {
  const now = Date.now();
  const many = Array.from({ length: 3_000 }, (_, place) =>
    visitorRow({ key: `many${place}`, page: "Home", path: "/", dwell: 30 + place, onSite: 60 + place, pages: 1 }, now),
  );
  const page = await screens.open();
  await page.waitForSelector(row("chen"));
  for (let place = 0; place < many.length; place += 500)
    screens.gateway.upsert("visitors", many.slice(place, place + 500));
  await page.getByText("3,058").first().waitFor();
  expect(await page.locator(".visitor-line").count()).toBeLessThan(80);
  await page.locator(".visitor-table").evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await page.waitForSelector(row("many2999"));
});

test("a filter and a sort narrow and order the table", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("chen"));
  await page.keyboard.press("f");
  await page.keyboard.type("zürich");
  await page.waitForSelector(row("chen"), { state: "detached" });
  expect(await page.locator(".visitor-line").count()).toBe(1);
  await page.keyboard.press("Escape");
  await page.waitForSelector(row("chen"));
  await page.getByRole("button", { name: "Cart" }).click();
  await page.getByRole("button", { name: "Cart" }).click();
  expect(await page.getByRole("columnheader", { name: "Cart" }).getAttribute("aria-sort")).toBe("descending");
  await page.locator(".visitor-line").first().getByText("€ 612").waitFor();
});

test("by keyboard alone: move, peek, invite; the invitation's way is told", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("vb41"));
  await page.keyboard.press("f");
  await page.keyboard.type("dublin");
  await page.keyboard.press("Enter");
  await page.keyboard.press("j");
  expect(await page.locator(":focus").getAttribute("data-key")).toBe(idOf("vb41"));
  await page.keyboard.press("Space");
  await page.waitForSelector(".peek-panel .trail-page-now");
  await page.keyboard.press("i");
  await page.waitForSelector(".invitation-form textarea:focus");
  await page.keyboard.type("May I help with the delivery?");
  await page.keyboard.press("Enter");
  await until(() => screens.published("text").length === 1);
  expect(screens.published("text")[0]).toMatchObject({
    address: `visit:${idOf("vb41")}`,
    body: { text: "May I help with the delivery?" },
  });
  const invited = visitorRow(
    {
      key: "vb41",
      page: "Checkout: delivery",
      path: "/checkout/delivery",
      dwell: 80,
      onSite: 492,
      pages: 5,
      place: ["Dublin", "IE"],
      state: "invited",
    },
    Date.now(),
  );
  screens.gateway.upsert("visitors", [invited]);
  await page.locator(".peek-panel .invitation-state", { hasText: "Seen" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForSelector(".peek-panel", { state: "detached" });
  await page.waitForSelector(`${row("vb41")}:focus`);
});

test("after an invitation is sent, or left unsent, the keys are the table's again", async () => {
  const page = await screens.open();
  await page.click(row("vb41"));
  await page.keyboard.press("i");
  await page.waitForSelector(".invitation-form textarea:focus");
  await page.keyboard.type("May I");
  await page.keyboard.press("Escape");
  await page.waitForSelector(`${row("vb41")}:focus`);
  await page.keyboard.press("i");
  await page.waitForSelector(".invitation-form textarea:focus");
  expect(await page.inputValue(".invitation-form textarea")).toBe("May I");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${row("vb41")}:focus`);
});

test("who has left is not counted in the group, and their time stands still", async () => {
  const page = await screens.open();
  const browsing = page.locator(".group-line", { hasText: "Browsing" }).locator(".faint").first();
  await browsing.waitFor();
  const before = Number(await browsing.textContent());
  const here = visitorRow(
    { key: "vb41", page: "Tents", path: "/tents", dwell: 300, onSite: 500, pages: 1 },
    Date.now(),
  );
  screens.gateway.upsert("visitors", [{ ...here, state: "gone", leftAt: here.startedAt + 400_000 }]);
  await page.locator(`${row("vb41")} .cell-time`, { hasText: /^6:40$/ }).waitFor();
  await page.locator(".group-line", { hasText: `Browsing${before - 1}` }).waitFor();
  await page.click(row("vb41"));
  const panel = page.locator(".peek-panel");
  await panel.getByText("1 page, 6:40").waitFor();
});

test("the bar names the keys that do something with the picked visitor", async () => {
  const page = await screens.open();
  const bar = page.locator(".status-keys");
  await page.click(row("vb41"));
  await bar.getByText("invite").waitFor();
  for (const name of ["v9td", "chen", "henrik"]) {
    await page.click(row(name));
    await page.waitForSelector(`${row(name)}[aria-selected=true]`);
    await bar.getByText("close peek").waitFor();
    await expect.poll(() => bar.textContent(), { timeout: 60_000 }).not.toContain("invite");
    await page.keyboard.press("i");
    expect(await page.locator(".invitation-form").count()).toBe(0);
  }
});

test("a conversation that is opened from here has the focus", async () => {
  const page = await screens.open();
  await page.click(row("henrik"));
  await page.waitForSelector(".peek-panel");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".thread:focus");
});

test("what a colleague has invited with is seen by all, with its state", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("v9td"));
  await page.click(row("v9td"));
  const panel = page.locator(".peek-panel");
  await panel.getByText("The Tarn 2 is back in green since this morning.").waitFor();
  await panel.getByText("from Jonas Weber").waitFor();
  await panel.locator(".invitation-state", { hasText: "Seen" }).waitFor();
});

test("figures at the end of their column stand clear of the words that begin the next one", async () => {
  const page = await screens.open();
  await page.waitForSelector(row("henrik"));
  for (const line of [".column-head-line", row("henrik")]) {
    const [figure, word] = await Promise.all(
      [".cell-visits", ".cell-place"].map((cell) =>
        page.locator(`${line} ${cell}`).evaluate((element) => {
          const text = document.createRange();
          text.selectNodeContents(element);
          const { left, right } = text.getBoundingClientRect();
          return { left, right };
        }),
      ),
    );
    expect((word?.left ?? 0) - (figure?.right ?? 0)).toBeGreaterThanOrEqual(16);
  }
});

test("where nothing points, nothing is said of pointing", async () => {
  const order = (page: Page) =>
    page.locator(".group-line", { hasText: "Browsing" }).locator(".group-order").textContent();
  expect(await order(await screens.open())).toBe("newest page first, held while you point at it");
  expect(await order(await screens.open("", { width: 390, height: 844 }))).toBe("newest page first");
});

test("nobody is here: the line that brings the first visitor", async () => {
  await screens.startEmpty();
  screens.gateway.sites.push({
    key: "ns_7Qd2",
    name: "northslope.example",
    color: null,
    side: "right",
    origins: [],
    previews: false,
    remembers: false,
    requireSignature: true,
    reopenDays: 7,
  });
  const page = await screens.open();
  await shows(page, "No page view yet");
  expect(await page.locator(".snippet").textContent()).toContain('data-site="ns_7Qd2"');
});
