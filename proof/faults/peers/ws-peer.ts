/** `ws` with a client that connects again and keeps what is said meanwhile (partysocket, the reconnecting-websocket that is kept up). */
import ReconnectingWebSocket from "partysocket/ws";
import { WebSocket } from "ws";
import type { StoredMessage } from "./message-store.ts";
import type { Peer } from "./peer.ts";
import { historyPath, livePath } from "./room.ts";

export const wsPingMs = 30_000;
const latencyMs = 1000;
/** The library's own defaults. */
const defaults = { minReconnectionDelay: 3000, maxReconnectionDelay: 10_000, minUptime: 5000, connectionTimeout: 4000 };

/** As the README of `ws` has it: who hears no ping for so long is not connected any more. */
function withHeartbeat(graceMs: number): new (url: string) => WebSocket {
  return class extends WebSocket {
    #timer: NodeJS.Timeout | undefined;

    constructor(url: string) {
      super(url, { perMessageDeflate: false });
      const beats = (): void => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.terminate(), graceMs);
      };
      this.on("open", beats);
      this.on("ping", beats);
      this.on("close", () => clearTimeout(this.#timer));
      this.on("error", () => undefined);
    }
  };
}

export const wsPeer: Peer = {
  name: "ws",
  program: "ws-program.ts",
  acknowledges: false,
  load({ url, speed, online, shows }) {
    const base = url.replace(/^http/, "ws");
    let loaded = false;
    let queued: string[] = [];
    const socket = new ReconnectingWebSocket(() => `${base}${loaded ? livePath : historyPath}`, [], {
      WebSocket: withHeartbeat((wsPingMs + latencyMs) / speed),
      minReconnectionDelay: defaults.minReconnectionDelay / speed,
      maxReconnectionDelay: defaults.maxReconnectionDelay / speed,
      minUptime: defaults.minUptime / speed,
      connectionTimeout: defaults.connectionTimeout / speed,
    });
    socket.onopen = () => {
      loaded = true;
      queued = [];
      online(true);
    };
    socket.onclose = () => online(false);
    socket.onmessage = ({ data }) => {
      const { id, text } = JSON.parse(data) as StoredMessage;
      shows(id, text);
    };
    return {
      say(text) {
        if (!socket.send(text)) queued.push(text);
      },
      waiting: () => queued,
      close: () => socket.close(),
    };
  },
};
