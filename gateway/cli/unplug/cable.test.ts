import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Cable } from "./cable.ts";

let gateway: Server;
let heard: string;
let cable: Cable;
let there: boolean;
const clients: Socket[] = [];

beforeEach(async () => {
  heard = "";
  there = true;
  gateway = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      heard += bytes;
      socket.write(`${bytes}!`);
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  cable = await Cable.lay(() => (there ? (gateway.address() as AddressInfo).port : null));
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await cable.close();
  await new Promise((closed) => gateway.close(closed));
});

async function dial(): Promise<Socket> {
  const client = connect(cable.port, "127.0.0.1");
  clients.push(client);
  await once(client, "connect");
  return client;
}

async function says(client: Socket, text: string): Promise<string> {
  client.write(text);
  const [answer] = (await once(client, "data")) as [Buffer];
  return answer.toString();
}

test("passes both ways", async () => {
  expect(await says(await dial(), "one")).toBe("one!");
});

test("cut: what is said is gone, nobody is told; plugged in: what stood open is reset, and who dials again is heard", async () => {
  const open = await dial();
  expect(await says(open, "one")).toBe("one!");
  cable.cut();
  const dialled = await dial();
  const told: string[] = [];
  for (const client of [open, dialled]) {
    for (const event of ["data", "end", "close"]) client.on(event, () => told.push(event));
    client.on("error", () => undefined);
    client.write("two");
  }
  // Later than whatever the two might have been told: this one goes around the cable.
  const around = connect((gateway.address() as AddressInfo).port, "127.0.0.1");
  expect(await says(around, "around")).toBe("around!");
  around.destroy();
  expect(told).toEqual([]);
  expect(heard).toBe("onearound");
  const closed = Promise.all([open, dialled].map((client) => new Promise((resolve) => client.once("close", resolve))));
  cable.plugIn();
  await closed;
  expect(await says(await dial(), "three")).toBe("three!");
  expect(heard).toBe("onearoundthree");
});

test("where no gateway listens, who dials is reset", async () => {
  there = false;
  const client = connect(cable.port, "127.0.0.1");
  clients.push(client);
  const [error] = (await once(client, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNRESET");
});
