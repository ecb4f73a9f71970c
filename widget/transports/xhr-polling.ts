import { sockJsTransport } from "./sockjs-session.ts";
import type { CarrierKind, TransportOptions } from "./transport.ts";

/** SockJS `xhr`: a request that waits for the next frames. Works through every proxy that lets pages load. */
export function xhrPollingTransport(options: TransportOptions): CarrierKind {
  return sockJsTransport("xhr-polling", "xhr", options);
}
