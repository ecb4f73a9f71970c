/** Search: plain, correct, bounded. */
import assert from "node:assert/strict";
import type { SearchResult } from "../storage.ts";
import { id, inWorld, Page, type StorageCase, someTime, type World } from "./world.ts";

export const searchCases: readonly StorageCase[] = [
  inWorld("words are found in any case and any script, all of them must occur", async (world) => {
    const visitor = new Page(world, "visitor");
    const texts = [
      "The Tent is GREEN",
      "帐篷是绿色的，很轻",
      "ÄPFEL und Birnen",
      "Ｆｕｌｌｗｉｄｔｈ",
      "order #A-1001",
    ];
    for (const text of texts) await visitor.writes(text);
    const found = async (text: string) => textsFound(await search(world, text));
    assert.deepEqual(await found("tent"), ["The Tent is GREEN"]);
    assert.deepEqual(await found("green  TENT"), ["The Tent is GREEN"]);
    assert.deepEqual(await found("tent birnen"), []);
    assert.deepEqual(await found("绿色"), ["帐篷是绿色的，很轻"]);
    assert.deepEqual(await found("篷"), ["帐篷是绿色的，很轻"]);
    assert.deepEqual(await found("äpfel"), ["ÄPFEL und Birnen"]);
    assert.deepEqual(await found("fullwidth"), ["Ｆｕｌｌｗｉｄｔｈ"]);
    assert.deepEqual(await found("#a-1001"), ["order #A-1001"]);
    assert.deepEqual(await found("   "), []);
  }),

  inWorld("percent sign, underscore and quotes are what they are", async (world) => {
    const visitor = new Page(world, "visitor");
    await world.storage.saveVisitor(world.tenant, world.site.site, visitor.id, { name: "100% O'Neill_x" }, someTime);
    for (const text of ["100% wool", "100 percent", "snake_case", "snakeXcase", "back\\slash", "it's"])
      await visitor.writes(text);
    const found = async (text: string) => textsFound(await search(world, text));
    assert.deepEqual(await found("100%"), ["100% wool"]);
    assert.deepEqual(await found("snake_"), ["snake_case"]);
    assert.deepEqual(await found("k\\s"), ["back\\slash"]);
    assert.deepEqual(await found("t's"), ["it's"]);
    assert.equal((await search(world, "%")).people.length, 1);
    assert.equal((await search(world, "o'neill_")).people.length, 1);
    assert.equal((await search(world, "neill%")).people.length, 0);
  }),

  inWorld("hits come by pages, newest activity first, each once", async (world) => {
    const expected: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const visitor = new Page(world, "visitor");
      const own: string[] = [];
      for (let m = 0; m < 5; m += 1) {
        await visitor.writes(`needle ${n}.${m}`, { at: someTime + n });
        await visitor.writes("hay", { at: someTime + n });
        own.unshift(`needle ${n}.${m}`);
      }
      expected.unshift(...own);
    }
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await search(world, "needle", before === undefined ? {} : { before });
      assert.ok(page.hits.length <= 3);
      assert.equal(page.partial, false);
      seen.push(...textsFound(page));
      before = page.next ?? undefined;
    } while (before !== undefined);
    assert.deepEqual(seen, expected);
    assert.deepEqual(textsFound(await search(world, "needle", { before: "not one of ours" })), expected.slice(0, 3));
  }),

  inWorld("notes are found, deleted and edited texts are found as they are now", async (world) => {
    const visitor = new Page(world, "visitor");
    const { conversation } = await visitor.writes("first lighthouse");
    await visitor.writes("second lighthouse");
    const agent = new Page(world, "agent");
    await world.storage.append(agent.toLog(conversation, "staff", { kind: "note", text: "lighthouse note" }));
    await world.storage.append(visitor.toLog(conversation, "public", { kind: "delete", target: 1 }));
    await world.storage.append(visitor.toLog(conversation, "public", { kind: "edit", target: 2, text: "a tower" }));
    const { hits } = await search(world, "lighthouse");
    assert.deepEqual(
      hits.map(({ log, seq, text, sender }) => [log, seq, text, sender]),
      [["staff", 1, "lighthouse note", "agent"]],
    );
    assert.deepEqual(textsFound(await search(world, "tower")), ["a tower"]);
  }),

  inWorld("people are found by name, e-mail, external id and attribute, the newest seen first", async (world) => {
    const { storage, tenant, site } = world;
    const [ann, bo] = [new Page(world, "visitor"), new Page(world, "visitor")];
    await storage.saveVisitor(
      tenant,
      site.site,
      ann.id,
      { name: "Ann Mäder", email: "ann@example.org", attributes: { plan: "Gold" } },
      someTime,
    );
    await storage.saveVisitor(tenant, site.site, bo.id, { name: "小明", attributes: { plan: "gold" } }, someTime + 1);
    const { conversation } = await ann.writes("hello");
    const signed = { externalId: "K-77", name: "Ann Mäder", email: "ann@example.org" };
    await storage.linkContact(tenant, site.site, ann.id, signed, someTime);
    await storage.saveVisitor(tenant, site.site, ann.id, { attributes: { city: "Bern" } }, someTime);
    const found = async (text: string) => (await search(world, text)).people;
    const [byName] = await found("mÄder");
    assert.deepEqual(byName, {
      visitor: ann.id,
      name: "Ann Mäder",
      email: "ann@example.org",
      verified: true,
      conversation,
      lastSeenAt: someTime,
      matched: "Ann Mäder",
    });
    assert.deepEqual(
      (await found("example.ORG")).map(({ matched }) => matched),
      ["ann@example.org"],
    );
    assert.deepEqual(
      (await found("k-77")).map(({ matched }) => matched),
      ["K-77"],
    );
    assert.deepEqual(
      (await found("小")).map(({ visitor }) => visitor),
      [bo.id],
    );
    assert.deepEqual(
      (await found("gold")).map(({ visitor, matched }) => [visitor, matched]),
      [
        [bo.id, "plan: gold"],
        [ann.id, "plan: Gold"],
      ],
    );
  }),

  inWorld("a reader who may see some sites only finds nothing of others", async (world) => {
    const { storage, tenant, site } = world;
    const second = await storage.createSite(tenant, { ...site, key: id(), name: "Second" });
    await new Page(world, "visitor").writes("lantern here");
    const other = { ...world, site: second };
    const visitor = new Page(other, "visitor");
    await visitor.writes("lantern there");
    await storage.saveVisitor(tenant, second.site, visitor.id, { name: "Lantern" }, someTime);
    assert.equal((await search(world, "lantern")).hits.length, 2);
    const mine = await search(world, "lantern", { sites: [site.site] });
    assert.deepEqual([textsFound(mine), mine.people], [["lantern here"], []]);
  }),

  inWorld("a search stops at its bound, says so, and goes on where it stopped", async (world) => {
    const visitor = new Page(world, "visitor");
    await visitor.writes("the needle");
    const hay = Array.from({ length: 20_200 }, (_, n) => visitor.toCurrent(`hay ${n}`));
    for (let from = 0; from < hay.length; from += 4000)
      await Promise.all(hay.slice(from, from + 4000).map((request) => world.storage.append(request)));
    const first = await search(world, "needle");
    assert.deepEqual([first.hits, first.partial], [[], true]);
    assert.ok(first.next !== null);
    const rest = await search(world, "needle", { before: first.next });
    assert.deepEqual([textsFound(rest), rest.partial, rest.next], [["the needle"], false, null]);
    // Without any time it looks at a part all the same, so that whoever asks on gets to the end.
    let part = await search(world, "needle", { withinMs: 0 });
    assert.deepEqual([part.hits, part.partial], [[], true]);
    const found: string[] = [];
    let pages = 1;
    for (; part.next !== null; pages += 1) {
      part = await search(world, "needle", { withinMs: 0, before: part.next });
      found.push(...textsFound(part));
    }
    assert.deepEqual([found, part.partial], [["the needle"], false]);
    assert.ok(pages > 10, `${pages} pages`);
  }),
];

function search(
  world: World,
  text: string,
  more: { before?: string; sites?: number[]; withinMs?: number } = {},
): Promise<SearchResult> {
  return world.storage.search({ tenant: world.tenant, text, sites: [], limit: 3, ...more });
}

function textsFound({ hits }: SearchResult): string[] {
  return hits.map(({ text }) => text);
}
