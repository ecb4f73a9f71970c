/**
 * `socket.io` twice. With what it does itself: connection state recovery and retries. And as its tutorial goes on from there: the page says
 * which message it has seen last, and gives each of its own an offset by which the server knows one that comes again.
 */
import { randomUUID } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import type { Peer } from "./peer.ts";
import type { ClientToServer, ServerToClient, SocketIoAuth } from "./socket-io-events.ts";

/** From its documentation; the rest are the library's defaults. */
const retries = 3;
const ackTimeoutMs = 10_000;
const reconnectionDelayMs = 1000;
const reconnectionDelayMaxMs = 5000;
const connectTimeoutMs = 20_000;

type Client = Socket<ServerToClient, ClientToServer>;

function socketIo(name: string, withOffsets: boolean): Peer {
  return {
    name,
    program: "socket-io-program.ts",
    acknowledges: true,
    load({ url, speed, online, shows, acked }) {
      let since: number | null = 0;
      let said = 0;
      // The tutorial takes the id of the connection, which two pages without one share: each would take the other's messages for its own.
      const page = randomUUID();
      const waiting = new Set<string>();
      const auth = (tell: (auth: SocketIoAuth) => void): void => tell({ since });
      const socket: Client = io(url, {
        forceNew: true,
        auth: auth as (tell: (auth: object) => void) => void,
        retries,
        ackTimeout: ackTimeoutMs / speed,
        reconnectionDelay: reconnectionDelayMs / speed,
        reconnectionDelayMax: reconnectionDelayMaxMs / speed,
        timeout: connectTimeoutMs / speed,
      });
      socket.on("connect", () => {
        // What comes next is the history of a page that is being loaded; without offsets it is asked for once.
        if (!withOffsets) since = null;
        online(true);
      });
      socket.on("disconnect", () => online(false));
      socket.on("message", (text, id) => {
        if (withOffsets) since = id;
        shows(id, text);
      });
      return {
        say(text) {
          waiting.add(text);
          said += 1;
          const clientOffset = withOffsets ? `${page}-${said}` : null;
          // With `retries`, the first argument is why it gave up.
          const done = (error: Error | null): void => {
            waiting.delete(text);
            if (error === null) acked(text);
          };
          socket.emit("message", text, clientOffset, done as () => void);
        },
        waiting: () => [...waiting],
        close: () => void socket.disconnect(),
      };
    },
  };
}

export const socketIoPeer = socketIo("socket.io", false);
export const socketIoOffsetsPeer = socketIo("socket.io, offsets", true);
