/** Pages, positions, lists, and what consumers see. */
import assert from "node:assert/strict";
import { dayMs, id, inWorld, Page, type StorageCase, someTime, textsOf, wholeLog } from "./world.ts";

export const readingCases: readonly StorageCase[] = [
  inWorld("a log is read by ranges, ascending, at most so many", async (world) => {
    const visitor = new Page(world, "visitor");
    let conversation = "";
    for (let n = 1; n <= 10; n += 1) conversation = (await visitor.writes(`${n}`)).conversation;
    const page = (from: number, to: number, limit: number) =>
      world.storage.readLog(world.tenant, conversation, "public", from, to, limit).then(textsOf);
    assert.deepEqual(await page(3, 5, 50), ["3", "4", "5"]);
    assert.deepEqual(await page(8, 99, 2), ["8", "9"]);
    assert.deepEqual(await page(11, 20, 50), []);
    assert.deepEqual(await page(-5, 1, 50), ["1"]);
    assert.deepEqual(await world.storage.readLog(world.tenant, conversation, "staff", 1, 9, 9), []);
    assert.deepEqual(await world.storage.readLog(world.tenant, "no id!", "public", 1, 9, 9), []);
  }),

  inWorld("opening a log tells its head, durable ordinals as named, and the reader's position", async (world) => {
    const { storage, tenant } = world;
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const { conversation, epoch } = await visitor.writes("1");
    await visitor.writes("2");
    await agent.says(conversation, "3");
    await storage.saveReceipts(tenant, [{ conversation, log: "public", reader: agent.id, delivered: 3, read: 2 }]);
    const address = `${conversation}/public`;
    const producers = [
      { producer: visitor.producer, address: "current" },
      { producer: visitor.producer, address },
      { producer: agent.producer, address },
      { producer: id(), address },
    ];
    const opened = await storage.openLog({ tenant, conversation, log: "public", producers, reader: agent.id });
    assert.deepEqual([opened?.head, opened?.first, opened?.state.epoch], [3, 1, epoch]);
    assert.deepEqual(opened?.own, { delivered: 3, read: 2 });
    assert.deepEqual(
      opened?.ordinals.map(({ producer, ordinal }) => [producer, ordinal]),
      [[agent.producer, 1]],
    );
    const staff = await storage.openLog({ tenant, conversation, log: "staff", producers: [], reader: agent.id });
    assert.deepEqual([staff?.head, staff?.own], [0, { delivered: 0, read: 0 }]);
    assert.equal(await storage.openLog({ tenant, conversation: id(), log: "public", producers, reader: null }), null);
  }),

  inWorld("the epoch of a conversation is its own and lasts", async (world, { other }) => {
    const one = await new Page(world, "visitor").writes("1");
    const two = await new Page(world, "visitor").writes("2");
    assert.notEqual(one.epoch, two.epoch);
    const heads = await other.heads(world.tenant, [one.conversation, two.conversation, id()]);
    assert.deepEqual(
      heads.map((head) => [head.conversation, head.epoch, head.publicHead, head.staffHead]).sort(),
      [
        [one.conversation, one.epoch, 1, 0],
        [two.conversation, two.epoch, 1, 0],
      ].sort(),
    );
  }),

  inWorld("cursors only move forward and never past the head", async (world) => {
    const { storage, tenant } = world;
    const visitor = new Page(world, "visitor");
    let conversation = "";
    for (const text of ["1", "2", "3"]) conversation = (await visitor.writes(text)).conversation;
    const save = (reader: string | null, delivered: number, read: number) =>
      storage.saveReceipts(tenant, [{ conversation, log: "public", reader, delivered, read }]);
    const [one, two] = [id(), id()];
    await Promise.all([save(one, 2, 2), save(two, 3, 1), save(null, 1, 1), save(one, 1, 0)]);
    await save(null, 99, -5);
    await save(id(), 0, 0);
    const state = await storage.conversation(tenant, conversation);
    assert.deepEqual(
      [state?.visitorDelivered, state?.visitorRead, state?.agentsDelivered, state?.agentsRead],
      [3, 1, 3, 2],
    );
    const [counts] = await storage.readCounts(tenant, one, [conversation]);
    assert.deepEqual(counts, { conversation, delivered: 2, read: 2, visitorCountRead: 2 });
    assert.deepEqual(await storage.readCounts(tenant, id(), [conversation]), []);
    await storage.saveReceipts(tenant, [{ conversation: id(), log: "public", reader: one, delivered: 1, read: 1 }]);
  }),

  inWorld("receipts and appends at once lose neither", async (world, { other }) => {
    const visitor = new Page(world, "visitor");
    const { conversation } = await visitor.writes("0");
    const reader = id();
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        await visitor.writes(`${n + 1}`);
        await other.saveReceipts(world.tenant, [{ conversation, log: "public", reader, delivered: n, read: n }]);
      }),
    );
    const state = await world.storage.conversation(world.tenant, conversation);
    assert.deepEqual([state?.publicHead, state?.visitorCount, state?.agentsRead], [31, 31, 29]);
  }),

  inWorld(
    "the inbox shows all open conversations and the newest closed ones, older ones follow by pages",
    async (world) => {
      const { storage, tenant } = world;
      const agent = new Page(world, "agent");
      const closed: string[] = [];
      // Two of each time: the order among them must hold across pages.
      for (let n = 0; n < 10; n += 1) {
        const at = someTime + Math.floor(n / 2);
        const { conversation } = await new Page(world, "visitor").writes(`${n}`, { at });
        await agent.closes(conversation, at);
        closed.unshift(conversation);
      }
      const open = await new Page(world, "visitor").writes("open", { at: someTime - dayMs });
      const inbox = await storage.inbox(tenant, 3);
      assert.deepEqual(
        inbox.map((row) => row.id),
        [open.conversation, ...inbox.slice(1).map((row) => row.id)],
      );
      assert.equal(inbox.length, 4);
      const seen = inbox.slice(1);
      for (;;) {
        const last = seen[seen.length - 1];
        const before = last ? { lastAt: last.lastAt, id: last.id } : null;
        const page = await storage.closedConversations(tenant, before, 2);
        if (page.length === 0) break;
        seen.push(...page);
      }
      assert.deepEqual(
        seen.map((row) => row.id),
        closed,
      );
      assert.equal((await storage.closedConversations(tenant, null, 100)).length, 10);
    },
  ),

  inWorld(
    "consumers find the logs that have moved, and clear a mark only if it has not moved since",
    async (world, place) => {
      const consumer = `test-${id()}`;
      const storage = await place.open({ consumers: [consumer] });
      const own = { ...world, storage };
      const visitor = new Page(own, "visitor");
      const agent = new Page(own, "agent");
      const { conversation } = await visitor.writes("1");
      await visitor.writes("2");
      await agentNotes();
      const marks = async () =>
        (await storage.dirtyLogs(consumer, 10)).map(({ log, done, head }) => [log, done, head]).sort();
      assert.deepEqual(await marks(), [
        ["public", 0, 2],
        ["staff", 0, 1],
      ]);
      assert.equal((await storage.dirtyLogs(consumer, 1)).length, 1);
      await visitor.writes("3");
      await storage.consumed(consumer, world.tenant, conversation, "public", 2);
      await storage.consumed(consumer, world.tenant, conversation, "staff", 1);
      assert.deepEqual(await marks(), [["public", 2, 3]]);
      await storage.consumed(consumer, world.tenant, conversation, "public", 3);
      assert.deepEqual(await marks(), []);
      await agentNotes();
      assert.deepEqual(await marks(), [["staff", 1, 2]]);
      await storage.close();

      async function agentNotes() {
        await storage.append(agent.toLog(conversation, "staff", { kind: "note", text: "careful" }));
      }
    },
  ),

  inWorld("a mark that is cleared while the log moves is set again", async (world, place) => {
    const consumer = `test-${id()}`;
    const [storage, other] = await Promise.all([1, 2].map(() => place.open({ consumers: [consumer] })));
    assert.ok(storage && other);
    const visitor = new Page({ ...world, storage }, "visitor");
    const { conversation } = await visitor.writes("1");
    for (let head = 1; head <= 20; head += 1) {
      await Promise.all([
        visitor.writes(`${head + 1}`),
        other.consumed(consumer, world.tenant, conversation, "public", head),
      ]);
      const mark = { tenant: world.tenant, conversation, log: "public" as const, done: head, head: head + 1 };
      assert.deepEqual(await storage.dirtyLogs(consumer, 10), [mark]);
    }
    await Promise.all([storage.close(), other.close()]);
  }),

  inWorld("gateways that serve different consumers set the marks of their own", async (world, place) => {
    const consumers = [`test-${id()}`, `test-${id()}`];
    const storages = await Promise.all(consumers.map((consumer) => place.open({ consumers: [consumer] })));
    const visitor = id();
    let head = 0;
    for (const _round of [1, 2]) {
      let conversation = "";
      for (const storage of storages)
        ({ conversation } = await new Page({ ...world, storage }, "visitor", visitor).writes(`${++head}`));
      for (const [index, storage] of storages.entries()) {
        const consumer = consumers[index] ?? "";
        const marks = await storage.dirtyLogs(consumer, 10);
        assert.deepEqual(
          marks.map((mark) => mark.head),
          [head],
        );
        await storage.consumed(consumer, world.tenant, conversation, "public", head);
        assert.deepEqual(await storage.dirtyLogs(consumer, 10), []);
      }
    }
    await Promise.all(storages.map((storage) => storage.close()));
  }),

  inWorld("visits and their pages are saved again without harm, and counted once", async (world) => {
    const { storage, tenant } = world;
    const visitor = id();
    await storage.saveVisitor(tenant, world.site.site, visitor, { name: "Ann" }, someTime);
    const visit = visitOf(world.site.site, null);
    const page = {
      visit: visit.id,
      number: 1,
      url: "https://shop.example/?q=你好",
      title: "T".repeat(300),
      enteredAt: someTime,
      leftAt: null,
    };
    await storage.saveVisits(tenant, [visit], [page]);
    const known = { ...visit, visitor, pages: 2, endedAt: someTime + 9 };
    const second = { ...page, number: 2, url: `https://shop.example/${"x".repeat(2000)}` };
    for (let n = 0; n < 2; n += 1)
      await storage.saveVisits(tenant, [known], [{ ...page, leftAt: someTime + 5 }, second, second]);
    assert.deepEqual(await storage.pageViews(tenant, visit.id, 10), [{ ...page, leftAt: someTime + 5 }, second]);
    assert.deepEqual(await storage.earlierVisits(tenant, visitor, someTime + 1, 10), [known]);
    assert.deepEqual(await storage.earlierVisits(tenant, visitor, someTime, 10), []);
    assert.equal((await storage.visitor(tenant, visitor))?.visits, 1);
    assert.equal(await storage.visitCount(tenant, visitor), 1);
    assert.equal(await storage.visitCount(tenant, id()), 0);
    // Pages can follow their visit later; those of a visit that was never saved are nobody's.
    await storage.saveVisits(
      tenant,
      [],
      [
        { ...page, number: 3 },
        { ...page, visit: id() },
      ],
    );
    assert.equal((await storage.pageViews(tenant, visit.id, 10)).length, 3);
    // Who goes on is somebody else, or signed out: what follows is not shown as this visitor's.
    await storage.saveVisits(tenant, [{ ...known, visitor: null }], []);
    assert.deepEqual(await storage.earlierVisits(tenant, visitor, someTime + 1, 10), []);
    await storage.saveVisits(tenant, [], []);
  }),

  inWorld("visits of a person are those of all their devices", async (world) => {
    const { storage, tenant } = world;
    const { site } = world.site;
    const [laptop, phone, stranger] = [id(), id(), id()];
    for (const device of [laptop, phone])
      await storage.linkContact(tenant, site, device, { externalId: "42" }, someTime);
    await storage.saveVisitor(tenant, site, stranger, {}, someTime);
    const visits = [laptop, phone, stranger].map((visitor, n) => ({
      ...visitOf(site, visitor),
      startedAt: someTime + n,
    }));
    await storage.saveVisits(tenant, visits, []);
    for (const device of [laptop, phone]) {
      assert.deepEqual(await storage.earlierVisits(tenant, device, someTime * 2, 10), [visits[1], visits[0]]);
      assert.equal(await storage.visitCount(tenant, device), 2);
    }
    assert.equal(await storage.visitCount(tenant, stranger), 1);
  }),

  inWorld("events that a site passed are kept in order, each once", async (world) => {
    const visit = id();
    const events = ["order", "cart"].map((name, n) => ({ visit, name, at: someTime - n, properties: { total: n } }));
    for (let n = 0; n < 2; n += 1) await world.storage.saveVisitEvents(world.tenant, events);
    assert.deepEqual(await world.storage.visitEvents(world.tenant, visit, 10), [
      { name: "cart", at: someTime - 1, properties: { total: 1 } },
      { name: "order", at: someTime, properties: { total: 0 } },
    ]);
  }),

  inWorld("notes stay in the staff log and name the public head that they came after", async (world) => {
    const { conversation } = await new Page(world, "visitor").writes("hello");
    const agent = new Page(world, "agent");
    await world.storage.append(agent.toLog(conversation, "staff", { kind: "note", text: "careful" }));
    assert.deepEqual(textsOf(await wholeLog(world, conversation)), ["hello"]);
    const [note] = await wholeLog(world, conversation, "staff");
    assert.deepEqual([note?.body, note?.after], [{ kind: "note", text: "careful" }, 1]);
    const state = await world.storage.conversation(world.tenant, conversation);
    assert.deepEqual([state?.preview, state?.agentCount, state?.staffHead], ["hello", 0, 1]);
  }),
];

export function visitOf(site: number, visitor: string | null) {
  return {
    id: id(),
    site,
    visitor,
    startedAt: someTime,
    endedAt: null,
    referrer: "https://search.example/",
    browser: "Firefox 144",
    os: "Linux",
    form: "desktop",
    country: "CH",
    city: "Zürich",
    locale: "de-CH",
    timeZone: "Europe/Zurich",
    ipAddress: "2001:db8::1",
    pages: 1,
  };
}
