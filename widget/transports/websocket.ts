import type { Carrier, CarrierKind, CarrierListener, TransportOptions } from "./transport.ts";
import { abnormalClosure } from "./transport.ts";

/** Frames as they are over `/ws`. */
export function websocketTransport(options: TransportOptions): CarrierKind {
  const url = `${options.baseUrl.replace(/^http/, "ws")}/ws`;
  return { name: "websocket", dial: (listener) => dial(url, listener) };
}

function dial(url: string, listener: CarrierListener): Carrier {
  let over = false;
  let opened = false;
  let socket: WebSocket | undefined;

  function end(code: number, reason: string): void {
    if (over) return;
    over = true;
    listener.closed(code, reason);
  }

  function hangUp(): void {
    if (socket) socket.close();
  }

  try {
    socket = new WebSocket(url);
    socket.onopen = () => {
      opened = true;
      if (over) hangUp();
      else listener.opened();
    };
    socket.onmessage = (event) => {
      if (!over && typeof event.data === "string") listener.message(event.data);
    };
    socket.onclose = (event) => end(event.code, event.reason);
  } catch {
    // Not there, or forbidden by the page's security policy.
    setTimeout(() => end(abnormalClosure, ""), 0);
  }

  return {
    send(text) {
      try {
        (socket as WebSocket).send(text);
      } catch {
        // Not open: the missing ack tells.
      }
    },
    close() {
      over = true;
      // Browsers complain on the page's console about one that is closed while it connects.
      if (opened) hangUp();
    },
  };
}
