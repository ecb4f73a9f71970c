import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientFrame } from "../../../protocol/client-frames.ts";
import { decodeClientMessage, encodeServerFrame } from "../../../protocol/codec.ts";
import type { ServerFrame } from "../../../protocol/frames.ts";

export type Tell = (frame: ServerFrame) => void;

export interface Sockets {
  readonly tellAll: Tell;
  /** Closes all of them; with `refuse` new ones too, until it is called with false. */
  drop(refuse: boolean): void;
  close(): void;
}

/** Frames through the codec over real sockets. A frame that the codec finds bad fails the test. */
export function openSockets(http: Server, receive: (frame: ClientFrame, tell: Tell) => void): Sockets {
  const sockets = new Set<WebSocket>();
  const server = new WebSocketServer({ noServer: true });
  let refuses = false;
  const tellTo = (socket: WebSocket) => (frame: ServerFrame) => socket.send(encodeServerFrame(frame, JSON));
  const drop = (refuse: boolean) => {
    refuses = refuse;
    for (const socket of sockets) socket.terminate();
  };
  http.on("upgrade", (request, socket, head) => {
    if (refuses || !request.url?.startsWith("/ws")) return void socket.destroy();
    server.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.on("close", () => sockets.delete(opened));
      opened.on("message", (data) => {
        for (const frame of decodeClientMessage(String(data), JSON)) {
          if (frame.kind === "bad") throw new Error(`the page sent a bad frame: ${frame.about} ${frame.detail}`);
          receive(frame, tellTo(opened));
        }
      });
    });
  });
  return {
    tellAll: (frame) => {
      for (const socket of sockets) tellTo(socket)(frame);
    },
    drop,
    close: () => {
      drop(true);
      server.close();
    },
  };
}
