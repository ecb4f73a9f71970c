import { describe, expect, it } from "vitest";
import { probeTimeoutMs } from "./limits.ts";
import {
  agentCredential,
  clock,
  database,
  gateway,
  hellos,
  openGatewayBeforeEach,
  page,
  random,
  say,
  started,
  wire,
} from "./testing/pages-and-gateway.ts";

openGatewayBeforeEach();

describe("connection", () => {
  it("R5.1 an agent with more open logs than a hello may name is not locked out", () => {
    const agent = page({ credential: agentCredential });
    for (let i = 0; i < 250; i++) agent.client.open(`${random.id()}/public`);
    agent.client.start();
    clock.advance(1_000);
    expect(agent.client.status().phase).toBe("online");
  });
  it("R4.3 a page whose producer somebody else has goes on under a new one", () => {
    const one = started();
    say(one, "one");
    clock.advance(500);
    for (const [, fence] of database.fences) fence.incarnation = Number.MAX_SAFE_INTEGER;
    wire.cut();
    say(one, "two");
    clock.advance(10_000);
    expect(database.texts()).toEqual(["one", "two"]);
  });
  it("R4.4 a carrier that opens and stays silent is left; a better one is probed and taken", () => {
    wire.swallow = (name) => name === "websocket";
    const one = started({ carriers: ["websocket", "xhr-polling"] });
    expect(one.client.status().phase).toBe("connecting");
    clock.advance(5_000);
    expect(one.client.status()).toMatchObject({ phase: "online", carrier: "xhr-polling" });
    wire.swallow = () => false;
    clock.advance(65_000);
    expect(one.client.status()).toMatchObject({ phase: "online", carrier: "websocket" });
    expect(wire.open()).toBe(1);
  });
  it("R4.4 the carrier that worked is tried first after a reload", () => {
    wire.refuse = (name) => name === "websocket";
    started({ carriers: ["websocket", "xhr-polling"] }).client.stop();
    clock.advance(5_000);
    started({ carriers: ["websocket", "xhr-polling"] });
    clock.advance(5_000);
    const again = page({ carriers: ["websocket", "xhr-polling"] });
    again.client.start();
    clock.advance(10);
    expect(again.client.status().carrier).toBe("xhr-polling");
  });
  it("R4.5 tries come ever later while nothing answers, within bounds", () => {
    wire.refuse = () => true;
    const one = started();
    const waits: number[] = [];
    for (let i = 0; i < 400; i++) {
      const { phase, nextTryAt } = one.client.status();
      if (phase === "waiting") waits.push(nextTryAt - clock.monotonic());
      clock.advance(500);
    }
    expect(Math.max(...waits)).toBeGreaterThan(5_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });
  it("R4.6 a carrier that dies early twice is demoted", () => {
    const one = started({ carriers: ["websocket", "xhr-polling"] });
    for (let i = 0; i < 2; i++) {
      expect(one.client.status().carrier).toBe("websocket");
      wire.cut();
      clock.advance(5_000);
    }
    expect(one.client.status()).toMatchObject({ phase: "online", carrier: "xhr-polling" });
  });
  it.each(["up", "down"] as const)("R4.7 a link that is deaf %sward is replaced", (way) => {
    const one = started();
    wire.deafen(way);
    one.client.wake();
    clock.advance(1_000);
    // The server's own heartbeats prove one direction only.
    gateway.sessions[0]?.end.send('{"k":"heartbeat","nc":0,"now":1,"hs":[]}');
    clock.advance(2_500);
    expect(hellos()).toBe(2);
    clock.advance(1_000);
    expect(one.client.status().phase).toBe("online");
  });
  it("R4.7 the device says offline: the link counts as lost until it answers, and one that answers stays", () => {
    const phases: string[] = [];
    const one = started({
      listener: { status: ({ phase, troubleSince }) => phases.push(`${phase} ${troubleSince < 0}`) },
    });
    phases.length = 0;
    one.client.doubt();
    expect(phases).toEqual(["connecting false"]);
    clock.advance(1_000);
    expect(phases.at(-1)).toBe("online true");
    clock.advance(60_000);
    expect(hellos()).toBe(1);
  });
  it("R4.7 the device says offline and nothing answers: the link is replaced", () => {
    const one = started();
    wire.deafen("both");
    one.client.doubt();
    clock.advance(probeTimeoutMs + 500);
    expect(hellos()).toBe(2);
    expect(one.client.status().phase).toBe("online");
  });
  it("R4.7 back online beside a dead link: what was written goes out at once, not after a time-out", () => {
    const one = started();
    wire.deafen("both");
    wire.refuse = () => true;
    one.client.doubt();
    say(one, "in the tunnel");
    clock.advance(1_000);
    wire.refuse = () => false;
    one.client.wake();
    clock.advance(100);
    expect(database.texts()).toEqual(["in the tunnel"]);
    expect(one.client.status()).toMatchObject({ phase: "online", unsent: 0, troubleSince: -1 });
    expect(wire.open()).toBe(1);
  });
  it("R4.9 a leaving gateway: the old link serves until the new one is ok", () => {
    const phases = new Set<string>();
    started({ listener: { status: ({ phase }) => phases.add(phase) } });
    phases.clear();
    gateway.go(2_000);
    clock.advance(3_000);
    expect(hellos()).toBe(2);
    expect([...phases]).toEqual(["online"]);
    expect(wire.open()).toBe(1);
  });
  it("R4.10 a rejected login ends dialling", () => {
    const one = started();
    gateway.sessions[0]?.end.send('{"k":"error","code":"revoked","detail":"","fatal":true}');
    clock.advance(100);
    expect(one.rejected).toEqual(["revoked"]);
    expect(one.client.status().phase).toBe("stopped");
    clock.advance(120_000);
    expect(wire.open()).toBe(0);
  });
  it("R11.2 typing is sent at most every tick, the newest words last", () => {
    const one = started();
    for (const text of ["a", "ab", "abc"]) one.client.typing("current", true, text);
    clock.advance(1_000);
    const typed = wire.upstream.filter((text) => text.includes('"typing"'));
    expect(typed.map((text) => (JSON.parse(text) as { x: string }).x)).toEqual(["a", "abc"]);
  });
});
