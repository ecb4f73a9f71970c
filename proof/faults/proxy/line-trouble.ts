/** What a line of the fault proxy does to the connections on it. `up`: from the client to the gateway. */

export type Way = "up" | "down";

/** Each lasts until it is taken back; `null` or 0: no trouble. */
export interface LineTrouble {
  /** New connections are reset at once. */
  refuse: boolean;
  /** Bytes of this way vanish, nobody is told, new connections too. */
  swallow: Way | "both" | null;
  /** Bytes wait so long, ms. */
  delayMs: number;
  /** At most so many bytes a second go down; the rest waits in the gateway. 0: no limit. */
  downBytesPerSecond: number;
  /** Of HTTP, what goes down is held until so many bytes are there or the answer has ended. 0: nothing is held. */
  holdDownBytes: number;
  /** A WebSocket is answered with this status and a page of HTML. 0: passed on. */
  upgradeStatus: number;
  /** An upgraded connection dies so long after it opened, ms. 0: it lives. */
  upgradeDiesAfterMs: number;
  /** Each POST that carries messages comes twice. */
  doublePosts: boolean;
  /** So long does each poll wait here before it is passed on, ms. */
  holdPollsMs: number;
  /** Each connection is reset after so many bytes of this way, counted from now or from its beginning. */
  cutAfter: { way: Way; bytes: number } | null;
}

export const noTrouble: LineTrouble = {
  refuse: false,
  swallow: null,
  delayMs: 0,
  downBytesPerSecond: 0,
  holdDownBytes: 0,
  upgradeStatus: 0,
  upgradeDiesAfterMs: 0,
  doublePosts: false,
  holdPollsMs: 0,
  cutAfter: null,
};

/** What the proxy is told. `line`: its number; absent: every line. */
export type ProxyCommand =
  | { readonly do: "listen"; readonly lines: number; readonly gatewayPort: number }
  | { readonly do: "trouble"; readonly line?: number; readonly trouble: LineTrouble }
  /** Open connections are reset; `client`: only towards the client, the gateway is told nothing. */
  | { readonly do: "cut"; readonly line?: number; readonly side: "both" | "client" }
  | { readonly do: "hits"; readonly line?: number };

/** Ports of the lines, or how often a line's trouble has met a connection or bytes since it was set. */
export type ProxyAnswer = { readonly ports: readonly number[] } | { readonly hits: number };
