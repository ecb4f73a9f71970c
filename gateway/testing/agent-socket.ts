import { WebSocket } from "ws";
import { agentHello } from "../../loadtest/harness/people.ts";
import { encodeClientFrame } from "../../protocol/codec.ts";

/** An agent's socket at the gateway of this address, after the answer to its hello. `closed`: with which code. */
export async function openAgentSocket(
  url: string,
  token: string,
): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.on("open", resolve));
  socket.send(encodeClientFrame(agentHello(token), JSON));
  await new Promise((resolve) => socket.on("message", resolve));
  return { socket, closed };
}
