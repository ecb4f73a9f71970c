/** The real client and the real core, with a bad network and a bad database between them: nothing lost, doubled or out of order. */
import { afterEach, describe, expect, test } from "vitest";
import type { Credential } from "../../protocol/frames.ts";
import { openPage, type TestPage } from "../../protocol/testing/page.ts";
import { createSeededRandom, type SeededRandom } from "../../protocol/testing/seeded-random.ts";
import { createSharedDisk } from "../../protocol/testing/shared-disk.ts";
import { createWire, type Wire } from "../../protocol/testing/wire.ts";
import type { CarrierEvents, Core } from "./core.ts";
import { StorageSwitch } from "./testing/faulty-storage.ts";
import { House, newId } from "./testing/house.ts";
import { settle } from "./testing/until.ts";

const messages = 30;
let house: House;
const storage = new StorageSwitch();
afterEach(async () => {
  storage.down = false;
  await house.close();
});

/** Any of the gateways, as behind a balancer. */
function wireTo(cores: readonly Core[], random: SeededRandom): Wire {
  return createWire(house.clock, (end) => {
    const socket = {
      send: (text: string) => {
        end.send(text);
        return "sent" as const;
      },
      close: (code: number, reason: string) => end.close(code, reason),
      terminate: () => end.close(1006, ""),
      bufferedBytes: () => 0,
    };
    const info = {
      carrier: "websocket",
      ipAddress: "192.0.2.1",
      userAgent: "Firefox",
      origin: "",
      acceptLanguage: "",
    } as const;
    const events: CarrierEvents = random.pick(cores).connect(socket, info);
    return { message: (text) => events.message(text), closed: () => events.closed(1006, "") };
  });
}

function page(wire: Wire, credential: Credential, scope: string): TestPage {
  const { clock } = house;
  const random = { id: newId, fraction: () => 0.5 };
  const opened = openPage({ clock, random, wire, store: createSharedDisk(clock).page(), scope, credential });
  opened.client.start();
  return opened;
}

/** A token lives for a minute: a new one is bought before each hello. */
function agentCredential(): Credential {
  return {
    role: "agent",
    get token() {
      return house.core.agentToken(house.agent).token;
    },
  };
}

/** Time passes, and whatever is under way gets its turn. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    house.clock.advance(500);
    await settle();
  }
}

describe.each([1, 2, 3])("seed %i", (seed) => {
  test("all messages arrive once and in order at both sides", async () => {
    house = await House.open({}, storage.wrap);
    const random = createSeededRandom(seed);
    const cores = [house.core, await house.addGateway({ gatewayName: "two" })];
    const visitorWire = wireTo(cores, random);
    const agentWire = wireTo(cores, random);
    const { key: site } = house.site;
    const visitor = page(visitorWire, { role: "visitor", site, secret: "visitorvisitorvisitorA" }, "v");
    const agent = page(agentWire, agentCredential(), "a");
    await pass(1000);
    visitor.client.publish("current", { kind: "text", text: "v0" });
    await pass(2000);
    const log = visitor.client.log("current")?.log ?? "";
    expect(log).not.toBe("");
    agent.client.open(log);
    await pass(1000);
    for (let index = 1; index < messages; index += 1) {
      visitor.client.publish("current", { kind: "text", text: `v${index}` });
      agent.client.publish(log, { kind: "text", text: `a${index}` });
      const wire = random.pick([visitorWire, agentWire]);
      if (random.chance(0.2)) wire.cut();
      if (random.chance(0.1)) wire.deafen(random.pick(["up", "down", "both"]));
      if (random.chance(0.1)) storage.down = !storage.down;
      await pass(500 + random.below(1500));
    }
    storage.down = false;
    await pass(120_000);

    const stored = await house.storage.readLog(house.tenant, log.split("/")[0] ?? "", "public", 1, 200, 200);
    const texts = stored.flatMap(({ body }) => (body.kind === "text" ? [body.text] : []));
    for (const side of ["v", "a"]) {
      const own = texts.filter((text) => text.startsWith(side));
      const from = side === "v" ? 0 : 1;
      expect(own).toEqual(Array.from({ length: messages - from }, (_, index) => `${side}${index + from}`));
    }
    expect(visitor.shown()).toEqual(texts);
    expect(agent.shown()).toEqual(texts);
    expect([visitor.client.status().unsent, agent.client.status().unsent]).toEqual([0, 0]);
  });
});
