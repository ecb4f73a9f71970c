import { sockJsTransport } from "./sockjs-session.ts";
import type { CarrierKind, TransportOptions } from "./transport.ts";

/** SockJS `xhr_streaming`: one long answer in pieces, renewed when the gateway has filled it. */
export function xhrStreamingTransport(options: TransportOptions): CarrierKind {
  return sockJsTransport("xhr-streaming", "xhr_streaming", options);
}
