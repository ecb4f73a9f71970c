import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { HttpRequest, HttpResponse, SendResult, WebSocketConnection } from "../runtime.ts";
import { exchange, RawClient } from "../testing/raw-client.ts";
import { RawWebSocket, upgradeRequest } from "../testing/raw-web-socket.ts";
import { Client, type ContractCase, later, serving, socketRoute } from "../testing/serving.ts";

interface Closed {
  readonly code: number;
  readonly reason: string;
}

const echo = socketRoute((socket) => ({ message: (text) => void socket.send(text) }));

export const webSocketContract: readonly ContractCase[] = [
  {
    name: "texts travel both ways in order, whatever is in them",
    run: async (runtime) => {
      await serving(runtime, { webSockets: [echo] }, async (_, url) => {
        const texts = ["one", "", "zwölf 漢字 😀", "\u0000\u2028", "x".repeat(65_536), "last"];
        const client = await Client.open(url);
        for (const text of texts) client.socket.send(text);
        assert.deepEqual(await client.hears(texts.length), texts);
        client.socket.close();
        await client.closed;
      });
    },
  },
  {
    name: "a route has named segments as they came and sees the whole request; what it sends at once comes first",
    run: async (runtime) => {
      const route = socketRoute(() => ({}), {
        path: "/sockjs/:server/:session/websocket",
        accept: ({ path, query, headers, peerAddress, method }: HttpRequest, parameters) => ({
          open: (socket) => {
            const origin = headers.get("origin") ?? "none";
            socket.send(
              JSON.stringify([method, path, query, peerAddress, origin, parameters.server, parameters.session]),
            );
            return { message: (text) => void socket.send(text), drained() {}, closed() {} };
          },
        }),
      });
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const client = await Client.open(url, "/sockjs/00%2F1/__proto__/websocket?a=b");
        client.socket.send("then");
        const path = "/sockjs/00%2F1/__proto__/websocket";
        const expected = ["GET", path, "a=b", "127.0.0.1", "none", "00%2F1", "__proto__"];
        assert.deepEqual(await client.hears(2), [JSON.stringify(expected), "then"]);
        client.socket.close();
      });
    },
  },
  {
    name: "a route can refuse with status, headers and body",
    run: async (runtime) => {
      const route = socketRoute(() => ({}), {
        accept: () => ({ status: 403, headers: { "X-Why": "origin" }, body: "not from there" }),
      });
      await serving(runtime, { webSockets: [route] }, async ({ port }) => {
        const client = await RawClient.connect(port);
        client.write(upgradeRequest("/ws"));
        const answer = await client.text("not from there");
        assert.match(answer, /^HTTP\/1\.1 403 [\s\S]*x-why: origin/i);
        client.destroy();
      });
    },
  },
  {
    name: "a request that is no upgrade, or whose upgrade a proxy took away, reaches the HTTP handler",
    run: async (runtime) => {
      const http = (_: HttpRequest, response: HttpResponse) =>
        response.send(400, { Connection: "close" }, "plain http");
      await serving(runtime, { webSockets: [echo], http }, async ({ port }, url) => {
        assert.equal((await fetch(`${url}/ws`)).status, 400);
        assert.equal((await fetch(`${url}/ws`, { method: "POST" })).status, 400);
        assert.equal((await fetch(`${url}/other`)).status, 400);
        assert.match(await exchange(port, upgradeRequest("/ws", "Connection: close\r\nUpgrade: websocket\r\n")), /400/);
        assert.match(await exchange(port, upgradeRequest("/ws", "Connection: close\r\n")), /400/);
      });
    },
  },
  {
    name: "a binary message closes with 1003 and never arrives",
    run: async (runtime) => {
      const closed = later<Closed>();
      let messages = 0;
      const route = socketRoute(() => ({
        message: () => {
          messages += 1;
        },
        closed: (code, reason) => closed.resolve({ code, reason }),
      }));
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const client = await Client.open(url);
        client.socket.send(new Uint8Array([1, 2, 3]));
        assert.equal((await client.closed).code, 1003);
        assert.equal((await closed.promise).code, 1003);
        assert.equal(messages, 0);
      });
    },
  },
  {
    name: "the largest message passes; one byte more closes that socket (1009 or 1006) and no other",
    run: async (runtime) => {
      const closed = later<Closed>();
      const route = socketRoute(
        (socket) => ({
          message: (text) => void socket.send(String(Buffer.byteLength(text))),
          closed: (code, reason) => closed.resolve({ code, reason }),
        }),
        { maxMessageBytes: 1000 },
      );
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const [guilty, neighbour] = [await Client.open(url), await Client.open(url)];
        guilty.socket.send("ü".repeat(500));
        assert.deepEqual(await guilty.hears(1), ["1000"]);
        guilty.socket.send(`${"ü".repeat(500)}x`);
        for (const { code } of [await guilty.closed, await closed.promise])
          assert.ok(code === 1009 || code === 1006, String(code));
        assert.equal(guilty.texts.length, 1);
        neighbour.socket.send("still here");
        assert.deepEqual(await neighbour.hears(1), ["10"]);
        neighbour.socket.close();
      });
    },
  },
  {
    name: "close tells code and reason, after what was sent before; then nothing is sent, and closed comes once, later",
    run: async (runtime) => {
      for (const code of [1000, 1001, 1012, 3000, 4999]) {
        const closes: Closed[] = [];
        const closed = later();
        const results: (SendResult | number)[] = [];
        const route = socketRoute((socket) => ({
          message: () => {
            socket.send("before");
            socket.close(code, "Grund ü");
            results.push(closes.length, socket.send("after"));
            socket.close(3001, "again");
            socket.terminate();
          },
          closed: (closeCode, reason) => {
            closes.push({ code: closeCode, reason });
            closed.resolve();
          },
        }));
        await serving(runtime, { webSockets: [route] }, async (_, url) => {
          const client = await Client.open(url);
          client.socket.send("go");
          assert.deepEqual(await client.closed, { code, reason: "Grund ü" });
          assert.deepEqual(client.texts, ["before"]);
          await closed.promise;
          assert.deepEqual(closes, [{ code, reason: "Grund ü" }]);
          assert.deepEqual(results, [0, "dropped"]);
        });
        assert.equal(closes.length, 1);
      }
    },
  },
  {
    name: "what was sent before close arrives, also when another socket's handler did both",
    run: async (runtime) => {
      const sockets: WebSocketConnection[] = [];
      const route = socketRoute((socket) => {
        sockets.push(socket);
        return {
          message: () => {
            for (const other of sockets.filter((each) => each !== socket)) {
              other.send("before");
              other.close(1012, "restart");
            }
          },
        };
      });
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const clients = await Promise.all(Array.from({ length: 5 }, () => Client.open(url)));
        clients[0]?.socket.send("go");
        for (const client of clients.slice(1)) {
          assert.deepEqual(await client.closed, { code: 1012, reason: "restart" });
          assert.deepEqual(client.texts, ["before"]);
        }
        clients[0]?.socket.close();
      });
    },
  },
  {
    name: "close inside open is told to the listener that open returns",
    run: async (runtime) => {
      const closed = later<Closed>();
      const route = socketRoute((socket) => {
        socket.close(4400, "at once");
        return { closed: (code, reason) => closed.resolve({ code, reason }) };
      });
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        assert.deepEqual(await new Client(url).closed, { code: 4400, reason: "at once" });
        assert.equal((await closed.promise).code, 4400);
      });
    },
  },
  {
    name: "a reason is cut to 123 bytes, whole characters only",
    run: async (runtime) => {
      const route = socketRoute((socket) => ({ message: () => socket.close(4000, "ü".repeat(100)) }));
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const client = await Client.open(url);
        client.socket.send("go");
        assert.deepEqual(await client.closed, { code: 4000, reason: "ü".repeat(61) });
      });
    },
  },
  {
    name: "the peer's close arrives with its code and reason; a peer that vanishes is 1006",
    run: async (runtime) => {
      let closed = later<Closed>();
      const route = socketRoute((socket) => {
        socket.send("open");
        return { closed: (code, reason) => closed.resolve({ code, reason }) };
      });
      await serving(runtime, { webSockets: [route] }, async ({ port }, url) => {
        const client = await Client.open(url);
        client.socket.close(4001, "bye");
        assert.deepEqual(await closed.promise, { code: 4001, reason: "bye" });
        closed = later<Closed>();
        const vanishing = await RawWebSocket.open(port, "/ws");
        await vanishing.until(() => vanishing.texts().length === 1);
        vanishing.client.destroy();
        assert.equal((await closed.promise).code, 1006);
      });
    },
  },
  {
    name: "terminate ends the connection; it is told as 1006, once",
    run: async (runtime) => {
      const closes: number[] = [];
      const closed = later();
      const route = socketRoute((socket) => ({
        message: () => {
          socket.terminate();
          assert.equal(closes.length, 0);
          assert.equal(socket.send("after"), "dropped");
        },
        closed: (code) => {
          closes.push(code);
          closed.resolve();
        },
      }));
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const client = await Client.open(url);
        client.socket.send("go");
        await client.closed;
        await closed.promise;
        assert.deepEqual(closes, [1006]);
      });
    },
  },
  {
    name: "what one socket's handler sends to all others arrives everywhere, in order",
    run: async (runtime) => {
      const sockets: WebSocketConnection[] = [];
      const route = socketRoute((socket) => {
        sockets.push(socket);
        return {
          message: (text) => {
            for (let i = 0; i < 10; i++) for (const each of sockets) each.send(`${text} ${i}`);
          },
        };
      });
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const clients = await Promise.all(Array.from({ length: 20 }, () => Client.open(url)));
        clients[7]?.socket.send("a");
        const expected = Array.from({ length: 10 }, (_unused, i) => `a ${i}`);
        for (const client of clients) assert.deepEqual(await client.hears(10), expected);
        for (const client of clients) client.socket.close();
      });
    },
  },
  {
    name: "a peer that does not read: queued, then dropped within the limit; drained tells when it goes on, and what was not dropped arrives in order",
    run: async (runtime) => {
      const maxBufferedBytes = 262_144;
      const padding = "x".repeat(32_768);
      const stuck = later<string[]>();
      const drained = later<WebSocketConnection>();
      let full = false;
      const route = socketRoute(
        (socket) => ({
          message: async () => {
            const kept = await fill(socket, padding);
            full = true;
            stuck.resolve(kept);
          },
          // Before that the kernel may have taken what was queued, which is told too.
          drained: () => full && drained.resolve(socket),
        }),
        { maxBufferedBytes },
      );
      await serving(runtime, { webSockets: [route] }, async ({ port }) => {
        const peer = await RawWebSocket.open(port, "/ws");
        peer.client.pause();
        peer.sendText("go");
        const kept = await stuck.promise;
        peer.client.resume();
        const socket = await drained.promise;
        assert.ok(socket.bufferedBytes() < maxBufferedBytes);
        assert.notEqual(socket.send("and on"), "dropped");
        await peer.until(() => peer.texts().at(-1) === "and on");
        assert.deepEqual(
          peer.texts().map((text) => text.split(" ")[0]),
          [...kept, "and"],
        );
        peer.client.destroy();
      });

      /** Sends until dropped; gives the numbers that were not, and checks that the runtime held no more than it may. */
      async function fill(socket: WebSocketConnection, text: string): Promise<string[]> {
        const numbers: string[] = [];
        for (let i = 0; ; i++) {
          if (socket.send(`${i} ${text}`) === "dropped") return numbers;
          numbers.push(String(i));
          assert.ok(socket.bufferedBytes() <= maxBufferedBytes + 2 * text.length, "more is held than allowed");
          if (i % 4 === 3) await new Promise((resolve) => setImmediate(resolve));
        }
      }
    },
  },
  {
    name: "a burst above the limit within one handler is dropped at its end, and drained follows",
    run: async (runtime) => {
      const drained = later();
      const results: SendResult[] = [];
      const route = socketRoute(
        (socket) => ({
          message: async () => {
            await new Promise((resolve) => setImmediate(resolve)); // outside the handler, so the burst is one batch
            for (let i = 0; i < 20; i++) results.push(socket.send("x".repeat(1000)));
          },
          drained: () => drained.resolve(),
        }),
        { maxBufferedBytes: 10_000 },
      );
      await serving(runtime, { webSockets: [route] }, async (_, url) => {
        const client = await Client.open(url);
        client.socket.send("go");
        await drained.promise;
        const kept = results.filter((result) => result !== "dropped").length;
        assert.ok(kept >= 10 && kept < 20 && results.at(-1) === "dropped", results.join());
        assert.equal((await client.hears(kept)).length, kept);
        client.socket.close();
      });
    },
  },
  {
    name: "a silent peer is pinged; one that answers stays, one that does not is closed with 1006",
    run: async (runtime) => {
      const closed = new Map<string, number>();
      const muteClosed = later();
      const route = socketRoute(() => ({}), {
        path: "/ws/:name",
        idleTimeoutMs: 8000,
        accept: (_, { name = "" }) => ({
          open: (socket) => ({
            message: (text) => void socket.send(text),
            drained() {},
            closed: (code) => {
              closed.set(name, code);
              if (name === "mute") muteClosed.resolve();
            },
          }),
        }),
      });
      await serving(runtime, { webSockets: [route] }, async ({ port }) => {
        const [mute, polite] = [await RawWebSocket.open(port, "/ws/mute"), await RawWebSocket.open(port, "/ws/polite")];
        let answered = 0;
        const answering = polite.until(() => {
          for (const ping of polite.pings().slice(answered)) polite.sendPong(ping);
          answered = polite.pings().length;
          return polite.texts().includes("still here");
        });
        await muteClosed.promise;
        assert.equal(closed.get("mute"), 1006);
        polite.sendText("still here");
        await answering;
        assert.ok(answered > 0 && !closed.has("polite"));
        polite.client.destroy();
        mute.client.destroy();
      });
    },
  },
];
