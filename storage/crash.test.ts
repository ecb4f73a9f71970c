import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startMariadb } from "../bin/test-servers/mariadb.ts";
import type { TestServer } from "../bin/test-servers/server-process.ts";
import { openStorage } from "./open-storage.ts";
import { type AppendRequest, type AppendResult, type Storage, StorageBusy, StorageUnavailable } from "./storage.ts";
import { freshDatabase, mariadbUrl } from "./test-databases.ts";
import { assertDense, createWorld, Page, wholeLog } from "./testing/world.ts";

const masterKey = new Uint8Array(32);
const retryPauseMs = 20;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-crash-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Acknowledged {
  readonly tenant: number;
  readonly conversation: string;
  readonly seq: number;
  readonly messageId: string;
}

test("kill -9 of the process that writes SQLite loses no acknowledged message", async () => {
  await killWriters(`sqlite:${join(folder, "beckon.db")}`);
});

test("kill -9 of the process that writes to MariaDB loses no acknowledged message", async () => {
  const database = await freshDatabase(await mariadbUrl());
  await killWriters(database.url);
  await database.drop();
});

async function killWriters(url: string): Promise<void> {
  await (await openStorage(url, { migrate: "always", masterKey })).close();
  const acknowledged: Acknowledged[] = [];
  for (let round = 1; round <= 3; round += 1) acknowledged.push(...(await appendUntilKilled(url, 150 * round)));
  const storage = await openStorage(url, { migrate: "never", masterKey });
  await expectAllThere(storage, acknowledged);
  await storage.close();
}

async function appendUntilKilled(url: string, messages: number): Promise<Acknowledged[]> {
  const script = join(import.meta.dirname, "testing/append-forever.ts");
  const child = spawn(process.execPath, [script, url, "16"], { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface(child.stdout)) {
    const [tenant, conversation = "", seq, messageId] = line.split(" ");
    // The last line may have been cut by the kill.
    if (messageId?.length === 22)
      acknowledged.push({ tenant: Number(tenant), conversation, seq: Number(seq), messageId });
    if (acknowledged.length >= messages) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return acknowledged;
}

/** Each where its ack said, logs dense, nothing twice. */
async function expectAllThere(storage: Storage, acknowledged: readonly Acknowledged[]): Promise<void> {
  const conversations = new Map(acknowledged.map((one) => [one.conversation, one.tenant]));
  const placeOf = new Map<string, string>();
  let rows = 0;
  for (const [conversation, tenant] of conversations) {
    const log = await wholeLog({ storage, tenant }, conversation);
    assertDense(log);
    const state = await storage.conversation(tenant, conversation);
    expect([state?.publicHead, (state?.visitorCount ?? 0) + (state?.agentCount ?? 0)]).toEqual([
      log.length,
      log.length,
    ]);
    for (const event of log) placeOf.set(event.id, `${conversation} ${event.seq}`);
    rows += log.length;
  }
  expect(placeOf.size).toBe(rows);
  const missing = acknowledged.filter((one) => placeOf.get(one.messageId) !== `${one.conversation} ${one.seq}`);
  expect(missing).toEqual([]);
}

test("kill -9 of the database during appends: nothing acknowledged is missing, nothing is doubled, all arrive after it is back", async () => {
  let server = await startMariadb(folder);
  const storage = await openStorage(await createDatabase(server), { migrate: "always", masterKey });
  const world = await createWorld(storage);
  const { conversation } = await new Page(world, "visitor").writes("begin");
  const acknowledged: Acknowledged[] = [];
  let unavailable = 0;
  let stopping = false;

  const sendUntilStopped = async (page: Page, toCurrent: boolean): Promise<void> => {
    for (let n = 0; !stopping; n += 1) {
      const text = { kind: "text", text: `${n}` } as const;
      const request = toCurrent ? page.toCurrent(text.text) : page.toLog(conversation, "public", text);
      const answer = await sendUntilAnswered(storage, request, () => (unavailable += 1));
      if (!("seq" in answer)) throw new Error(JSON.stringify(answer));
      acknowledged.push({
        tenant: world.tenant,
        conversation: answer.conversation,
        seq: answer.seq,
        messageId: request.messageId,
      });
    }
  };
  const senders = Promise.all(
    Array.from({ length: 32 }, (_, n) => sendUntilStopped(new Page(world, n % 2 ? "agent" : "visitor"), n % 2 === 0)),
  );
  for (let round = 1; round <= 3; round += 1) {
    const before = acknowledged.length;
    await until(() => acknowledged.length > before + 200);
    await server.stop();
    const refusals = unavailable;
    await until(() => unavailable > refusals + 32);
    server = await startMariadb(folder, Number(new URL(server.url).port));
  }
  const before = acknowledged.length;
  await until(() => acknowledged.length > before + 100);
  stopping = true;
  await senders;
  await expectAllThere(storage, acknowledged);
  // Everything was acknowledged in the end, so there is nothing more in the logs either.
  const total = storage.metrics().appended;
  expect(total).toBeGreaterThanOrEqual(acknowledged.length);
  await storage.close();
  await server.stop();
});

test("while the database is down every method says so, and storage recovers without being opened again", async () => {
  const server = await startMariadb(folder);
  const storage = await openStorage(await createDatabase(server), { migrate: "always", masterKey });
  const world = await createWorld(storage);
  const visitor = new Page(world, "visitor");
  const { conversation } = await visitor.writes("before");
  await server.stop();
  const request = visitor.toCurrent("during");
  await expect(storage.append(request)).rejects.toThrow(StorageUnavailable);
  await expect(storage.ping()).rejects.toThrow(StorageUnavailable);
  await expect(storage.readLog(world.tenant, conversation, "public", 1, 9, 9)).rejects.toThrow(StorageUnavailable);
  await expect(storage.saveVisits(world.tenant, [], [])).resolves.toBeUndefined();
  await expect(storage.createTenant("x")).rejects.toThrow(StorageUnavailable);
  const again = await startMariadb(folder, Number(new URL(server.url).port));
  await storage.ping();
  expect(await storage.append(request)).toMatchObject({ outcome: "stored", conversation, seq: 2 });
  await storage.close();
  await again.stop();
});

async function createDatabase(server: TestServer): Promise<string> {
  return (await freshDatabase(server.url)).url;
}

async function sendUntilAnswered(storage: Storage, request: AppendRequest, refused: () => void): Promise<AppendResult> {
  for (;;) {
    try {
      return await storage.append(request);
    } catch (error) {
      if (!(error instanceof StorageUnavailable || error instanceof StorageBusy)) throw error;
      refused();
      await sleep(retryPauseMs);
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}
