import { beforeEach, describe, expect, it } from "vitest";
import type { Credential } from "./frames.ts";
import { createDatabase, createGateway, type Database, type Gateway } from "./testing/model-server.ts";
import { openPage, type TestPage, type TestPageOptions } from "./testing/page.ts";
import { createSeededRandom, type SeededRandom } from "./testing/seeded-random.ts";
import { createSharedDisk, type SharedDisk } from "./testing/shared-disk.ts";
import { createVirtualClock, type VirtualClock } from "./testing/virtual-clock.ts";
import { createWire, type Wire } from "./testing/wire.ts";

let clock: VirtualClock;
let random: SeededRandom;
let database: Database;
let gateway: Gateway;
let wire: Wire;
let disk: SharedDisk;

beforeEach(() => {
  clock = createVirtualClock();
  random = createSeededRandom(7);
  database = createDatabase();
  gateway = createGateway(database, clock, random);
  wire = createWire(clock, (end) => gateway.connect(end));
  disk = createSharedDisk(clock);
});

const page = (more: Partial<TestPageOptions> = {}): TestPage =>
  openPage({ clock, random, wire, store: disk.page(), ...more });
const started = (more: Partial<TestPageOptions> = {}): TestPage => {
  const opened = page(more);
  opened.client.start();
  clock.advance(100);
  return opened;
};
const say = ({ client }: TestPage, text: string, address = "current"): string =>
  client.publish(address, { kind: "text", text });
const agentCredential: Credential = { role: "agent", token: "agent-one" };

describe("publishing", () => {
  it("a message goes out, is acked and stands in the log once", () => {
    const one = started();
    say(one, "hello");
    expect(one.client.status().unsent).toBe(1);
    clock.advance(500);
    expect(database.texts()).toEqual(["hello"]);
    expect(one.shown()).toEqual(["hello"]);
    expect(one.client.status().unsent).toBe(0);
    expect(one.client.log("current")?.outbox).toEqual([]);
  });
  it("an agent and a visitor see each other", () => {
    const visitor = started();
    say(visitor, "hello");
    clock.advance(500);
    const log = visitor.client.log("current")?.log as string;
    const agent = started({ credential: agentCredential, scope: "agent/one", store: createSharedDisk(clock).page() });
    agent.client.open(log);
    clock.advance(500);
    expect(agent.shown()).toEqual(["hello"]);
    say(agent, "what can I do for you?", log);
    clock.advance(500);
    expect(visitor.shown()).toEqual(["hello", "what can I do for you?"]);
    expect(agent.shown()).toEqual(["hello", "what can I do for you?"]);
  });
});
