/** What lies between a page and the gateway fails: everything through the proxy process. */
import type { Ground } from "../ground.ts";
import { mendLines, trouble, untilAllOffline } from "./acts.ts";
import { allCarriers, bothDatabases, duringFault, type Fault, sockJsCarriers } from "./fault.ts";

/** What is between page and gateway knows nothing of the database behind it. */
const anyDatabase = { databases: ["sqlite"] as const };
const upgradeStatuses = [400, 426, 502, 504];
const offsets = 12;
const lastOffset = 600;

/** Dead until the pages have found out by themselves, as they must: nobody tells them. */
async function deadUntilFound(world: Ground, swallow: "up" | "down" | "both"): Promise<number> {
  world.burst();
  await untilAllOffline(world, () => world.proxy.trouble({ swallow }));
  return mendLines(world);
}

/** Any connection can meet these. */
export const deadLines: readonly Fault<Ground>[] = [
  {
    ...anyDatabase,
    number: "16",
    name: "half-open: nothing comes from the gateway",
    carriers: allCarriers,
    strike: (world) => deadUntilFound(world, "down"),
  },
  {
    ...anyDatabase,
    number: "17",
    name: "half-open: nothing reaches the gateway",
    carriers: allCarriers,
    strike: (world) => deadUntilFound(world, "up"),
  },
  {
    databases: bothDatabases,
    number: "18",
    name: "only the acks are lost, then a reset",
    carriers: allCarriers,
    async strike(world) {
      await world.proxy.trouble({ swallow: "down" });
      world.burst();
      await world.written(duringFault);
      return mendLines(world);
    },
  },
  {
    ...anyDatabase,
    number: "19",
    name: "bytes vanish, then a reset",
    carriers: allCarriers,
    async strike(world) {
      const hits = await trouble(world, { swallow: "both" }, { fresh: false });
      await mendLines(world);
      return hits;
    },
  },
  {
    ...anyDatabase,
    number: "20",
    name: "a reset at any byte of handshake and frames",
    carriers: allCarriers,
    async strike(world) {
      let hits = 0;
      for (let round = 0; round < offsets; round += 1) {
        const bytes = world.whole((round * lastOffset) / offsets, ((round + 1) * lastOffset) / offsets);
        const way = round % 2 === 0 ? "up" : "down";
        world.burst();
        await world.proxy.trouble({ cutAfter: { way, bytes } });
        world.wake();
        do {
          await world.written(1);
          await world.lasts(5);
        } while ((await world.proxy.hits()) === 0);
        hits += await world.proxy.hits();
      }
      await world.proxy.fine();
      world.wake();
      return hits;
    },
  },
  {
    ...anyDatabase,
    number: "27",
    name: "the client's side is reset, the gateway's stays open",
    carriers: allCarriers,
    async strike(world) {
      world.burst();
      const hits = await world.proxy.cut("client");
      world.wake();
      await world.written(duringFault);
      return hits;
    },
  },
  {
    ...anyDatabase,
    number: "28",
    name: "a slow reader behind a long backlog",
    carriers: allCarriers,
    strike: (world) => trouble(world, { downBytesPerSecond: 4000 }, { fresh: false, messages: 2 * duringFault }),
  },
];

export const networkFaults: readonly Fault[] = [
  ...deadLines,
  {
    ...anyDatabase,
    number: "21",
    name: "a proxy holds streamed answers back",
    carriers: ["ladder", "xhr-polling"],
    async strike(world) {
      // No WebSocket, so that streaming is what comes next.
      return trouble(world, { holdDownBytes: 65_536, upgradeStatus: 400 }, { fresh: true });
    },
  },
  {
    ...anyDatabase,
    number: "22",
    name: "a proxy refuses the upgrade with a page",
    carriers: ["ladder"],
    strike: (world) => trouble(world, { upgradeStatus: world.pick(upgradeStatuses) }, { fresh: true }),
  },
  {
    ...anyDatabase,
    number: "23",
    name: "WebSockets open, then die after 200 ms",
    carriers: ["ladder"],
    strike: (world) => trouble(world, { upgradeDiesAfterMs: 200 }, { fresh: true }),
  },
  {
    databases: bothDatabases,
    number: "25",
    name: "each post comes twice",
    carriers: sockJsCarriers,
    strike: (world) => trouble(world, { doublePosts: true }, { fresh: true }),
  },
  {
    ...anyDatabase,
    number: "26",
    name: "polls come late",
    carriers: sockJsCarriers,
    strike: (world) => trouble(world, { holdPollsMs: 5500 / world.options.speed }, { fresh: true }),
  },
  {
    ...anyDatabase,
    number: "38",
    name: "everybody's address changes",
    carriers: allCarriers,
    async strike(world) {
      world.burst();
      for (const page of world.living())
        page.localAddress = page.localAddress.replace(/^127\.0\.(\d+)/, (_, net) => `127.0.${Number(net) + 1}`);
      const hits = await world.proxy.cut("both");
      world.wake();
      await world.written(duringFault);
      return hits;
    },
  },
  {
    ...anyDatabase,
    number: "48",
    name: "the carrier changes again and again",
    carriers: ["ladder"],
    async strike(world) {
      let hits = 0;
      for (let round = 0; round < 6; round += 1) {
        world.burst();
        await world.proxy.trouble({ upgradeStatus: round % 2 === 0 ? 502 : 0 });
        hits += await world.proxy.cut("both");
        world.wake();
        await world.acked(duringFault / 5);
      }
      await world.proxy.fine();
      return hits;
    },
  },
];
