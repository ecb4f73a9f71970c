import { expect, test } from "vitest";
import { encodeServerFrame } from "../../protocol/codec.ts";
import type { Sender } from "../../protocol/frames.ts";
import { typingIdleMs } from "../../protocol/limits.ts";
import { createDatabase } from "../../protocol/testing/model-database.ts";
import { createGateway, json } from "../../protocol/testing/model-server.ts";
import { openPage } from "../../protocol/testing/page.ts";
import { createSeededRandom } from "../../protocol/testing/seeded-random.ts";
import { createSharedDisk } from "../../protocol/testing/shared-disk.ts";
import { createVirtualClock } from "../../protocol/testing/virtual-clock.ts";
import { createWire } from "../../protocol/testing/wire.ts";
import { openConnection } from "./live-connection.ts";

/** An agent with a conversation on the screen, and its visitor. */
function agentAndVisitor() {
  const clock = createVirtualClock();
  const random = createSeededRandom(5);
  const gateway = createGateway(createDatabase(), clock, random);
  const wire = createWire(clock, (end) => gateway.connect(end));
  const visitor = openPage({ clock, random, wire, store: createSharedDisk(clock).page() });
  visitor.client.start();
  visitor.client.publish("current", { kind: "text", text: "Hello" });
  clock.advance(1_000);
  const log = visitor.client.logs()[0]?.log ?? "";
  const agent = openConnection({
    carriers: [wire.kind("websocket")],
    clock,
    random,
    json,
    store: createSharedDisk(clock).page(),
    scope: "agent",
    credential: (done) => done({ role: "agent", token: "agent-one" }),
    visible: () => true,
    rejected: () => {},
  });
  agent.start();
  agent.showConversation(log.split("/")[0] ?? "");
  clock.advance(1_000);
  const sender = agent.log(log)?.events[0]?.sender as Sender;
  return {
    clock,
    agent,
    log,
    visitorTypes() {
      const end = gateway.sessions.at(-1)?.end;
      end?.send(encodeServerFrame({ kind: "typing", log, sender, active: true, text: "I thi" }, json));
      clock.advance(100);
    },
    visitorSays(text: string) {
      visitor.client.publish("current", { kind: "text", text });
      clock.advance(1_000);
    },
  };
}

test("what a visitor types is shown until their message is there; the answer of an agent ends nothing", () => {
  const { agent, log, clock, visitorTypes, visitorSays } = agentAndVisitor();
  visitorTypes();
  expect(agent.typing(log)?.text).toBe("I thi");
  agent.publish(log, { kind: "text", text: "Yes?" });
  clock.advance(1_000);
  expect(agent.typing(log)?.text).toBe("I thi");
  visitorSays("I think so");
  expect(agent.typing(log)).toBeNull();
});

test("what a visitor types ends by itself when their page is gone", () => {
  const { agent, log, clock, visitorTypes } = agentAndVisitor();
  visitorTypes();
  clock.advance(typingIdleMs);
  expect(agent.typing(log)).toBeNull();
});

test("a device that says it is offline shows its link as lost until it has answered", () => {
  const { agent, clock } = agentAndVisitor();
  agent.doubt();
  expect(agent.status.value.phase).toBe("connecting");
  clock.advance(1_000);
  expect(agent.status.value.phase).toBe("online");
});

test("the age of the last frame is that of any frame, not of the last one that changed a number", () => {
  const { clock, agent, visitorSays } = agentAndVisitor();
  clock.advance(5_000);
  visitorSays("Anybody?");
  expect(clock.monotonic() - agent.lastFrameAt()).toBeLessThan(2_000);
});
