import { expect, test } from "../house.ts";

test.use({ gatewayFor: "own" });

test("old conversations are found by word, name, e-mail and attribute, in English and Chinese", async ({ people }) => {
  const henrik = await people.visitor();
  await henrik.signsInToTheShop("henrik");
  await henrik.hasThePageSay("set", { loyalty: "golden-otter" });
  await henrik.writes("My gaiters lost a buckle on Galdhøpiggen");
  await henrik.seesItsMessageAs("Sent", "gaiters lost a buckle");
  const siyuan = await people.visitor({ locale: "zh-CN" });
  await siyuan.signsInToTheShop("siyuan");
  await siyuan.opens("/demo/zh/tents/tarn-2/");
  await siyuan.writes("这顶帐篷能抗八级大风吗？");
  await siyuan.seesItsMessageAs("已发送", "这顶帐篷能抗八级大风吗？");
  const mei = await people.mei();
  for (const [words, one] of [
    ["gaiters lost a buckle", henrik],
    ["八级大风", siyuan],
  ] as const) {
    await mei.opens(words);
    await mei.takes();
    await mei.closes();
    await one.leaves();
  }

  // What a page tells is stored behind the messages: who looks for it at once looks again.
  await expect(async () => {
    const found = await mei.searches("golden-otter");
    await mei.leavesTheSearchWhen(async () => expect(found).toContainText("Henrik Solberg", { timeout: 2000 }));
  }).toPass();
  for (const typed of ["buckle", "Galdhøpiggen", "Henrik", "henrik.solberg@mail.example"]) {
    await expect(await mei.searches(typed)).toContainText("Henrik Solberg");
    await mei.leavesTheSearch();
  }
  for (const typed of ["大风", "抗八级", "陈思远"]) {
    await expect(await mei.searches(typed)).toContainText("陈思远");
    await mei.leavesTheSearch();
  }
  const hits = await mei.searches("帐篷");
  await expect(hits.getByRole("option").filter({ hasText: "这顶帐篷能抗八级大风吗？" }).first()).toBeVisible();
  await expect(hits.locator("mark").first()).toHaveText("帐篷");
  await mei.leavesTheSearch();
  await mei.searches("zebra-stripes-nobody-wrote");
  await expect(mei.page.getByText("Nothing has “zebra-stripes-nobody-wrote”")).toBeVisible();
  await mei.leavesTheSearch();

  await (await mei.searches("buckle")).getByRole("option").filter({ hasText: "lost a buckle on" }).first().click();
  await mei.reads("My gaiters lost a buckle on Galdhøpiggen");
});
