import { dialSockJs } from "./sockjs-session.ts";
import type { CarrierKind, TransportOptions } from "./transport.ts";

/** SockJS `xhr`: a request that waits for the next frames. Works through every proxy that lets pages load. */
export function xhrPollingTransport(options: TransportOptions): CarrierKind {
  return { name: "xhr-polling", dial: (listener) => dialSockJs("xhr-polling", "xhr", options, listener) };
}
