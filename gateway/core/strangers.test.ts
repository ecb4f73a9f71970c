/**
 * Whoever is of another tenant, site, conversation or department gets nothing, and changes nothing. The frames are taken from the
 * code: a new one without a line in `attempts` fails.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientFrameShapes } from "../../protocol/client-frame-shapes.ts";
import type { ClientFrame } from "../../protocol/client-frames.ts";
import type { LogPosition } from "../../protocol/frames.ts";
import type { SiteRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";
import { handlers } from "./handlers/table.ts";
import { House, newId, type TestAgent, type TestVisitor } from "./testing/house.ts";
import { settle, until } from "./testing/until.ts";

const secrets = ["secret-text", "secret-note", "secret-page", "secret-name", "secret-attribute"];

type Stranger = TestVisitor | TestAgent;

/** Tries to get at what belongs to the victim. */
type Attempt = (stranger: Stranger, victim: Victim) => unknown;

interface Victim {
  readonly visitor: TestVisitor;
  readonly agent: TestAgent;
  readonly conversation: string;
  readonly epoch: string;
  readonly visit: string;
  readonly invitation: string;
}

const position = (address: string, epoch = ""): LogPosition => ({ address, epoch, seen: 1, delivered: 0, read: 0 });
const logs = (victim: Victim): string[] => [`${victim.conversation}/public`, `${victim.conversation}/staff`];

const attempts: { readonly [kind in ClientFrame["kind"]]: Attempt } = {
  hello: (stranger, victim) => {
    stranger.dial();
    const positions = logs(victim).map((log) => position(log, victim.epoch));
    const outgoing = [{ address: positions[0]?.address ?? "", first: 1, last: 3 }];
    const producers = [{ producer: victim.visitor.producer, incarnation: 9_999_999, nonce: newId(), outgoing }];
    stranger.say(stranger.hello({ positions: [position("current"), ...positions], producers }));
  },
  publish: async (stranger, victim) => {
    for (const address of [...logs(victim), "current", `visit:${victim.visit}`]) {
      for (const body of [
        { kind: "text", text: "hello" },
        { kind: "note", text: "hello" },
        { kind: "edit", target: 1, text: "changed" },
        { kind: "delete", target: 1 },
        { kind: "take" },
        { kind: "assign", agent: stranger.house.agent.id },
        { kind: "close" },
        { kind: "reopen" },
      ] as const) {
        house.clock.advance(1000); // within the rate
        const own = address === "current" && body.kind === "text" && "secret" in stranger;
        if (!own) expect(await stranger.publishes(address, body)).toMatchObject({ kind: "refuse", final: true });
      }
    }
    const { producer } = victim.visitor;
    expect(await stranger.publishes("current", { kind: "text", text: "x" }, { producer, ordinal: 2 })).toMatchObject({
      kind: "refuse",
      code: "fenced",
    });
  },
  subscribe: (stranger, victim) => {
    for (const log of logs(victim)) stranger.say({ kind: "subscribe", position: position(log, victim.epoch) });
  },
  unsubscribe: (stranger, victim) => stranger.say({ kind: "unsubscribe", log: logs(victim)[0] ?? "" }),
  fetch: (stranger, victim) => {
    for (const log of logs(victim)) {
      stranger.say({ kind: "fetch", request: 1, log, epoch: victim.epoch, from: 1, to: 10 });
    }
  },
  receipt: (stranger, victim) => {
    const positions = logs(victim).map((log) => ({ log, epoch: victim.epoch, delivered: 1, read: 1 }));
    stranger.say({ kind: "receipt", positions });
  },
  typing: (stranger, victim) => {
    for (const address of [...logs(victim), "current"]) {
      stranger.say({ kind: "typing", address, active: true, text: "peeping" });
    }
  },
  page: (stranger) => stranger.say({ kind: "page", page: { url: "https://shop.example/", title: "", referrer: "" } }),
  set: (stranger) => stranger.say({ kind: "set", attributes: { cart: "stolen" } }),
  event: (stranger) => stranger.say({ kind: "event", name: "order", properties: {} }),
  identify: (stranger) => stranger.say({ kind: "identify", identity: { id: "victim-1", signature: "0".repeat(64) } }),
  "invitation-state": (stranger, victim) =>
    stranger.say({ kind: "invitation-state", invitation: victim.invitation, state: "dismissed" }),
  watch: (stranger, victim) => {
    for (const view of ["visitors", "inbox", "team", `visit:${victim.visit}`]) stranger.say({ kind: "watch", view });
  },
  unwatch: (stranger) => stranger.say({ kind: "unwatch", view: "inbox" }),
  status: (stranger) => stranger.say({ kind: "status", available: false }),
  heartbeat: (stranger) => stranger.say({ kind: "heartbeat", nonce: 1, visible: true }),
  bye: (stranger) => stranger.say({ kind: "bye" }),
};

