/** The promise of the write path: nothing lost, nothing doubled, order kept. */
import assert from "node:assert/strict";
import type { AppendRequest } from "../storage.ts";
import { StorageBusy } from "../storage.ts";
import {
  assertDense,
  createWorld,
  id,
  inWorld,
  Page,
  type StorageCase,
  someTime,
  stored,
  textsOf,
  wholeLog,
} from "./world.ts";

export const appendCases: readonly StorageCase[] = [
  inWorld("a visitor's first message begins a conversation", async (world) => {
    const visitor = new Page(world, "visitor");
    const request = visitor.toCurrent("Hello");
    const answer = await stored(world.storage.append(request));
    assert.equal(answer.created, true);
    assert.deepEqual([answer.log, answer.seq, answer.publicHead, answer.staffHead], ["public", 1, 1, 0]);
    assert.match(answer.epoch, /^[\w-]+\.[\w-]+$/);
    const event = {
      seq: 1,
      id: request.messageId,
      producer: request.producer,
      ordinal: 1,
      at: someTime,
      sender: { side: "visitor", id: visitor.id },
      body: { kind: "text", text: "Hello" },
      visitorCount: 1,
      agentCount: 0,
    };
    assert.deepEqual(answer.events, [{ log: "public", event }]);
    assert.deepEqual(await wholeLog(world, answer.conversation), [event]);
    assert.deepEqual(await world.storage.conversation(world.tenant, answer.conversation), answer.state);
    assert.equal(answer.state.status, "open");
    assert.equal(answer.state.visitor, visitor.id);
    assert.equal(answer.state.preview, "Hello");
  }),

  inWorld("concurrent appends to one conversation are dense and keep each sender's order", async (world) => {
    const { conversation } = await new Page(world, "visitor").writes("0");
    const agents = Array.from({ length: 20 }, () => new Page(world, "agent"));
    const requests = Array.from({ length: 15 }, (_, n) =>
      agents.map((agent) => agent.toLog(conversation, "public", { kind: "text", text: `${n}` })),
    ).flat();
    await Promise.all(requests.map((request) => stored(world.storage.append(request))));
    const log = await wholeLog(world, conversation);
    assert.equal(log.length, 301);
    assertDense(log);
    for (const agent of agents) {
      const own = log.filter((event) => event.producer === agent.producer);
      assert.deepEqual(
        own.map((event) => event.ordinal),
        own.map((_, index) => index + 1),
      );
    }
  }),

  inWorld(
    "two gateways append to one conversation at once: dense, nothing lost or doubled",
    async (world, { other }) => {
      const { conversation } = await new Page(world, "visitor").writes("begin");
      const pages = [new Page(world, "agent"), new Page(world, "agent"), new Page(world, "agent")];
      const storages = [world.storage, other];
      const work = pages.flatMap((page) =>
        Array.from({ length: 30 }, (_, n) => page.toLog(conversation, "public", { kind: "text", text: `${n}` })),
      );
      for (let from = 0; from < work.length; from += 6)
        await Promise.all(work.slice(from, from + 6).map((one) => storages[from % 2]?.append(one)));
      // Everything is offered once more, half of it by the other gateway at the same time.
      await Promise.all(work.map((one, n) => storages[n % 2]?.append(one)));
      const log = await wholeLog(world, conversation);
      assert.equal(log.length, 91);
      assertDense(log);
    },
  ),

  inWorld(
    "what another gateway stored meanwhile is found, though this one remembers the ordinal before it",
    async (world, { other }) => {
      const visitor = new Page(world, "visitor");
      const { conversation } = await visitor.writes("1");
      const [second, third, fourth] = [visitor.toCurrent("2"), visitor.toCurrent("3"), visitor.toCurrent("4")];
      await stored(other.append(second));
      const changed: AppendRequest = {
        ...second,
        events: [{ log: "public", body: { kind: "text", text: "changed" } }],
      };
      assert.deepEqual(await world.storage.append(changed), { outcome: "mismatch" });
      const neighbour = new Page(world, "agent").toLog(conversation, "public", { kind: "text", text: "neighbour" });
      const answers = await Promise.all([second, neighbour, third].map((request) => world.storage.append(request)));
      assert.deepEqual(
        answers.map(({ outcome }) => outcome),
        ["duplicate", "stored", "stored"],
      );
      assert.deepEqual(await other.append({ ...fourth, ordinal: 5 }), { outcome: "gap", expected: 4 });
      await stored(other.append(fourth));
      assert.deepEqual(textsOf(await wholeLog(world, conversation)), ["1", "2", "neighbour", "3", "4"]);
    },
  ),

  inWorld(
    "a message goes on from whatever another gateway did to its conversation meanwhile",
    async (world, { other }) => {
      const { storage, tenant } = world;
      const meanwhile: { [what: string]: (conversation: string, visitor: string) => Promise<unknown> } = {
        nothing: async () => undefined,
        "wrote to it": (conversation) =>
          other.append(
            new Page(world, "agent").toLog(conversation, "public", { kind: "text", text: "from the other" }),
          ),
        "wrote a note": (conversation) =>
          other.append(new Page(world, "agent").toLog(conversation, "staff", { kind: "note", text: "careful" })),
        "took it": (conversation) => {
          const agent = new Page(world, "agent");
          const body = { kind: "assigned", agent: agent.id, previous: null } as const;
          return other.append(agent.toLog(conversation, "staff", body, { change: { assignee: agent.id } }));
        },
        "closed it": (conversation) => {
          const body = { kind: "closed" } as const;
          const change = { status: "closed" } as const;
          return other.append(new Page(world, "agent").toLog(conversation, "public", body, { change }));
        },
        "read it": (conversation) =>
          other.saveReceipts(tenant, [{ conversation, log: "public", reader: id(), delivered: 2, read: 2 }]),
        "named its visitor": (_conversation, visitor) =>
          other.saveVisitor(tenant, world.site.site, visitor, { name: "Cleo" }, someTime),
        "linked its visitor": (_conversation, visitor) =>
          other.linkContact(tenant, world.site.site, visitor, { externalId: visitor, name: "Henrik" }, someTime),
      };
      for (const [what, happens] of Object.entries(meanwhile)) {
        const visitor = new Page(world, "visitor");
        const agent = new Page(world, "agent");
        const { conversation } = await visitor.writes("1");
        for (const round of [2, 3]) {
          await agent.says(conversation, `${round}`);
          await visitor.writes(`${round}`);
          // What this gateway does itself is known to it.
          const receipt = { conversation, log: "public" as const, reader: null, delivered: round, read: 1 };
          await storage.saveReceipts(tenant, [receipt]);
        }
        await happens(conversation, visitor.id);
        for (const round of [4, 5, 6]) {
          const { state } = await visitor.writes(`${round}`);
          assert.deepEqual(state, await other.conversation(tenant, conversation), what);
        }
        const log = await wholeLog(world, conversation);
        assertDense(log);
        const own = log.filter(({ producer }) => producer === visitor.producer || producer === agent.producer);
        assert.deepEqual(textsOf(own), ["1", "2", "2", "3", "3", "4", "5", "6"], what);
      }
    },
  ),

  inWorld("a later event of an append may be about somebody else", async (world) => {
    const { conversation } = await new Page(world, "visitor").writes("hello");
    const agent = new Page(world, "agent");
    const colleague = new Page(world, "agent");
    const events: AppendRequest["events"] = [
      { log: "staff", body: { kind: "assigned", agent: colleague.id, previous: null } },
      { log: "public", body: { kind: "joined" }, sender: { side: "agent", id: colleague.id } },
    ];
    const request = agent.toLog(
      conversation,
      "staff",
      { kind: "joined" },
      { events, change: { assignee: colleague.id } },
    );
    const { events: appended } = await stored(world.storage.append(request));
    assert.deepEqual(
      appended.map(({ event }) => event.sender.id),
      [agent.id, colleague.id],
    );
    assert.equal((await wholeLog(world, conversation)).at(-1)?.sender.id, colleague.id);
  }),

  inWorld("one append to both logs takes one ordinal and a seq in each", async (world) => {
    const { conversation } = await new Page(world, "visitor").writes("hello");
    const agent = new Page(world, "agent");
    const events: AppendRequest["events"] = [
      { log: "public", body: { kind: "joined" } },
      { log: "staff", body: { kind: "assigned", agent: agent.id, previous: null } },
    ];
    const request = agent.toLog(conversation, "public", { kind: "joined" }, { events, change: { assignee: agent.id } });
    const answer = await stored(world.storage.append(request));
    assert.deepEqual([answer.log, answer.seq, answer.publicHead, answer.staffHead], ["public", 2, 2, 1]);
    assert.deepEqual(
      answer.events.map(({ log, event }) => [log, event.seq, event.after]),
      [
        ["public", 2, undefined],
        ["staff", 1, 2],
      ],
    );
    assert.equal(answer.state.assignee, agent.id);
    assert.deepEqual(await world.storage.ordinals(world.tenant, request.address, [agent.producer], agent.id), [
      { producer: agent.producer, ordinal: 1 },
    ]);
    const [staff] = await wholeLog(world, conversation, "staff");
    assert.deepEqual(staff, answer.events[1]?.event);
    await stored(world.storage.append(agent.toLog(conversation, "public", { kind: "text", text: "next" })));
  }),

  inWorld("rows carry running counts of either side's messages", async (world) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const { conversation } = await visitor.writes("1");
    await agent.says(conversation, "2");
    await visitor.writes("3");
    await agent.closes(conversation);
    const counts = (await wholeLog(world, conversation)).map((event) => [event.visitorCount, event.agentCount]);
    assert.deepEqual(counts, [
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 1],
    ]);
    const state = await world.storage.conversation(world.tenant, conversation);
    assert.deepEqual([state?.visitorCount, state?.agentCount, state?.publicHead], [2, 1, 4]);
  }),

  inWorld("appends that arrive while a commit is in flight form one batch", async (world) => {
    const pages = Array.from({ length: 100 }, () => new Page(world, "visitor"));
    const before = world.storage.metrics();
    await Promise.all(pages.map((page) => page.writes("at once")));
    const after = world.storage.metrics();
    assert.equal(after.appended - before.appended, 100);
    assert.ok(after.batches - before.batches <= 2, `${after.batches - before.batches} batches`);
    const inBatchesOf = (le: number, metrics: typeof after) =>
      metrics.batchSizes.find((bucket) => bucket.le === le)?.count ?? 0;
    assert.equal(inBatchesOf(Number.POSITIVE_INFINITY, after), after.batches);
    assert.ok(after.statements > 0);
    assert.equal(after.queueDepth, 0);
  }),

  inWorld("a batch holds at most 256 rows and a megabyte", async (world) => {
    // One conversation: what goes to it is never in two batches at once.
    const { conversation } = await new Page(world, "visitor").writes("begin");
    const batchesFor = async (count: number, text: string) => {
      const before = world.storage.metrics().batches;
      const agents = Array.from({ length: count }, () => new Page(world, "agent"));
      await Promise.all(agents.map((agent) => agent.says(conversation, text)));
      return world.storage.metrics().batches - before;
    };
    assert.equal(await batchesFor(300, "small"), 2);
    assert.equal(await batchesFor(100, "x".repeat(8000)), 3);
  }),

  {
    name: "above the bounded queue an append is refused as busy, with a time to wait",
    run: async (place) => {
      const storage = await place.open({ maxQueuedAppends: 5 });
      const world = await createWorld(storage);
      const requests = Array.from({ length: 8 }, () => new Page(world, "visitor").toCurrent("at once"));
      const results = await Promise.allSettled(requests.map((request) => world.storage.append(request)));
      const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      assert.equal(refused.length, 3);
      for (const error of refused) {
        assert.ok(error instanceof StorageBusy);
        assert.ok(error.retryAfterMs > 0);
      }
      // Nothing of the refused ones was kept: offered again one by one, all arrive.
      for (const request of requests) assert.ok("seq" in (await world.storage.append(request)));
      await storage.close();
    },
  },

  inWorld("an append that the database refuses does not fail its neighbours", async (world) => {
    const pages = Array.from({ length: 7 }, () => new Page(world, "visitor"));
    const requests = pages.map((page) => page.toCurrent("fine"));
    const poisoned = requests[3];
    assert.ok(poisoned?.target.type === "current");
    poisoned.target.site = Number.NaN;
    const results = await Promise.allSettled(requests.map((request) => world.storage.append(request)));
    assert.deepEqual(
      results.map(({ status }) => status),
      requests.map((request) => (request === poisoned ? "rejected" : "fulfilled")),
    );
  }),

  inWorld("malformed appends are refused before they reach a batch", async (world) => {
    const good = new Page(world, "visitor").toCurrent("fine");
    const bad: Partial<AppendRequest>[] = [
      { producer: "" },
      { producer: "x".repeat(45) },
      { messageId: "ünïcode" },
      { address: "with space" },
      { ordinal: 0 },
      { ordinal: 1.5 },
      { at: Number.NaN },
      { events: [] },
      { sender: { side: "visitor", id: "'; DROP TABLE messages; --" } },
      { target: { type: "log", conversation: "no id!", log: "public" } },
    ];
    for (const change of bad) await assert.rejects(world.storage.append({ ...good, ...change }), RangeError);
    await stored(world.storage.append(good));
  }),

  inWorld("bodies come back exactly as they were", async (world) => {
    const visitor = new Page(world, "visitor");
    const texts = [
      "你好，世界 👋🏽",
      "quote ' \" ` \\ \\n % _ ; -- /* */ \u0000 nul",
      "lone \ud800 surrogate",
      "\u2028\u2029\ufeff  spaces  ",
      "😀".repeat(4000),
      "",
    ];
    let conversation = "";
    for (const text of texts) conversation = (await visitor.writes(text)).conversation;
    assert.deepEqual(textsOf(await wholeLog(world, conversation)), texts);
  }),
];
