import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { HttpHandler, HttpRequest, HttpResponse } from "../runtime.ts";
import { exchange, RawClient } from "../testing/raw-client.ts";
import { type ContractCase, later, serving } from "../testing/serving.ts";

const end = "Connection: close\r\n\r\n";
/** A macrotask: the handler is long over. */
const afterwards = () => new Promise((resolve) => setImmediate(resolve));

/** A handler that answers with an empty 200, and the first request that it gets. */
function noting(): { seen: Promise<HttpRequest>; http: HttpHandler } {
  const seen = later<HttpRequest>();
  const http: HttpHandler = (request, response) => {
    seen.resolve(request);
    response.send(200, {});
  };
  return { seen: seen.promise, http };
}

export const httpContract: readonly ContractCase[] = [
  {
    name: "a handler sees method, percent-encoded path, query, headers in lower case and the peer's address",
    run: async (runtime) => {
      const { seen, http } = noting();
      await serving(runtime, { http }, async (_, url) => {
        await fetch(`${url}/a%20b/%2F?x=%26&y`, { method: "PATCH", headers: { "X-Thing": "Value" } });
        const request = await seen;
        assert.equal(request.method, "PATCH");
        assert.equal(request.path, "/a%20b/%2F");
        assert.equal(request.query, "x=%26&y");
        assert.equal(request.headers.get("x-thing"), "Value");
        assert.equal(request.peerAddress, "127.0.0.1");
      });
    },
  },
  {
    name: "without a query it is empty, and headers that are not there are undefined",
    run: async (runtime) => {
      const { seen, http } = noting();
      await serving(runtime, { http }, async (_, url) => {
        await fetch(url);
        const { path, query, headers } = await seen;
        assert.deepEqual([path, query, headers.get("x-thing")], ["/", "", undefined]);
      });
    },
  },
  {
    name: "repeated headers are joined by a comma, cookies by a semicolon",
    run: async (runtime) => {
      const http = ({ headers }: HttpRequest, response: HttpResponse) =>
        response.send(200, {}, `${headers.get("x-forwarded-for")}|${headers.get("cookie")}|`);
      await serving(runtime, { http }, async ({ port }) => {
        const answer = await exchange(
          port,
          `GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\nCookie: a=1\r\nX-Forwarded-For: 2.2.2.2\r\nCookie: b=2\r\n${end}`,
        );
        assert.match(answer, /1\.1\.1\.1, 2\.2\.2\.2\|a=1; b=2\|/);
      });
    },
  },
  {
    name: "a header block of 12 KiB passes, as cookies of the host site count",
    run: async (runtime) => {
      const http = ({ headers }: HttpRequest, response: HttpResponse) =>
        response.send(200, {}, String(headers.get("cookie")?.length));
      await serving(runtime, { http }, async (_, url) => {
        const answer = await fetch(url, { headers: { cookie: "c".repeat(12_288) } });
        assert.equal(await answer.text(), "12288");
      });
    },
  },
  {
    name: "status, headers and body arrive, several values of one header too, from the handler and after it",
    run: async (runtime) => {
      const http = async ({ path }: HttpRequest, response: HttpResponse) => {
        if (path === "/after") await afterwards();
        response.send(
          418,
          { "X-Thing": "value", "Set-Cookie": ["a=1", "b=2"] },
          path === "/bytes" ? new Uint8Array([104, 105]) : "hi",
        );
        response.send(200, {}, "twice"); // the first counts
      };
      await serving(runtime, { http }, async (_, url) => {
        for (const path of ["/", "/after", "/bytes"]) {
          const answer = await fetch(url + path);
          assert.equal(answer.status, 418);
          assert.equal(answer.headers.get("x-thing"), "value");
          assert.deepEqual(answer.headers.getSetCookie(), ["a=1", "b=2"]);
          assert.equal(answer.headers.get("content-length"), "2");
          assert.equal(await answer.text(), "hi");
        }
      });
    },
  },
  {
    name: "HEAD tells the length and leaves the body out; 204 and 304 have neither",
    run: async (runtime) => {
      const http = ({ path }: HttpRequest, response: HttpResponse) =>
        path === "/stream"
          ? response.stream(200, {}).end("never shown")
          : response.send(Number(path.slice(1)), {}, path === "/200" ? "zwölf" : "");
      await serving(runtime, { http }, async ({ port }) => {
        const client = await RawClient.connect(port);
        client.write("HEAD /200 HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.text("\r\n\r\n");
        client.write("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.until((received) => received.toString().split("\r\n\r\n").length > 2);
        for (const status of ["204", "304"]) {
          client.write(`GET /${status} HTTP/1.1\r\nHost: a\r\n\r\n`);
          await client.text(`HTTP/1.1 ${status}`);
        }
        client.write(`HEAD /200 HTTP/1.1\r\nHost: a\r\n${end}`);
        const all = (await client.end()).toLowerCase();
        assert.equal(all.split("content-length: 6").length, 3);
        assert.ok(!all.includes("zwölf") && !all.includes("never shown"));
      });
    },
  },
  {
    name: "a header value cannot begin another header",
    run: async (runtime) => {
      const http = (_: HttpRequest, response: HttpResponse) =>
        response.send(200, { "X-Echo": "a\r\nX-Evil: 1\u0000 ü" }, "ok");
      await serving(runtime, { http }, async (_, url) => {
        const { headers } = await fetch(url);
        assert.equal(headers.get("x-evil"), null);
        assert.equal(headers.get("x-echo"), "a??X-Evil: 1? ?");
      });
    },
  },
  {
    name: "what is streamed arrives while the answer is open, in order, and ends",
    run: async (runtime) => {
      const ended = later();
      const http = async (_: HttpRequest, response: HttpResponse) => {
        const stream = response.stream(200, { "X-Thing": "value" });
        stream.write("one ");
        await afterwards();
        stream.write(new TextEncoder().encode("zwei "));
        assert.equal(response.done, false);
        await ended.promise;
        stream.end("three");
        assert.equal(stream.write("late"), false);
      };
      await serving(runtime, { http }, async (_, url) => {
        const answer = await fetch(url);
        assert.equal(answer.headers.get("x-thing"), "value");
        let text = "";
        for await (const chunk of answer.body ?? []) {
          text += Buffer.from(chunk).toString("utf8");
          if (text === "one zwei ") ended.resolve();
        }
        assert.equal(text, "one zwei three");
      });
    },
  },
  {
    name: "a stream to a slow reader says so, keeps what was written, and tells when there is room again",
    run: async (runtime) => {
      const line = `${"0123456789abcdef".repeat(2048)}\n`; // 32 KiB
      const blocked = later<number>();
      const drained = later();
      const http = async (_: HttpRequest, response: HttpResponse) => {
        const stream = response.stream(200, {});
        stream.onDrain(() => drained.resolve());
        let lines = 1;
        while (stream.write(line)) {
          lines += 1;
          await afterwards();
        }
        blocked.resolve(lines);
        await drained.promise;
        stream.end("end\n");
      };
      await serving(runtime, { http }, async ({ port }) => {
        const client = await RawClient.connect(port);
        client.pause();
        client.write(`GET / HTTP/1.1\r\nHost: a\r\n${end}`);
        const lines = await blocked.promise;
        client.resume();
        const all = await client.end();
        assert.equal(all.split("0123456789abcdef".repeat(2048)).length - 1, lines);
        assert.match(all, /end\n\r\n0\r\n\r\n$/);
      });
    },
  },
  {
    name: "onClose once when the peer leaves a held answer or a stream; writing afterwards is harmless",
    run: async (runtime) => {
      for (const kind of ["held", "stream"]) {
        const held = later();
        let closes = 0;
        const closed = later();
        const http = (_: HttpRequest, response: HttpResponse) => {
          const stream = kind === "stream" ? response.stream(200, {}) : null;
          stream?.write("begin");
          response.onClose(() => {
            closes += 1;
            assert.equal(response.done, true);
            response.send(200, {}, "late");
            stream?.write("late");
            stream?.end();
            closed.resolve();
          });
          held.resolve();
        };
        await serving(runtime, { http }, async ({ port }) => {
          const client = await RawClient.connect(port);
          client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
          await held.promise;
          if (kind === "stream") await client.text("begin");
          client.destroy();
          await closed.promise;
          assert.equal(closes, 1);
        });
      }
    },
  },
  {
    name: "onClose is not called for an answer that was completed",
    run: async (runtime) => {
      let closes = 0;
      const http = async (_: HttpRequest, response: HttpResponse) => {
        response.onClose(() => {
          closes += 1;
        });
        await afterwards();
        response.send(200, {}, "whole");
        assert.equal(response.done, true);
      };
      await serving(runtime, { http }, async ({ port }) => {
        assert.match(await exchange(port, `GET / HTTP/1.1\r\nHost: a\r\n${end}`), /whole$/);
        for (let i = 0; i < 10; i++) await afterwards();
        assert.equal(closes, 0);
      });
    },
  },
  {
    name: "answers to many held requests, given in the handler of another, all arrive",
    run: async (runtime) => {
      const held: HttpResponse[] = [];
      const allHeld = later();
      const http = ({ path }: HttpRequest, response: HttpResponse) => {
        if (path === "/hold") {
          if (held.push(response) === 20) allHeld.resolve();
          return;
        }
        for (const [index, other] of held.entries()) other.send(200, {}, `answer ${index}`);
        response.send(200, {}, "released");
      };
      await serving(runtime, { http }, async (_, url) => {
        const answers = Array.from({ length: 20 }, async () => (await fetch(`${url}/hold`)).text());
        await allHeld.promise;
        assert.equal(await (await fetch(`${url}/release`)).text(), "released");
        assert.deepEqual(new Set(await Promise.all(answers)).size, 20);
      });
    },
  },
];
