/** The gateway dies, hangs, is short of something, or its clock jumps. */
import type { FailPoint } from "../gateway/gateway-orders.ts";
import type { World } from "../world.ts";
import { allCarriers, bothDatabases, duringFault, type Fault } from "./fault.ts";

const everywhere = { carriers: allCarriers, databases: bothDatabases };
const hourMs = 3_600_000;
const blockedMs = 1500;
/** Enough for the program, its database and the pages that are there. */
const scarceFiles = 64;
const fullAfter = 100;

function diesAt(number: string, name: string, point: FailPoint, mostBefore: number): Fault {
  return {
    ...everywhere,
    number,
    name,
    ...(point === "in-transaction" || point === "after-commit" ? { failsInStorage: true as const } : {}),
    async strike(world) {
      const died = world.gateway.dieAt(point, world.whole(1, mostBefore));
      world.burst();
      await died;
      await world.written(duringFault);
      await world.gateway.start();
      return 1;
    },
  };
}

/** What a page says when it is not let in is no fault; what it does then is. */
async function newcomers(world: World): Promise<number> {
  const dials = Array.from({ length: fullAfter }, () =>
    fetch(`${world.proxy.urls[0]}/healthz`).then((answer) => answer.ok),
  );
  const answers = await Promise.allSettled(dials);
  return answers.filter((answer) => answer.status === "rejected" || !answer.value).length;
}

export const gatewayFaults: readonly Fault[] = [
  diesAt("1", "kill -9 of the gateway before persist", "before-append", 10),
  diesAt("2", "kill -9 between persist and ack", "after-append", 10),
  diesAt("3", "kill -9 between ack and fan-out", "after-ack", 10),
  diesAt("4", "kill -9 in the middle of a batch", "in-transaction", 3),
  diesAt("5", "kill -9 between commit and hand-off to consumers", "after-commit", 3),
  {
    ...everywhere,
    number: "29",
    name: "the gateway's clock jumps by an hour and back",
    async strike(world) {
      await world.gateway.jump(hourMs);
      world.burst();
      await world.written(duringFault);
      await world.gateway.jump(-2 * hourMs);
      await world.written(duringFault);
      await world.gateway.jump(hourMs);
      return 3;
    },
  },
  {
    ...everywhere,
    number: "41",
    name: "kill -9 of the only gateway, everybody comes back at once",
    async strike(world) {
      world.burst();
      await world.gateway.kill();
      await world.written(duringFault);
      await world.gateway.start();
      world.wake();
      return 1;
    },
  },
  {
    ...everywhere,
    number: "42",
    name: "the gateway has few files: it sheds newcomers",
    async strike(world) {
      world.gateway.maxFiles = scarceFiles;
      world.burst();
      await world.gateway.kill();
      await world.gateway.start();
      world.wake();
      const shed = await newcomers(world);
      await world.written(duringFault);
      world.gateway.maxFiles = 0;
      await world.gateway.kill();
      await world.gateway.start();
      return shed;
    },
  },
  {
    ...everywhere,
    number: "43",
    name: "the gateway's event loop hangs",
    async strike(world) {
      world.burst();
      await world.gateway.block(blockedMs);
      return 1;
    },
  },
];
