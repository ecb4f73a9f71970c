import type { ServerOrders } from "../gateway/gateway-orders.ts";

/** What the server of a peer is started with. */
export interface PeerOrders extends ServerOrders {
  /** Of a SQLite file. */
  readonly databasePath: string;
  /** See `PeerPlace`. */
  readonly speed: number;
}

export function readPeerOrders(): PeerOrders {
  return JSON.parse(process.argv[2] ?? "") as PeerOrders;
}
