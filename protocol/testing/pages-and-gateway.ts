/** Pages with the real client before a model of a gateway, in virtual time; everything fresh for each test. */
import { beforeEach } from "vitest";
import type { Credential } from "../frames.ts";
import { createDatabase, type Database, type Gateway } from "./model-database.ts";
import { createGateway } from "./model-server.ts";
import { openPage, type TestPage, type TestPageOptions } from "./page.ts";
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";
import { createSharedDisk, type SharedDisk } from "./shared-disk.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import { createWire, type Wire } from "./wire.ts";

export let clock: VirtualClock;
export let random: SeededRandom;
export let database: Database;
export let gateway: Gateway;
export let wire: Wire;
export let disk: SharedDisk;

export function openGatewayBeforeEach(): void {
  beforeEach(() => {
    clock = createVirtualClock();
    random = createSeededRandom(7);
    database = createDatabase();
    gateway = createGateway(database, clock, random);
    wire = createWire(clock, (end) => gateway.connect(end));
    disk = createSharedDisk(clock);
  });
}

export const page = (more: Partial<TestPageOptions> = {}): TestPage =>
  openPage({ clock, random, wire, store: disk.page(), ...more });
export const started = (more: Partial<TestPageOptions> = {}): TestPage => {
  const opened = page(more);
  opened.client.start();
  clock.advance(100);
  return opened;
};
export const say = ({ client }: TestPage, text: string, address = "current"): string =>
  client.publish(address, { kind: "text", text });
/** Texts of what was sent, in order, as often as it was sent. */
export const published = (): string[] =>
  wire.upstream
    .filter((text) => text.includes('"publish"'))
    .map((text) => (JSON.parse(text) as { b: { x: string } }).b.x);
export const hellos = (): number => wire.upstream.filter((text) => text.includes('"hello"')).length;
export const agentCredential: Credential = { role: "agent", token: "agent-one" };
