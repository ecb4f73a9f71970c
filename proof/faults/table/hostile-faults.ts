/** Peers that say what they should not: broken frames, tokens of another time. */
import { WebSocket } from "ws";
import { maxFrameBytes } from "../../../protocol/limits.ts";
import { spareLine, type World } from "../world.ts";
import { allCarriers, duringFault, type Fault } from "./fault.ts";

const anyDatabase = { carriers: allCarriers, databases: ["sqlite"] as const };
/** Visitors' tokens live for 30 days, agents' for a minute. */
const longAfterMs = 31 * 86_400_000;
const deep = 2000;
const rounds = 5;

const malformed: readonly (string | Buffer)[] = [
  "",
  "null",
  "[]",
  "{",
  '{"k":"publish"}',
  '{"k":"hello","__proto__":{"role":"owner"}}',
  '{"k":"hello","v":1e400}',
  '"\ud800"',
  `${"[".repeat(deep)}${"]".repeat(deep)}`,
  `{"k":"${"x".repeat(maxFrameBytes - 20)}"}`,
  "x".repeat(maxFrameBytes + 1),
  Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
];

/** Says it; `answered` when it is told what is wrong, or sent away. */
function says(url: string, frame: string | Buffer, answered: () => void): WebSocket {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, { perMessageDeflate: false });
  socket.on("open", () => socket.send(frame));
  socket.once("message", answered);
  socket.on("error", () => undefined);
  socket.once("close", answered);
  return socket;
}

/** Returns how many were answered before the neighbours had said something and heard their acks. */
async function saysAll(world: World): Promise<number> {
  const url = world.proxy.urls[spareLine] ?? "";
  const answered = new Set<string | Buffer>();
  const sockets = malformed.map((frame) => says(url, frame, () => answered.add(frame)));
  world.burst();
  await world.until(() => answered.size > 0);
  await world.acked(duringFault / rounds);
  const hits = answered.size;
  for (const socket of sockets) socket.terminate();
  return hits;
}

export const hostileFaults: readonly Fault[] = [
  {
    ...anyDatabase,
    number: "44",
    name: "malformed, huge and deep frames beside everybody",
    async strike(world) {
      let hits = 0;
      for (let round = 0; round < rounds; round += 1) {
        hits += await saysAll(world);
      }
      return hits;
    },
  },
  {
    ...anyDatabase,
    number: "45",
    name: "tokens have expired at resume",
    async strike(world) {
      for (const person of world.people) person.keepsToken = true;
      await world.gateway.jump(longAfterMs);
      world.burst();
      const rejections = (): number => world.living().reduce((sum, page) => sum + page.rejections, 0);
      const before = rejections();
      // Polls that were between two requests go on: again, until somebody had to say hello.
      while (rejections() === before) {
        await world.proxy.cut("both");
        world.wake();
        await world.written(1);
      }
      for (const person of world.people) person.keepsToken = false;
      await world.written(duringFault);
      await world.gateway.jump(-longAfterMs);
      return rejections() - before;
    },
  },
];
