/** A chat server on `ws`, with the heartbeat of its README. */
import { type WebSocket, WebSocketServer } from "ws";
import { obey, tell } from "../gateway/obey.ts";
import { MessageStore } from "./message-store.ts";
import { readPeerOrders } from "./peer-orders.ts";
import { Room } from "./room.ts";
import { wsPingMs } from "./ws-peer.ts";

const { port, databasePath, witnessPath, speed } = readPeerOrders();
const room = new Room(new MessageStore(databasePath), obey(witnessPath));
const server = new WebSocketServer({ host: "127.0.0.1", port });
const answered = new WeakSet<WebSocket>();

server.on("connection", (socket, { url = "" }) => {
  answered.add(socket);
  socket.on("pong", () => answered.add(socket));
  socket.on("error", () => undefined);
  socket.on("message", (data) => room.says(socket, String(data)));
  socket.on("close", () => room.leaves(socket));
  room.joins(socket, url);
});

setInterval(() => {
  for (const socket of server.clients) {
    if (!answered.delete(socket)) socket.terminate();
    else socket.ping();
  }
}, wsPingMs / speed);

server.on("listening", () => tell({ ready: `http://127.0.0.1:${port}` }));
