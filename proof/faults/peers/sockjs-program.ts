/** A chat server on `sockjs`. */
import { createServer } from "node:http";
import sockjs, { type ReferenceConnection } from "sockjs";
import { obey, tell } from "../gateway/obey.ts";
import { MessageStore } from "./message-store.ts";
import { readPeerOrders } from "./peer-orders.ts";
import { historyPath, livePath, type Member, Room } from "./room.ts";
import { sockJsHeartbeatMs } from "./sockjs-peer.ts";

const disconnectDelayMs = 5000;

const { port, databasePath, witnessPath, speed } = readPeerOrders();
const room = new Room(new MessageStore(databasePath), obey(witnessPath));
const server = createServer((_, response) => response.writeHead(404).end());

for (const prefix of [historyPath, livePath]) {
  const service = sockjs.createServer({
    heartbeat_delay: sockJsHeartbeatMs / speed,
    disconnect_delay: disconnectDelayMs / speed,
    log: () => undefined,
  });
  service.on("connection", (connection: ReferenceConnection | null) => {
    if (!connection) return;
    const member: Member = { send: (text) => connection.write(text) };
    connection.on("data", (text) => room.says(member, text));
    connection.on("close", () => room.leaves(member));
    room.joins(member, prefix);
  });
  service.installHandlers(server, { prefix });
}

server.listen(port, "127.0.0.1", () => tell({ ready: `http://127.0.0.1:${port}` }));