/** The departments of sites, which only a migration can set so far. */
const departments = new Map<string, number>();
function withDepartments(storage: Storage): Storage {
  const place = (site: SiteRecord): SiteRecord => ({ ...site, department: departments.get(site.key) ?? null });
  return new Proxy(storage, {
    get(target, name) {
      if (name === "sites") return async (tenant: number | null) => (await target.sites(tenant)).map(place);
      const value = target[name as keyof Storage];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

let house: House;
let victim: Victim;

beforeEach(async () => {
  house = await House.open({}, withDepartments);
  departments.set(house.site.key, 1);
  await house.core.siteChanged(house.tenant);
  victim = await openVictim();
});
afterEach(() => house.close());

async function openVictim(): Promise<Victim> {
  const visitor = house.visitor();
  visitor.url = "https://shop.example/secret-page";
  visitor.attributes = { plan: "secret-attribute" };
  await visitor.arrives({ identity: { id: "victim-1", name: "secret-name" } });
  const ack = await visitor.writes("current", "secret-text");
  const conversation = ack.log.split("/")[0] ?? "";
  const agent = await house.agentAt().arrives();
  await agent.publishes(`${conversation}/staff`, { kind: "note", text: "secret-note" });
  agent.say({ kind: "watch", view: "visitors" });
  const rows = (await agent.socket.receives("snapshot")).rows;
  const invited = await house.visitor().arrives();
  house.clock.advance(1000);
  const found = await until(() =>
    agent.socket
      .of("difference")
      .flatMap((frame) => frame.upserts)
      .find((row) => row.key !== rows[0]?.key),
  );
  await agent.writes(`visit:${found.key}`, "secret-text in an invitation");
  const { invitation } = await invited.socket.receives("invitation");
  // Who invites has the conversation, a moment later.
  await settle();
  return { visitor, agent, conversation, epoch: ack.epoch, visit: rows[0]?.key ?? "", invitation };
}

const strangers: { readonly [who: string]: () => Promise<Stranger> } = {
  "an agent of another tenant": async () => {
    const other = await house.addTenant("Other");
    await house.core.agentChanged(other.tenant, other.agent.id);
    return house.agentAt(other.agent).arrives();
  },
  "an agent of another department": async () => {
    const agent = await house.addAgent(house.tenant, "agent", [2]);
    await house.core.agentChanged(house.tenant, agent.id);
    return house.agentAt(agent).arrives();
  },
  "a visitor of another tenant": async () => {
    const other = await house.addTenant("Other");
    await house.core.siteChanged(other.tenant);
    return house.visitor({ site: other.site }).arrives();
  },
  "a visitor of another site": async () => {
    const site = await house.addSite(house.tenant, "Second shop");
    await house.core.siteChanged(house.tenant);
    return house.visitor({ site }).arrives();
  },
  "another visitor of the same site": () => house.visitor().arrives(),
  "another visitor with the same secret on another site": async () => {
    const site = await house.addSite(house.tenant, "Second shop");
    await house.core.siteChanged(house.tenant);
    return house.visitor({ site, secret: victim.visitor.secret }).arrives();
  },
};

test("every frame of the code has an attempt", () => {
  const kinds = Object.keys(clientFrameShapes()).sort();
  expect(Object.keys(attempts).sort()).toEqual(kinds);
  expect([...Object.keys(handlers), "hello"].sort()).toEqual(kinds);
});

describe.each(Object.keys(strangers))("%s", (who) => {
  test.each(Object.keys(attempts))("gets nothing and changes nothing by %s", async (kind) => {
    const stranger = await (strangers[who] as () => Promise<Stranger>)();
    const before = await stateOfVictim();
    await (attempts[kind as ClientFrame["kind"]] as Attempt)(stranger, victim);
    await settle();
    house.clock.advance(1000);
    await settle();
    for (const secret of secrets) expect(stranger.socket.texts.join("\n")).not.toContain(secret);
    expect(await stateOfVictim()).toEqual(before);
    expect(victim.visitor.socket.of("typing")).toEqual([]);
    expect(victim.agent.socket.of("typing")).toEqual([]);
    expect(victim.visitor.socket.closedWith).toBeNull();
  });
});

async function stateOfVictim() {
  const { storage, tenant } = house;
  const { conversation, invitation } = victim;
  return {
    record: await storage.conversation(tenant, conversation),
    invitation: await storage.conversation(tenant, invitation),
    texts: await storage.readLog(tenant, conversation, "public", 1, 100, 100),
    notes: await storage.readLog(tenant, conversation, "staff", 1, 100, 100),
    contact: (await storage.visitor(tenant, victim.visitor.id))?.contact,
    available: house.core.directory.agent(tenant, house.agent.id)?.available,
  };
}

test("a viewer may look at everything and touch nothing", async () => {
  const record = await house.addAgent(house.tenant, "viewer");
  await house.core.agentChanged(house.tenant, record.id);
  const viewer = await house.agentAt(record).arrives();
  const [log, staff] = logs(victim) as [string, string];
  await viewer.opens(log);
  await viewer.opens(staff);
  await until(() => viewer.socket.eventsOf(log).length === 1 && viewer.socket.eventsOf(staff).length > 0);
  const before = await stateOfVictim();
  for (const address of [log, staff]) {
    for (const body of [{ kind: "text", text: "x" }, { kind: "note", text: "x" }, { kind: "take" }] as const) {
      expect(await viewer.publishes(address, body)).toMatchObject({ kind: "refuse", code: "forbidden", final: true });
    }
  }
  viewer.say({ kind: "receipt", positions: [{ log, epoch: victim.epoch, delivered: 1, read: 1 }] });
  viewer.say({ kind: "typing", address: log, active: true });
  viewer.say({ kind: "status", available: true });
  house.clock.advance(1000);
  await settle();
  expect(await stateOfVictim()).toEqual(before);
});

test("what somebody puts under a producer that events told them is not taken for its owner's", async () => {
  const record = await house.addAgent(house.tenant, "viewer");
  await house.core.agentChanged(house.tenant, record.id);
  const log = `${victim.conversation}/public`;
  const { producer } = victim.agent;
  const { ordinal } = await victim.agent.writes(log, "sent before the link was lost");
  victim.agent.socket.cut();
  const viewer = house.agentAt(record);
  viewer.producer = producer;
  await viewer.arrives();
  const stolen = { ordinal: ordinal + 1 };
  expect(await viewer.publishes(log, { kind: "text", text: "x" }, stolen)).toMatchObject({ code: "forbidden" });
  viewer.socket.cut();

  await victim.agent.arrives();
  const { ordinals } = await victim.agent.opens(log);
  expect(ordinals).toEqual([{ producer, ordinal }]);
  const late = { kind: "text", text: "was waiting meanwhile" } as const;
  expect(await victim.agent.publishes(log, late, stolen)).toMatchObject({ code: "mismatch", final: false });
});
