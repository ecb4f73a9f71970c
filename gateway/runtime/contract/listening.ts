import assert from "node:assert/strict";
import { createServer } from "node:net";
import { AddressUnavailable, type Runtime } from "../runtime.ts";
import { RawClient } from "../testing/raw-client.ts";
import { upgradeRequest } from "../testing/raw-web-socket.ts";
import { Client, type ContractCase, notFound, serving, socketRoute } from "../testing/serving.ts";

const echo = socketRoute((socket) => ({ message: (text) => void socket.send(text) }));

export const listeningContract: readonly ContractCase[] = [
  {
    name: "port 0 picks a free one, and tells it",
    run: async (runtime) => {
      await serving(runtime, {}, async (one) => {
        await serving(runtime, {}, async (two) => {
          assert.ok(one.port > 0 && two.port > 0 && one.port !== two.port);
          assert.equal(one.host, "127.0.0.1");
        });
      });
    },
  },
  {
    name: "a port where our own kind listens is refused, never shared",
    run: async (runtime) => {
      await serving(runtime, {}, async ({ port }) =>
        assert.deepEqual(await refusal(runtime, "127.0.0.1", port), "EADDRINUSE"),
      );
    },
  },
  {
    name: "a port where somebody else listens is refused",
    run: async (runtime) => {
      const stranger = createServer();
      await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
      const address = stranger.address();
      assert.ok(address !== null && typeof address === "object");
      assert.equal(await refusal(runtime, "127.0.0.1", address.port), "EADDRINUSE");
      await new Promise((resolve) => stranger.close(resolve));
    },
  },
  {
    name: "an address of another machine is refused with the reason",
    run: async (runtime) => assert.match(await refusal(runtime, "192.0.2.1", 0), /^(EADDRNOTAVAIL|EINVAL)$/),
  },
  {
    name: "after close the port is free again",
    run: async (runtime) => {
      let taken = 0;
      await serving(runtime, {}, async ({ port }) => {
        taken = port;
      });
      await serving(runtime, { port: taken }, async ({ port }) => assert.equal(port, taken));
    },
  },
  {
    name: "stopListening: who is there stays, who comes is not served",
    run: async (runtime) => {
      await serving(runtime, { webSockets: [echo] }, async (server, url) => {
        const client = await Client.open(url);
        server.stopListening();
        server.stopListening();
        assert.doesNotMatch(await handshake(server.port), / 101 /);
        client.socket.send("still here");
        assert.deepEqual(await client.hears(1), ["still here"]);
        client.socket.close();
      });
    },
  },
  {
    name: "close ends what is left, also held requests",
    run: async (runtime) => {
      const server = await runtime.serve({
        host: "127.0.0.1",
        port: 0,
        maxConnections: 100,
        http: () => {},
        webSockets: [echo],
      });
      const client = await Client.open(`http://127.0.0.1:${server.port}`);
      const held = await RawClient.connect(server.port);
      held.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await server.close();
      await client.closed;
      await held.end();
    },
  },
  {
    name: "connections above the limit are not served; when one leaves there is room again",
    run: async (runtime) => {
      await serving(runtime, { webSockets: [echo], maxConnections: 3 }, async (server, url) => {
        const clients = await Promise.all([1, 2, 3].map(() => Client.open(url)));
        assert.equal(server.connections(), 3);
        assert.doesNotMatch(await handshake(server.port), / 101 /);
        const [first, second] = clients;
        second?.socket.send("unharmed");
        assert.deepEqual(await second?.hears(1), ["unharmed"]);
        first?.socket.close();
        await first?.closed;
        while (server.connections() > 2) await new Promise((resolve) => setImmediate(resolve));
        const another = await Client.open(url);
        for (const client of [...clients, another]) client.socket.close();
      });
    },
  },
];

async function refusal(runtime: Runtime, host: string, port: number): Promise<string> {
  try {
    const server = await runtime.serve({ host, port, maxConnections: 10, http: notFound, webSockets: [] });
    await server.close();
    return "listens";
  } catch (error) {
    assert.ok(error instanceof AddressUnavailable && error.host === host && error.port === port, String(error));
    return error.reason;
  }
}

/** What a new WebSocket is answered; a connection that is refused or cut is an answer too. */
async function handshake(port: number): Promise<string> {
  try {
    const client = await RawClient.connect(port);
    client.write(upgradeRequest("/ws"));
    const answer = await client.text("\r\n\r\n");
    client.destroy();
    return answer;
  } catch {
    return "cut";
  }
}
