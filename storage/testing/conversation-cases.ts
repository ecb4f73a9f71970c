/** From addresses to conversations: current, invitations, reopening, claims, edits. */
import assert from "node:assert/strict";
import type { AppendRequest } from "../storage.ts";
import {
  assertDense,
  dayMs,
  id,
  inWorld,
  Page,
  type StorageCase,
  type Stored,
  someTime,
  stored,
  textsOf,
  type World,
  wholeLog,
} from "./world.ts";

export const conversationCases: readonly StorageCase[] = [
  inWorld("two tabs of one visitor that come back at once end in one conversation", async (world, { other }) => {
    for (let round = 0; round < 5; round += 1) {
      const one = new Page(world, "visitor");
      const two = new Page(world, "visitor", one.id);
      const answers = await Promise.all([
        stored(world.storage.append(one.toCurrent("from one"))),
        stored(other.append(two.toCurrent("from two"))),
      ]);
      assert.equal(new Set(answers.map(({ conversation }) => conversation)).size, 1);
      assertDense(await wholeLog(world, answers[0].conversation));
    }
  }),

  inWorld("what a restore took away is made again under its id, beside what is open", async (world) => {
    const page = new Page(world, "visitor");
    const again = (text: string, conversation: string): Promise<Stored> => {
      const request = page.toCurrent(text);
      const target = { ...request.target, newConversation: conversation, again: true } as AppendRequest["target"];
      return stored(world.storage.append({ ...request, target }));
    };
    const [older, newer] = [id(), id()];
    const answers = [await again("one", older), await again("two", newer), await again("three", older)];
    assert.deepEqual(
      answers.map(({ conversation }) => conversation),
      [older, newer, older],
    );
    assert.equal((await page.writes("four")).conversation, newer);
    const stranger = new Page(world, "visitor");
    const request = stranger.toCurrent("mine");
    const target = { ...request.target, newConversation: older, again: true } as AppendRequest["target"];
    assert.notEqual((await stored(world.storage.append({ ...request, target }))).conversation, older);
    await page.closes(older);
    assert.equal((await again("five", older)).conversation, newer);
  }),

  inWorld("two devices of one contact end in one conversation", async (world, { other }) => {
    const [one, two] = [new Page(world, "visitor"), new Page(world, "visitor")];
    for (const page of [one, two])
      await world.storage.linkContact(world.tenant, world.site.site, page.id, { externalId: "customer 7" }, someTime);
    const answers = await Promise.all([
      stored(world.storage.append(one.toCurrent("from the phone"))),
      stored(other.append(two.toCurrent("from the desk"))),
    ]);
    assert.equal(answers[0].conversation, answers[1].conversation);
    const threads = await Promise.all([one, two].map((page) => world.storage.thread(world.tenant, page.id, 10)));
    assert.deepEqual(threads[0]?.conversations, threads[1]?.conversations);
    assert.equal(threads[0]?.conversations[0]?.verified, true);
  }),

  inWorld("linking keeps the visitor's open conversation as the contact's current one", async (world) => {
    const [one, two] = [new Page(world, "visitor"), new Page(world, "visitor")];
    const before = await one.writes("before I signed in");
    const identity = { externalId: "customer 8", name: "Ann", email: "ann@example.org" };
    const linked = await world.storage.linkContact(world.tenant, world.site.site, one.id, identity, someTime);
    assert.equal(linked.outcome, "linked");
    await world.storage.linkContact(world.tenant, world.site.site, two.id, identity, someTime);
    assert.equal((await two.writes("from another device")).conversation, before.conversation);
    const state = await world.storage.conversation(world.tenant, before.conversation);
    assert.deepEqual([state?.name, state?.email, state?.verified], ["Ann", "ann@example.org", true]);
  }),

  inWorld(
    "a linked visitor that is not stored has the person's row, until it is stored itself",
    async (world, { other }) => {
      const { tenant, site, storage } = world;
      const [desk, phone] = [new Page(world, "visitor"), new Page(world, "visitor")];
      const identity = { externalId: "customer 9", name: "Ann" };
      const link = (by: typeof storage, visitor: string, unstored?: "person") =>
        by.linkContact(tenant, site.site, visitor, identity, someTime, unstored);
      const [first, second] = await Promise.all([link(storage, desk.id, "person"), link(other, phone.id, "person")]);
      assert.deepEqual(first, second);
      assert.ok(first.outcome === "linked");
      assert.equal(first.visitor, first.contact);
      for (const { id } of [desk, phone]) assert.equal(await storage.visitor(tenant, id), null);
      const person = await storage.visitor(tenant, first.visitor);
      assert.deepEqual([person?.externalId, person?.name, person?.verified], ["customer 9", "Ann", true]);
      // A first message under the own id.
      assert.deepEqual(await link(storage, desk.id), { ...first, visitor: desk.id });
      const { conversation } = await desk.writes("from the desk");
      const threads = [await storage.thread(tenant, first.visitor, 10), await storage.thread(tenant, desk.id, 10)];
      for (const thread of threads)
        assert.deepEqual(
          thread.conversations.map(({ id }) => id),
          [conversation],
        );
      // What is stored stays what it is.
      assert.deepEqual(await link(other, desk.id, "person"), { ...first, visitor: desk.id });
    },
  ),

  inWorld("a visitor is never moved from one contact to another", async (world) => {
    const { tenant, site, storage } = world;
    const visitor = new Page(world, "visitor");
    await storage.linkContact(tenant, site.site, visitor.id, { externalId: "a" }, someTime);
    const again = await storage.linkContact(tenant, site.site, visitor.id, { externalId: "b" }, someTime);
    assert.deepEqual(again, { outcome: "conflict" });
    assert.equal((await storage.visitor(tenant, visitor.id))?.externalId, "a");
    // Ids are compared exactly.
    const other = new Page(world, "visitor");
    const spaced = await storage.linkContact(tenant, site.site, other.id, { externalId: "a " }, someTime);
    assert.notEqual(
      spaced.outcome === "linked" && spaced.contact,
      (await storage.visitor(tenant, visitor.id))?.contact,
    );
  }),

  inWorld("writing to a closed conversation reopens it within the limit, and begins a new one after", async (world) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const { conversation } = await visitor.writes("hello");
    await agent.closes(conversation, someTime);
    const soon = await visitor.writes("one more thing", { at: someTime + 7 * dayMs - 1 });
    assert.equal(soon.conversation, conversation);
    assert.equal(soon.created, false);
    assert.deepEqual(
      soon.events.map(({ event }) => [event.seq, event.body.kind, event.sender.side]),
      [
        [3, "reopened", "system"],
        [4, "text", "visitor"],
      ],
    );
    assert.equal(soon.seq, 4);
    assert.deepEqual([soon.state.status, soon.state.closedAt], ["open", null]);
    await agent.closes(conversation, someTime);
    const late = await visitor.writes("a week later", { at: someTime + 7 * dayMs });
    assert.notEqual(late.conversation, conversation);
    assert.equal(late.created, true);
    const thread = await world.storage.thread(world.tenant, visitor.id, 10);
    assert.deepEqual(
      thread.conversations.map((one) => one.id),
      [late.conversation, conversation],
    );
  }),

  inWorld("a conversation that an agent opens again is the visitor's current one", async (world) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const { conversation } = await visitor.writes("hello");
    await agent.closes(conversation, someTime - 30 * dayMs);
    const request = agent.toLog(conversation, "public", { kind: "reopened" }, { change: { status: "open" } });
    assert.equal((await stored(world.storage.append(request))).state.status, "open");
    assert.equal((await visitor.writes("still there?")).conversation, conversation);
  }),

  inWorld("an agent's first message to a visit is an invitation, and not in the inbox", async (world) => {
    const [agent, colleague] = [new Page(world, "agent"), new Page(world, "agent")];
    const visit = id();
    const invited = await agent.invites(visit, "May I help?");
    assert.equal(invited.created, true);
    assert.deepEqual(
      [invited.state.status, invited.state.invitation, invited.state.visit, invited.state.visitor],
      ["invited", "sent", visit, null],
    );
    assert.deepEqual(await world.storage.inbox(world.tenant, 10), []);
    const second = await colleague.invites(visit, "Or I?");
    assert.deepEqual([second.conversation, second.seq, second.created], [invited.conversation, 2, false]);
  }),

  inWorld("two agents who invite the same visit at once write into one conversation", async (world, { other }) => {
    for (let round = 0; round < 5; round += 1) {
      const visit = id();
      const [one, two] = await Promise.all([
        stored(world.storage.append(new Page(world, "agent").toVisit(visit, "one"))),
        stored(other.append(new Page(world, "agent").toVisit(visit, "two"))),
      ]);
      assert.equal(one.conversation, two.conversation);
      assert.deepEqual([one.seq, two.seq].sort(), [1, 2]);
    }
  }),

  inWorld(
    "the first to answer an invitation becomes its visitor, later ones get their own conversation",
    async (world, { other }) => {
      const { conversation } = await new Page(world, "agent").invites(id(), "May I help?");
      const pages = [new Page(world, "visitor"), new Page(world, "visitor")];
      const answers = await Promise.all([
        stored(world.storage.append(pages[0]?.toCurrent("yes", {}, conversation) as never)),
        stored(other.append(pages[1]?.toCurrent("me too", {}, conversation) as never)),
      ]);
      const winners = answers.filter((answer) => answer.conversation === conversation);
      assert.equal(winners.length, 1);
      assert.deepEqual([winners[0]?.state.status, winners[0]?.state.invitation], ["open", "answered"]);
      assert.equal(answers.filter((answer) => answer.created).length, 1);
      for (const [index, page] of pages.entries())
        assert.equal((await page.writes("and then")).conversation, answers[index]?.conversation);
    },
  ),

  inWorld("who has an open conversation already answers an invitation there", async (world) => {
    const visitor = new Page(world, "visitor");
    const own = await visitor.writes("hello");
    const invited = await new Page(world, "agent").invites(id(), "May I help?");
    const answer = await visitor.writes("yes", {}, invited.conversation);
    assert.equal(answer.conversation, own.conversation);
    const state = await world.storage.conversation(world.tenant, invited.conversation);
    assert.deepEqual([state?.status, state?.visitor], ["invited", null]);
  }),

  inWorld("an invitation to a known visitor is nobody else's to answer", async (world) => {
    const [known, other] = [new Page(world, "visitor"), new Page(world, "visitor")];
    const old = await known.writes("long ago", { at: someTime - 60 * dayMs });
    await new Page(world, "agent").closes(old.conversation, someTime - 60 * dayMs);
    const invited = await new Page(world, "agent").invites(id(), "Welcome back", known.id);
    assert.deepEqual([invited.state.status, invited.state.visitor], ["invited", known.id]);
    assert.notEqual((await other.writes("mine", {}, invited.conversation)).conversation, invited.conversation);
    assert.equal((await known.writes("thanks", {}, invited.conversation)).conversation, invited.conversation);
  }),

  inWorld("an agent's message to the visit of a known visitor goes into their conversation", async (world) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const own = await visitor.writes("hello");
    const first = await agent.invites(id(), "I saw your message", visitor.id);
    assert.deepEqual(
      [first.conversation, first.state.status, first.state.invitation],
      [own.conversation, "open", null],
    );
    await agent.closes(own.conversation, someTime - dayMs);
    const later = await agent.invites(id(), "One more thing", visitor.id);
    assert.equal(later.conversation, own.conversation);
    assert.deepEqual(
      later.events.map(({ event }) => event.body.kind),
      ["reopened", "text"],
    );
  }),

  inWorld("the state of an invitation only goes forward", async (world) => {
    const { storage, tenant } = world;
    const { conversation } = await new Page(world, "agent").invites(id(), "May I help?");
    const stateAfter = async (state: "delivered" | "seen" | "dismissed" | "missed") => {
      await storage.saveInvitationState(tenant, conversation, state);
      return (await storage.conversation(tenant, conversation))?.invitation;
    };
    assert.equal(await stateAfter("delivered"), "delivered");
    assert.equal(await stateAfter("seen"), "seen");
    assert.equal(await stateAfter("delivered"), "seen");
    await new Page(world, "visitor").writes("yes", {}, conversation);
    assert.equal(await stateAfter("missed"), "answered");
  }),

  inWorld("exactly one of many agents wins a claim, the others are told who", async (world, { other }) => {
    const { conversation } = await new Page(world, "visitor").writes("anybody?");
    const agents = Array.from({ length: 8 }, () => new Page(world, "agent"));
    const claims = agents.map((agent) =>
      agent.toLog(
        conversation,
        "public",
        { kind: "joined" },
        {
          expect: { assignee: null, status: "open" },
          change: { assignee: agent.id },
        },
      ),
    );
    const answers = await Promise.all(claims.map((claim, n) => (n % 2 ? other : world.storage).append(claim)));
    const winner = agents[answers.findIndex(({ outcome }) => outcome === "stored")];
    assert.equal(answers.filter(({ outcome }) => outcome === "stored").length, 1);
    const lost = { outcome: "refused", code: "taken", by: winner?.id };
    for (const answer of answers) if (answer.outcome !== "stored") assert.deepEqual(answer, lost);
    // Asked again, they are told the same.
    for (const [n, claim] of claims.entries()) {
      const again = await world.storage.append(claim);
      if (agents[n] === winner) assert.equal(again.outcome, "duplicate");
      else assert.deepEqual(again, lost);
    }
    assert.equal((await world.storage.conversation(world.tenant, conversation))?.assignee, winner?.id);
    assert.equal((await wholeLog(world, conversation)).length, 2);
  }),

  inWorld("what is expected of the conversation is checked under its lock", async (world) => {
    const agent = new Page(world, "agent");
    const { conversation } = await new Page(world, "visitor").writes("hello");
    const take = { expect: { assignee: agent.id }, change: { assignee: agent.id } };
    await agent.says(conversation, "mine", take);
    await agent.says(conversation, "still mine", take);
    await agent.closes(conversation);
    const text = { kind: "text", text: "too late" } as const;
    const late = agent.toLog(conversation, "public", text, { expect: { status: "open" } });
    assert.deepEqual(await world.storage.append(late), { outcome: "refused", code: "closed" });
    // The ordinal is consumed.
    await agent.says(conversation, "after all");
  }),

  inWorld("a log that does not exist is a final refusal", async (world) => {
    const agent = new Page(world, "agent");
    const request = agent.toLog(id(), "public", { kind: "text", text: "hello?" });
    assert.deepEqual(await world.storage.append(request), { outcome: "refused", code: "not-found" });
  }),

  inWorld("waiting begins with the first unanswered message and ends with an agent's text", async (world) => {
    const visitor = new Page(world, "visitor");
    const agent = new Page(world, "agent");
    const waiting = async (answer: { state: { waitingSince: number | null } }) => answer.state.waitingSince;
    const first = await visitor.writes("1", { at: someTime });
    assert.equal(await waiting(first), someTime);
    assert.equal(await waiting(await visitor.writes("2", { at: someTime + 5 })), someTime);
    const taken = agent.toLog(first.conversation, "public", { kind: "joined" }, { change: { assignee: agent.id } });
    assert.equal(await waiting(await stored(world.storage.append(taken))), someTime);
    assert.equal(await waiting(await agent.says(first.conversation, "3")), null);
    assert.equal(await waiting(await visitor.writes("4", { at: someTime + 9 })), someTime + 9);
    assert.equal(await waiting(await agent.closes(first.conversation)), null);
  }),

  inWorld("an edit takes a seq and changes the row that it names", async (world) => {
    const { conversation, visitor } = await twoTexts(world);
    const edit = visitor.toLog(conversation, "public", { kind: "edit", target: 2, text: "two, better" });
    const answer = await stored(world.storage.append({ ...edit, at: someTime + 5 }));
    assert.deepEqual([answer.seq, answer.state.preview], [3, "two, better"]);
    assert.deepEqual(answer.events[0]?.event.body, { kind: "edit", target: 2, text: "two, better" });
    const log = await wholeLog(world, conversation);
    assert.deepEqual(log[1]?.body, { kind: "text", text: "two, better" });
    assert.deepEqual([log[1]?.editedAt, log[0]?.editedAt], [someTime + 5, undefined]);
    assert.deepEqual(log[2]?.body, { kind: "edit", target: 2, text: "two, better" });
    assert.equal((await world.storage.append({ ...edit, at: someTime + 9 })).outcome, "duplicate");
  }),

  inWorld("a deleted text is nowhere in the log any more, also not in its edits", async (world) => {
    const { conversation, visitor } = await twoTexts(world);
    const bodies = [
      { kind: "edit", target: 2, text: "secret" },
      { kind: "delete", target: 2 },
    ] as const;
    const requests = bodies.map((body) => visitor.toLog(conversation, "public", body));
    await Promise.all(requests.map((request) => stored(world.storage.append(request))));
    const log = await wholeLog(world, conversation);
    assert.deepEqual(log[1]?.body, { kind: "text", text: "" });
    assert.equal(log[1]?.deletedAt, someTime);
    assert.ok(!JSON.stringify(log).includes("secret"));
    const state = await world.storage.conversation(world.tenant, conversation);
    assert.deepEqual([state?.preview, state?.visitorCount, state?.publicHead], ["", 2, 4]);
    const again = visitor.toLog(conversation, "public", { kind: "edit", target: 2, text: "back" });
    assert.deepEqual(await world.storage.append(again), { outcome: "refused", code: "not-found" });
  }),

  inWorld("nobody edits what the other side wrote, or what is not a text", async (world) => {
    const { conversation } = await twoTexts(world);
    const agent = new Page(world, "agent");
    await agent.closes(conversation);
    const outcomes = [];
    for (const target of [1, 3, 99, 0])
      outcomes.push(
        await world.storage.append(agent.toLog(conversation, "public", { kind: "edit", target, text: "changed" })),
      );
    assert.deepEqual(
      outcomes.map((outcome) => "code" in outcome && outcome.code),
      ["forbidden", "not-found", "not-found", "not-found"],
    );
    assert.deepEqual(textsOf(await wholeLog(world, conversation)), ["one", "two"]);
  }),
];

async function twoTexts(world: World): Promise<{ visitor: Page; conversation: string }> {
  const visitor = new Page(world, "visitor");
  await visitor.writes("one");
  const { conversation } = await visitor.writes("two");
  return { visitor, conversation };
}
