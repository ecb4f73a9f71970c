import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { BodyTooLarge, type HttpRequest, type HttpResponse, PeerGone } from "../runtime.ts";
import { exchange, RawClient } from "../testing/raw-client.ts";
import { type ContractCase, later, serving } from "../testing/serving.ts";

const end = "Connection: close\r\n\r\n";
/** A macrotask: the handler is long over. */
const afterwards = () => new Promise((resolve) => setImmediate(resolve));

export const bodyContract: readonly ContractCase[] = [
  {
    name: "a body arrives whole, also when it is asked for late",
    run: async (runtime) => {
      const sent = "zwölf".repeat(100_000);
      const http = async (request: HttpRequest, response: HttpResponse) => {
        if (request.path === "/late") for (let i = 0; i < 20; i++) await afterwards();
        const body = await request.body(1_000_000);
        response.send(200, {}, Buffer.from(body).toString("utf8") === sent ? "same" : "different");
      };
      await serving(runtime, { http }, async (_, url) => {
        for (const path of ["/at-once", "/late"]) {
          assert.equal(await (await fetch(url + path, { method: "POST", body: sent })).text(), "same", path);
        }
      });
    },
  },
  {
    name: "a chunked body and one that comes in small pieces arrive whole; without a body it is empty",
    run: async (runtime) => {
      await serving(runtime, { http: echoBody }, async ({ port }, url) => {
        assert.equal(await (await fetch(url, { method: "POST" })).text(), "[]");
        assert.equal(await (await fetch(url)).text(), "[]");
        const head = "POST / HTTP/1.1\r\nHost: a\r\n";
        const chunked = await exchange(
          port,
          `${head}Transfer-Encoding: chunked\r\n${end}5\r\nabcde\r\n2\r\nfg\r\n0\r\n\r\n`,
        );
        assert.match(chunked, /\[abcdefg\]/);
        const client = await RawClient.connect(port);
        client.write(`${head}Content-Length: 4\r\n${end}`);
        for (const piece of "abcd") {
          client.write(piece);
          await afterwards();
        }
        assert.match(await client.end(), /\[abcd\]/);
      });
    },
  },
  {
    name: "a body of the limit passes; one byte more is BodyTooLarge, can be answered 413, and the next request is served",
    run: async (runtime) => {
      await serving(runtime, { http: echoBody }, async (_, url) => {
        const statuses: number[] = [];
        for (const bytes of [1000, 1001, 300_000, 1000]) {
          const answer = await fetch(url, { method: "POST", body: "x".repeat(bytes) });
          statuses.push(answer.status);
          await answer.text();
        }
        assert.deepEqual(statuses, [200, 413, 413, 200]);
      });
    },
  },
  {
    name: "BodyTooLarge also where the whole body waited before it was asked for, and where its length is not told",
    run: async (runtime) => {
      const http = async (request: HttpRequest, response: HttpResponse) => {
        for (let i = 0; i < 20; i++) await afterwards();
        await echoBody(request, response);
      };
      await serving(runtime, { http }, async ({ port }, url) => {
        assert.equal((await fetch(url, { method: "POST", body: "x".repeat(1001) })).status, 413);
        const chunk = `3e9\r\n${"x".repeat(1001)}\r\n0\r\n\r\n`;
        const answer = await exchange(
          port,
          `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n${end}${chunk}`,
        );
        assert.match(answer, /^HTTP\/1.1 413 /);
      });
    },
  },
  {
    name: "a body without end is BodyTooLarge too: it is answered, or the connection ends",
    run: async (runtime) => {
      await serving(runtime, { http: echoBody }, async ({ port }) => {
        const client = await RawClient.connect(port);
        client.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (!client.closed && !client.received.includes(" 413 ")) {
          client.write(`8000\r\n${"x".repeat(0x8000)}\r\n`);
          await afterwards();
        }
        client.destroy();
      });
    },
  },
  {
    name: "a peer that leaves in the middle of its body is PeerGone",
    run: async (runtime) => {
      const asked = later();
      const failed = later<unknown>();
      const http = (request: HttpRequest, response: HttpResponse) => {
        request.body(1000).catch((error: unknown) => {
          failed.resolve(error);
          response.send(200, {}, "to nobody");
        });
        asked.resolve();
      };
      await serving(runtime, { http }, async ({ port }) => {
        const client = await RawClient.connect(port);
        client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf`);
        await asked.promise;
        client.destroy();
        assert.ok((await failed.promise) instanceof PeerGone);
      });
    },
  },
  {
    name: "a body that nobody asks for does not stand in the way of the next request",
    run: async (runtime) => {
      const http = async (_: HttpRequest, response: HttpResponse) => {
        for (let i = 0; i < 5; i++) await afterwards();
        response.send(200, {}, "ok");
      };
      await serving(runtime, { http }, async ({ port }) => {
        const client = await RawClient.connect(port);
        client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n${"x".repeat(200_000)}`);
        await client.text("ok");
        client.write(`GET / HTTP/1.1\r\nHost: a\r\n${end}`);
        assert.equal((await client.end()).split("HTTP/1.1 200").length, 3);
      });
    },
  },
];

/** Answers with the body in brackets; above 1,000 bytes 413. */
async function echoBody(request: HttpRequest, response: HttpResponse): Promise<void> {
  try {
    response.send(200, {}, `[${Buffer.from(await request.body(1000)).toString("utf8")}]`);
  } catch (error) {
    assert.ok(error instanceof BodyTooLarge && error.maxBytes === 1000);
    response.send(413, {}, "too large");
  }
}
