/** What a batch does when the database fails in the worst moments; the failures are put between storage and a real SQLite. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Dialect } from "./dialects/dialect.ts";
import { openSqlite } from "./dialects/sqlite.ts";
import { openStorageOver } from "./open-storage.ts";
import { type Storage, StorageBusy, StorageUnavailable } from "./storage.ts";
import { assertDense, createWorld, Page, stored, type World, wholeLog } from "./testing/world.ts";

class Trouble extends Error {
  readonly failure: "conflict" | "lost";
  constructor(failure: "conflict" | "lost") {
    super(failure);
    this.failure = failure;
  }
}

/** What happens to the next transactions, in order; then all is well. */
let troubles: { failure: "conflict" | "lost"; when: "before" | "after" }[];
let transactions: number;
let storage: Storage;
let world: World;

beforeEach(async () => {
  troubles = [];
  transactions = 0;
  storage = await openStorageOver(troubled(openSqlite({ path: ":memory:" })), {
    migrate: "always",
    masterKey: new Uint8Array(32),
  });
  world = await createWorld(storage);
});
afterEach(() => storage.close());

function troubled(dialect: Dialect): Dialect {
  return {
    ...dialect,
    failure: (error) => (error instanceof Trouble ? error.failure : dialect.failure(error)),
    transaction: async (pool, work) => {
      transactions += 1;
      const trouble = troubles.shift();
      const result = await dialect.transaction(pool, async (connection) => {
        const done = await work(connection);
        if (trouble?.when === "before") throw new Trouble(trouble.failure);
        return done;
      });
      if (trouble?.when === "after") throw new Trouble(trouble.failure);
      return result;
    },
  };
}

async function appendMany(upcoming: typeof troubles): Promise<{ outcomes: string[]; rows: number }> {
  const { conversation } = await new Page(world, "visitor").writes("begin");
  const agents = Array.from({ length: 20 }, () => new Page(world, "agent"));
  const requests = agents.map((agent) => agent.toLog(conversation, "public", { kind: "text", text: "once" }));
  const before = transactions;
  troubles = [...upcoming];
  const answers = await Promise.all(requests.map((request) => storage.append(request)));
  expect(transactions - before).toBe(upcoming.length + 1);
  const log = await wholeLog(world, conversation);
  assertDense(log);
  return { outcomes: [...new Set(answers.map(({ outcome }) => outcome))], rows: log.length - 1 };
}

test("a batch that the database gives up is run again as a whole", async () => {
  const conflict = { failure: "conflict", when: "before" } as const;
  expect(await appendMany([conflict, conflict, conflict])).toEqual({ outcomes: ["stored"], rows: 20 });
});

test("a connection that is lost before the commit: the batch is run again and stored", async () => {
  expect(await appendMany([{ failure: "lost", when: "before" }])).toEqual({ outcomes: ["stored"], rows: 20 });
});

test("a connection that is lost after the commit: the ordinals find what was stored, nothing is doubled", async () => {
  expect(await appendMany([{ failure: "lost", when: "after" }])).toEqual({ outcomes: ["duplicate"], rows: 20 });
});

test("a database that stays away is told to every sender of the batch, and a resend settles it", async () => {
  const requests = [new Page(world, "visitor"), new Page(world, "visitor")].map((page) => page.toCurrent("hello"));
  troubles = [
    { failure: "lost", when: "before" },
    { failure: "lost", when: "after" },
  ];
  const results = await Promise.allSettled(requests.map((request) => storage.append(request)));
  for (const result of results) expect(result).toMatchObject({ reason: expect.any(StorageUnavailable) });
  for (const request of requests) expect(await storage.append(request)).toMatchObject({ outcome: "duplicate", seq: 1 });
});

test("a batch that is given up for ever ends as busy", async () => {
  troubles = Array.from({ length: 30 }, () => ({ failure: "conflict", when: "before" }));
  const request = new Page(world, "visitor").toCurrent("hello");
  await expect(storage.append(request)).rejects.toThrow(StorageBusy);
  troubles = [];
  await stored(storage.append(request));
});

test("closing waits for what is queued, and refuses what comes after", async () => {
  const waiting = Array.from({ length: 300 }, () => new Page(world, "visitor").writes("last words"));
  const closed = storage.close();
  const late = storage.append(new Page(world, "visitor").toCurrent("too late"));
  await expect(late).rejects.toThrow(StorageUnavailable);
  await closed;
  expect(await Promise.all(waiting)).toHaveLength(300);
});
