/** The gateway dies, hangs, is short of something, or its clock jumps. */
import { connect } from "node:net";
import type { FailPoint } from "../gateway/gateway-orders.ts";
import type { Ground } from "../ground.ts";
import { spareLine, type World } from "../world.ts";
import { restartGateway, untilAllOffline, withoutAcks } from "./acts.ts";
import { allCarriers, bothDatabases, duringFault, type Fault } from "./fault.ts";

const everywhere = { carriers: allCarriers, databases: bothDatabases };
const hourMs = 3_600_000;
const blockedMs = 1500;
/** Enough for the program, its database and the pages that are there. */
const scarceFiles = 100;
/** So many that not all get their turn while messages are sent, where those that were answered are soon let go. */
const crowdSize = 400;

function diesAt(number: string, name: string, point: FailPoint, mostBefore: number): Fault<Ground> {
  return {
    ...everywhere,
    number,
    name,
    ...(point === "in-transaction" || point === "after-commit" ? { failsInStorage: true as const } : {}),
    async strike(world) {
      const died = world.gateway.dieAt(point, world.whole(1, mostBefore));
      world.burst();
      const reached = await died;
      await world.written(duringFault);
      await world.gateway.start();
      return reached;
    },
  };
}

/** Strangers come until nobody is let in any more, and stay until the work is done. Returns how many were not answered. */
async function withCrowd(world: World, work: () => Promise<void>): Promise<number> {
  const { hostname, port } = new URL(world.proxy.urls[spareLine] ?? "");
  const crowd = Array.from({ length: crowdSize }, () => connect({ host: hostname, port: Number(port) }));
  let answered = 0;
  for (const socket of crowd) {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      answered += 1;
    });
    socket.write("GET /healthz HTTP/1.1\r\nHost: beckon\r\n\r\n");
  }
  await work();
  for (const socket of crowd) socket.destroy();
  return crowdSize - answered;
}

/** Any server can meet these. */
export const killsAndHangs: readonly Fault<Ground>[] = [
  diesAt("1", "kill -9 of the gateway before persist", "before-append", 10),
  diesAt("2", "kill -9 between persist and ack", "after-append", 10),
  diesAt("3", "kill -9 between ack and fan-out", "after-ack", 10),
  {
    ...everywhere,
    number: "41",
    name: "kill -9 of the only gateway, everybody comes back at once",
    async strike(world) {
      world.burst();
      const there = await untilAllOffline(world, () => world.gateway.kill());
      await world.written(duringFault);
      await world.gateway.start();
      world.wake();
      return there;
    },
  },
  {
    ...everywhere,
    number: "43",
    name: "the gateway's event loop hangs",
    async strike(world) {
      // Where everybody else on the machine hangs too, nothing is written meanwhile: once more.
      let waited = 0;
      while (waited === 0) {
        const blocked = world.gateway.block(blockedMs);
        // The order may come behind messages that are on their way.
        await world.lasts(blockedMs / 5);
        waited = await withoutAcks(world, blockedMs / 2, () => blocked);
      }
      return waited;
    },
  },
];

export const gatewayFaults: readonly Fault[] = [
  ...killsAndHangs,
  diesAt("4", "kill -9 in the middle of a batch", "in-transaction", 3),
  diesAt("5", "kill -9 between commit and hand-off to consumers", "after-commit", 3),
  {
    ...everywhere,
    number: "29",
    name: "the gateway's clock jumps by an hour and back",
    async strike(world) {
      const before = world.recorder.oddTimes;
      for (const aheadMs of [hourMs, -2 * hourMs]) {
        await world.gateway.jump(aheadMs);
        world.burst();
        await world.acked(duringFault);
      }
      await world.gateway.jump(hourMs);
      return world.recorder.oddTimes - before;
    },
  },
  {
    ...everywhere,
    number: "42",
    name: "the gateway has few files: it sheds newcomers",
    async strike(world) {
      world.gateway.maxFiles = scarceFiles;
      world.burst();
      await restartGateway(world);
      await world.until(() => world.living().every((page) => page.online));
      // Those who are there are served.
      const shed = await withCrowd(world, () => world.acked(duringFault));
      world.gateway.maxFiles = 0;
      await restartGateway(world);
      return shed;
    },
  },
];
