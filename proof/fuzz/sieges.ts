/** What needs no frame: headers that never end, bodies that are too large, more connections than one address may have. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { openWebSocket, post } from "./wires.ts";
import type { Witness } from "./witness.ts";

const dribblers = 30;
const dribbleMs = 500;
const hugeBytes = 8 * 1024 * 1024;
const hugePaths = ["/api/v1/session", "/sockjs/000/huge/xhr_send", "/sockjs/000/huge/xhr"];
/** From one address. */
export const sessionsPerAddress = 150;
const floodSize = sessionsPerAddress + 100;

/** Headers that come a byte at a time, on connections that stay as long as the gateway lets them. */
export class Dribble {
  readonly #sockets: Socket[];
  readonly #timer: NodeJS.Timeout;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#sockets = Array.from({ length: dribblers }, () => connect({ host: hostname, port: Number(port) }));
    for (const socket of this.#sockets) {
      socket.on("error", () => undefined);
      socket.resume().write("GET /ws HTTP/1.1\r\nHost: beckon\r\nX-Slow: ");
    }
    this.#timer = setInterval(() => {
      for (const socket of this.#sockets) if (socket.writable) socket.write("x");
    }, dribbleMs);
  }

  /** That the gateway still waits for. */
  get held(): number {
    return this.#sockets.filter((socket) => !socket.closed).length;
  }

  end(): void {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Returns how many of them were taken. */
export async function sendHugeBodies(url: string, witness: Witness): Promise<number> {
  const body = Buffer.alloc(hugeBytes, "[");
  const from = { localAddress: "127.3.0.1", headers: { "Content-Type": "application/json" } };
  let taken = 0;
  for (const path of hugePaths) {
    try {
      const answer = await post(url + path, body, from);
      witness.answered(answer.status, answer.body, `a huge body to ${path}`);
      // A poll that is opened with one has not asked for its content.
      if (answer.status < 400 && !path.endsWith("/xhr")) taken += 1;
    } catch {
      // The gateway has hung up before the end: that is an answer too.
    }
  }
  return taken;
}

/** More connections than one address may have, until some are told to come later. Returns how many. */
export async function flood(url: string, witness: Witness): Promise<number> {
  let busy = 0;
  const open = await Promise.all(
    Array.from({ length: floodSize }, () =>
      openWebSocket(
        { url, localAddress: "127.3.0.2", headers: {} },
        {
          heard(text) {
            for (const frame of witness.told(text, "a flood", false))
              if (frame.kind === "error" && frame.code === "busy") busy += 1;
          },
          closed: (code) => witness.ended(code, "a flood"),
          answered: (status, body) => witness.answered(status, body, "a flood"),
        },
      ).catch(() => null),
    ),
  );
  // On a slow machine the first ones may have gone before the last ones came.
  while (busy === 0) await sleep(20);
  for (const wire of open) wire?.close();
  return busy;
}
