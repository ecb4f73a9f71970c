import type { Peer } from "./peer.ts";
import { socketIoOffsetsPeer, socketIoPeer } from "./socket-io-peer.ts";
import { sockJsPeer } from "./sockjs-peer.ts";
import { wsPeer } from "./ws-peer.ts";

export const allPeers: readonly Peer[] = [wsPeer, sockJsPeer, socketIoPeer, socketIoOffsetsPeer];
