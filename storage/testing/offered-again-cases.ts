/** What is offered again, out of turn or under another producer: told from what is new, for ever and by every gateway. */
import assert from "node:assert/strict";
import type { AppendRequest } from "../storage.ts";
import { id, inWorld, Page, type StorageCase, someTime, stored, textsOf, wholeLog } from "./world.ts";

export const offeredAgainCases: readonly StorageCase[] = [
  inWorld("a resend is answered by what is stored, for ever and by every gateway", async (world, { other }) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const request = visitor.toCurrent("once");
    const first = await stored(world.storage.append(request));
    await agent.closes(first.conversation, someTime - 30 * 24 * 3600 * 1000);
    const second = await visitor.writes("in a new conversation");
    assert.notEqual(second.conversation, first.conversation);
    for (const storage of [world.storage, other]) {
      const again = await storage.append(request);
      assert.equal(again.outcome, "duplicate");
      assert.ok("seq" in again);
      assert.deepEqual([again.conversation, again.seq, again.at], [first.conversation, 1, someTime]);
      assert.deepEqual(again.events, []);
    }
    assert.equal((await wholeLog(world, first.conversation)).length, 2);
  }),

  inWorld("the same append twice in one batch is stored once", async (world) => {
    const request = new Page(world, "visitor").toCurrent("once");
    const [one, two] = await Promise.all([world.storage.append(request), world.storage.append(request)]);
    assert.deepEqual([one.outcome, two.outcome], ["stored", "duplicate"]);
    assert.ok("conversation" in one && "conversation" in two);
    assert.deepEqual([two.conversation, two.seq], [one.conversation, one.seq]);
  }),

  inWorld("an ordinal that comes too early is a gap, and consumes nothing", async (world) => {
    const visitor = new Page(world, "visitor");
    const [first, second, third] = [visitor.toCurrent("1"), visitor.toCurrent("2"), visitor.toCurrent("3")];
    assert.deepEqual(await world.storage.append(second), { outcome: "gap", expected: 1 });
    assert.equal(await world.storage.visitor(world.tenant, visitor.id), null);
    await stored(world.storage.append(first));
    assert.deepEqual(await world.storage.append(third), { outcome: "gap", expected: 2 });
    const answers = await Promise.all([second, third].map((request) => world.storage.append(request)));
    assert.deepEqual(
      answers.map(({ outcome }) => outcome),
      ["stored", "stored"],
    );
  }),

  inWorld("the same ordinal with another body or another id is a mismatch", async (world) => {
    const request = new Page(world, "visitor").toCurrent("one");
    const { conversation } = await stored(world.storage.append(request));
    const changed: Partial<AppendRequest>[] = [
      { events: [{ log: "public", body: { kind: "text", text: "two" } }] },
      { messageId: id() },
      { sender: { side: "visitor", id: id() } },
    ];
    for (const change of changed)
      assert.deepEqual(await world.storage.append({ ...request, ...change }), { outcome: "mismatch" });
    assert.deepEqual(textsOf(await wholeLog(world, conversation)), ["one"]);
  }),

  inWorld(
    "a message that is offered again under another producer is found by its id, also if it was edited",
    async (world) => {
      const request = new Page(world, "visitor").toCurrent("one");
      const { conversation } = await stored(world.storage.append(request));
      const again: AppendRequest = {
        ...request,
        producer: id(),
        events: [{ log: "public", body: { kind: "text", text: "one, edited" } }],
      };
      for (const _time of ["first", "a resend"]) assert.equal((await world.storage.append(again)).outcome, "duplicate");
      const next: AppendRequest = { ...again, ordinal: 2, messageId: id() };
      await stored(world.storage.append(next));
      assert.deepEqual(textsOf(await wholeLog(world, conversation)), ["one", "one, edited"]);
    },
  ),

  inWorld("a tombstone consumes the ordinal, keeps the message id, and is told again", async (world) => {
    const visitor = new Page(world, "visitor");
    const refused = { ...visitor.toCurrent("forbidden words"), tombstone: "forbidden", events: [] };
    const refusal = { outcome: "refused", code: "forbidden" };
    assert.deepEqual(await world.storage.append(refused), refusal);
    assert.deepEqual(await world.storage.append(refused), refusal);
    // Offered again with its body, and under a new producer.
    const withBody: AppendRequest = { ...visitor.toCurrent("x"), ordinal: 1, messageId: refused.messageId };
    assert.deepEqual(await world.storage.append(withBody), refusal);
    assert.deepEqual(await world.storage.append({ ...withBody, producer: id() }), refusal);
    const next = await stored(world.storage.append({ ...visitor.toCurrent("fine"), ordinal: 2 }));
    assert.equal(next.seq, 1);
    const { producer, address, messageId } = refused;
    assert.deepEqual(
      await world.storage.refusals(world.tenant, address, [{ producer, first: 1, last: 2 }], visitor.id),
      [{ producer, ordinal: 1, id: messageId, code: "forbidden" }],
    );
    assert.deepEqual(
      await world.storage.refusals(world.tenant, address, [{ producer, first: 2, last: 9 }], visitor.id),
      [],
    );
  }),

  inWorld("a refusal that comes after the message was stored changes nothing", async (world) => {
    const request = new Page(world, "visitor").toCurrent("stored");
    await stored(world.storage.append(request));
    const again = await world.storage.append({ ...request, events: [], tombstone: "forbidden" });
    assert.equal(again.outcome, "duplicate");
  }),

  inWorld("a message that is offered under another producer is found by its id", async (world) => {
    const [before, after] = [new Page(world, "visitor"), new Page(world, "visitor")];
    const request = before.toCurrent("kept");
    const first = await stored(world.storage.append(request));
    const offered = { ...request, producer: after.producer };
    for (const attempt of [offered, offered]) {
      const again = await world.storage.append(attempt);
      assert.equal(again.outcome, "duplicate");
      assert.ok("seq" in again);
      assert.deepEqual([again.conversation, again.seq], [first.conversation, first.seq]);
    }
    // Its ordinal is consumed: the next one follows.
    const next = { ...request, producer: after.producer, ordinal: 2, messageId: id() };
    assert.equal((await stored(world.storage.append(next))).seq, 2);
    // The id is one of this sender only.
    const stranger = { ...new Page(world, "visitor").toCurrent("kept"), messageId: request.messageId };
    assert.equal((await stored(world.storage.append(stranger))).created, true);
  }),

  inWorld(
    "one message offered by two gateways under two producers at once is stored once",
    async (world, { other }) => {
      const visitor = new Page(world, "visitor");
      for (let round = 0; round < 10; round += 1) {
        const request = visitor.toCurrent(`round ${round}`);
        const offered = { ...request, producer: id(), ordinal: 1 };
        const answers = await Promise.all([world.storage.append(request), other.append(offered)]);
        const places = answers.map((answer) =>
          "seq" in answer ? `${answer.conversation} ${answer.seq}` : answer.outcome,
        );
        assert.equal(places[0], places[1]);
      }
      const [conversation] = await world.storage.visitorConversations(world.tenant, visitor.id, 10);
      assert.equal((await wholeLog(world, conversation?.id ?? "")).length, 10);
    },
  ),
];
