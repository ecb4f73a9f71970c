/** A WebSocket that speaks frames through the product's own codec. */
import { clearInterval, setInterval } from "k6/timers";
import { type ErrorEvent, type MessageEvent, WebSocket } from "k6/websockets";
import type { ClientFrame } from "../../protocol/client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "../../protocol/codec.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import { heartbeatMs } from "../../protocol/limits.ts";
import { socketUrl } from "./machine.ts";

export interface FrameSocket {
  send(frame: ClientFrame): void;
  close(): void;
}

export interface FrameSocketEvents {
  opened(socket: FrameSocket): void;
  frame(frame: ServerFrame, socket: FrameSocket): void;
  /** `expected`: after `close()`. */
  closed(expected: boolean): void;
}

/** `userAgent`: each visitor has a browser of their own, because they share an address. */
export function openFrameSocket(userAgent: string, events: FrameSocketEvents): void {
  const socket = new WebSocket(socketUrl, null, { headers: { "User-Agent": userAgent } });
  let leaving = false;
  let heartbeat: number | undefined;
  const frames: FrameSocket = {
    send(frame) {
      if (!leaving) socket.send(encodeClientFrame(frame, JSON));
    },
    close() {
      leaving = true;
      socket.close();
    },
  };
  const closed = (): void => {
    if (heartbeat !== undefined) clearInterval(heartbeat);
    events.closed(leaving);
  };
  socket.addEventListener("open", () => {
    heartbeat = setInterval(() => frames.send({ kind: "heartbeat", nonce: 1, visible: true }), heartbeatMs);
    events.opened(frames);
  });
  socket.addEventListener("message", (event) => {
    const message = event as MessageEvent;
    for (const frame of decodeServerMessage(message.data as string, JSON)) events.frame(frame, frames);
  });
  socket.addEventListener("close", closed);
  socket.addEventListener("error", (event) => {
    // Whoever leaves may have said something to a server that had closed.
    if (leaving) return;
    throw new Error(`the socket failed: ${(event as ErrorEvent).error}`);
  });
}

export function browserOf(visitor: number): string {
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.${visitor}.0 Safari/537.36`;
}
