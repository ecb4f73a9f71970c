import assert from "node:assert/strict";
import { randomId } from "../http-session.ts";
import { SocketClient } from "../socket-client.ts";
import { assertMethodNotAllowed, assertNotFound, type ConformanceCase } from "./case.ts";

const framed = (id = randomId()) => `/000/${id}/websocket`;

export const webSocket: readonly ConformanceCase[] = [
  {
    name: "4: a plain GET, and an upgrade whose connection says close, are 400",
    run: async ({ echo }) => {
      for (const path of [framed("0"), "/websocket"]) {
        const answer = await fetch(echo + path);
        assert.equal(answer.status, 400);
        await answer.text();
      }
    },
  },
  {
    name: "4: other methods are 405",
    run: async ({ echo }) => {
      for (const method of ["POST", "PUT"]) await assertMethodNotAllowed(echo + framed("0"), method);
    },
  },
  {
    name: "4: opens with a frame; a text or a list of texts is taken, and comes back",
    run: async ({ echo }) => {
      const client = await SocketClient.open(echo, framed());
      assert.equal(await client.frame(), "o");
      client.send('"a"');
      assert.equal(await client.frame(), 'a["a"]');
      client.send('["b"]');
      assert.equal(await client.frame(), 'a["b"]');
      client.send('["c","d"]');
      assert.equal(await client.frame(), 'a["c"]');
      assert.equal(await client.frame(), 'a["d"]');
      await client.close();
    },
  },
  {
    name: "4: an empty frame and an empty list are ignored",
    run: async ({ echo }) => {
      const client = await SocketClient.open(echo, framed());
      assert.equal(await client.frame(), "o");
      for (const nothing of ["", "[]", "[]"]) client.send(nothing);
      client.send('["a"]');
      assert.equal(await client.frame(), 'a["a"]');
      await client.close();
    },
  },
  {
    name: "4: broken JSON closes",
    run: async ({ echo }) => {
      const client = await SocketClient.open(echo, framed());
      assert.equal(await client.frame(), "o");
      client.send('["a');
      assert.equal(await client.frame(), "closed");
    },
  },
  {
    name: "4: JSON that is no text closes, and nothing of it arrives",
    notTheReference: "takes lists of anything",
    run: async ({ echo }) => {
      for (const frame of ["{}", "1", "null", '["a",1]', '[["a"]]']) {
        const client = await SocketClient.open(echo, framed());
        assert.equal(await client.frame(), "o");
        client.send(frame);
        assert.equal(await client.frame(), "closed", frame);
      }
    },
  },
  {
    name: "4: a session name may be used twice at once, and again",
    run: async ({ echo }) => {
      const id = randomId();
      const [one, two] = [await SocketClient.open(echo, framed(id)), await SocketClient.open(echo, framed(id))];
      for (const [client, text] of [
        [one, "1"],
        [two, "2"],
      ] as const) {
        assert.equal(await client.frame(), "o");
        client.send(`["${text}"]`);
        assert.equal(await client.frame(), `a["${text}"]`);
        await client.close();
      }
      const again = await SocketClient.open(echo, framed(id));
      assert.equal(await again.frame(), "o");
      await again.close();
    },
  },
  {
    name: "4: the application's close is a frame, then the socket closes",
    run: async ({ close }) => {
      const client = await SocketClient.open(close, framed());
      assert.equal(await client.frame(), "o");
      assert.equal(await client.frame(), 'c[3000,"Go away!"]');
      assert.equal(await client.frame(), "closed");
    },
  },
  {
    name: "5: raw: texts as they are, close code and reason as they are",
    run: async ({ echo, close }) => {
      const client = await SocketClient.open(echo, "/websocket");
      for (const text of ["Hello world!", '["a', "漢字 \u2028"]) {
        client.send(text);
        assert.equal(await client.frame(), text);
      }
      await client.close();
      const closing = await SocketClient.open(close, "/websocket");
      assert.deepEqual(await closing.closed, { code: 3000, reason: "Go away!" });
    },
  },
  {
    name: "2, 5: where WebSocket is off its paths are not found",
    run: async ({ disabledWebSocket }) => {
      for (const path of [framed(), "/websocket"]) {
        await assertNotFound(disabledWebSocket + path);
        await assert.rejects(SocketClient.open(disabledWebSocket, path));
      }
    },
  },
  {
    name: "4: a socket under a path that is none is refused",
    notTheReference: "leaves such a socket open without an answer",
    run: async ({ echo }) => {
      for (const path of ["/a./b/websocket", "/a/b.c/websocket"]) {
        await assert.rejects(SocketClient.open(echo, path));
      }
    },
  },
  {
    name: "13: what is fragile is escaped here too",
    run: async ({ echo }) => {
      const client = await SocketClient.open(echo, framed());
      await client.frame();
      client.send(JSON.stringify(["\u2028\ud800x"]));
      assert.equal(await client.frame(), 'a["\\u2028\\ud800x"]');
      await client.close();
    },
  },
];
