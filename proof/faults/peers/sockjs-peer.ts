/** `sockjs` with the reconnect and the queue that its client leaves to the application. */
import SockJS from "sockjs-client";
import type { StoredMessage } from "./message-store.ts";
import type { Peer } from "./peer.ts";
import { historyPath, livePath } from "./room.ts";

export const sockJsHeartbeatMs = 25_000;
const latencyMs = 1000;
const firstDelayMs = 1000;
const maxDelayMs = 5000;

export const sockJsPeer: Peer = {
  name: "sockjs",
  program: "sockjs-program.ts",
  acknowledges: false,
  load({ url, speed, online, shows }) {
    let loaded = false;
    let closed = false;
    let queue: string[] = [];
    let delayMs = firstDelayMs;
    let open: SockJS | null = null;
    let socket: SockJS;
    let silence: NodeJS.Timeout | undefined;
    let retry: NodeJS.Timeout | undefined;

    // Its client reports heartbeats and does nothing with them. This finds a dead link as the README of `ws` does.
    const beats = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => open?.close(), (sockJsHeartbeatMs + latencyMs) / speed);
    };
    const connect = (): void => {
      const dialled = new SockJS(`${url}${loaded ? livePath : historyPath}`);
      socket = dialled;
      dialled.onopen = () => {
        open = dialled;
        loaded = true;
        delayMs = firstDelayMs;
        beats();
        for (const text of queue) dialled.send(text);
        queue = [];
        online(true);
      };
      dialled.onheartbeat = beats;
      dialled.onmessage = ({ data }) => {
        beats();
        const { id, text } = JSON.parse(data) as StoredMessage;
        shows(id, text);
      };
      dialled.onclose = () => {
        clearTimeout(silence);
        open = null;
        online(false);
        if (closed) return;
        retry = setTimeout(connect, delayMs / speed);
        delayMs = Math.min(2 * delayMs, maxDelayMs);
      };
    };
    connect();
    return {
      say(text) {
        if (open) open.send(text);
        else queue.push(text);
      },
      waiting: () => queue,
      close() {
        closed = true;
        clearTimeout(retry);
        clearTimeout(silence);
        socket.close();
      },
    };
  },
};
