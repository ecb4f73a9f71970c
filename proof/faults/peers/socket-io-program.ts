/** A chat server on `socket.io`, as its tutorial has it: messages in SQLite, connection state recovery, and what was missed since an offset. */
import { createServer } from "node:http";
import { Server } from "socket.io";
import { obey, tell } from "../gateway/obey.ts";
import { MessageStore } from "./message-store.ts";
import { readPeerOrders } from "./peer-orders.ts";
import type { ClientToServer, ServerToClient, SocketIoAuth } from "./socket-io-events.ts";

const pingIntervalMs = 25_000;
const pingTimeoutMs = 20_000;
const upgradeTimeoutMs = 10_000;
const maxDisconnectionMs = 120_000;

const { port, databasePath, witnessPath, speed } = readPeerOrders();
const reach = obey(witnessPath);
const store = new MessageStore(databasePath);
const server = createServer((_, response) => response.writeHead(404).end());
const io = new Server<ClientToServer, ServerToClient>(server, {
  pingInterval: pingIntervalMs / speed,
  pingTimeout: pingTimeoutMs / speed,
  upgradeTimeout: upgradeTimeoutMs / speed,
  connectionStateRecovery: { maxDisconnectionDuration: maxDisconnectionMs / speed },
});

io.on("connection", (socket) => {
  socket.on("message", (text, clientOffset, done) => {
    reach("before-append");
    const id = store.add(text, clientOffset);
    reach("after-append");
    if (id !== null) io.emit("message", text, id);
    done();
    reach("after-ack");
  });
  const { since } = socket.handshake.auth as SocketIoAuth;
  if (socket.recovered || since === null) return;
  for (const { id, text } of store.since(since)) socket.emit("message", text, id);
});

server.listen(port, "127.0.0.1", () => tell({ ready: `http://127.0.0.1:${port}` }));
