import assert from "node:assert/strict";
import { assertCors, assertMethodNotAllowed, assertNotCached, assertNotFound, type ConformanceCase } from "./case.ts";

interface Info {
  readonly websocket: boolean;
  readonly origins: readonly string[];
  readonly cookie_needed: boolean;
  readonly entropy: number;
}

export const plainPages: readonly ConformanceCase[] = [
  {
    name: "1: the base greets, with and without a slash, and sets no cookie",
    run: async ({ echo, cookieNeeded }) => {
      for (const url of [echo, `${echo}/`, cookieNeeded]) {
        const answer = await fetch(url);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get("content-type"), "text/plain; charset=UTF-8");
        assert.equal(answer.headers.get("set-cookie"), null);
        assert.equal(await answer.text(), "Welcome to SockJS!\n");
      }
    },
  },
  {
    name: "1: what is not of the protocol is not found",
    run: async ({ echo }) => {
      for (const rest of ["/a", "/a.html", "//", "///", "/a/a", "/a/a/", "/a/", "/a/a/a/a", "/a/a/unknown"]) {
        await assertNotFound(echo + rest);
      }
      await assertNotFound(`${echo}x`);
    },
  },
  {
    name: "1: a wrong method is 405 with Allow, without type and body",
    run: async ({ echo }) => {
      for (const path of ["/info", "/000/1/xhr_send", "/000/1/xhr"]) await assertMethodNotAllowed(echo + path, "PUT");
      await assertMethodNotAllowed(echo, "POST");
      await assertMethodNotAllowed(`${echo}/000/1/xhr`, "GET");
    },
  },
  {
    name: "1: HEAD of the greeting tells its length",
    notTheReference: "answers 405",
    run: async ({ echo }) => {
      const answer = await fetch(echo, { method: "HEAD" });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-length"), "19");
      assert.equal(await answer.text(), "");
    },
  },
  {
    name: "2: info tells what the server can; never cached, never with a cookie",
    run: async ({ echo, disabledWebSocket, cookieNeeded }) => {
      for (const base of [echo, disabledWebSocket, cookieNeeded]) {
        const answer = await fetch(`${base}/info`, { headers: { origin: "https://shop.example" } });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get("content-type"), "application/json; charset=UTF-8");
        assert.equal(answer.headers.get("set-cookie"), null);
        assertNotCached(answer);
        assertCors(answer, "https://shop.example");
        const info = await readInfo(answer);
        assert.equal(info.websocket, base !== disabledWebSocket);
        assert.equal(info.cookie_needed, base === cookieNeeded);
        assert.deepEqual(info.origins, ["*:*"]);
        assert.ok(Number.isInteger(info.entropy) && info.entropy >= 0 && info.entropy < 2 ** 32);
      }
    },
  },
  {
    name: "2: entropy differs from call to call",
    run: async ({ echo }) => {
      const seen = new Set<number>();
      for (let i = 0; i < 4; i++) seen.add((await readInfo(await fetch(`${echo}/info`))).entropy);
      assert.ok(seen.size > 1);
    },
  },
  {
    name: "9: OPTIONS is answered from a cache for a year, for any origin, and allows the headers that are asked for",
    run: async ({ echo }) => {
      for (const [path, method] of [
        ["/info", "GET"],
        ["/000/1/xhr", "POST"],
        ["/000/1/xhr_streaming", "POST"],
        ["/000/1/xhr_send", "POST"],
      ] as const) {
        for (const origin of ["https://shop.example", "null"]) {
          const asked = { origin, "access-control-request-headers": "a, b, c" };
          const answer = await fetch(echo + path, { method: "OPTIONS", headers: asked });
          const { headers } = answer;
          assert.ok(answer.status === 204 || answer.status === 200);
          assert.match(headers.get("cache-control") ?? "", /public.*max-age=[1-9][0-9]{6}/);
          assert.ok(Date.parse(headers.get("expires") ?? "") > Date.now() + 300 * 86_400_000);
          assert.ok(Number(headers.get("access-control-max-age")) > 1_000_000);
          assert.match(headers.get("access-control-allow-methods") ?? "", new RegExp(`OPTIONS.*${method}`));
          assert.equal(headers.get("access-control-allow-headers"), "a, b, c");
          assert.equal(headers.get("last-modified"), null);
          assertCors(answer, origin);
          assert.equal(await answer.text(), "");
        }
      }
    },
  },
  {
    name: "9: headers that nobody asks for are not allowed; without an origin everybody is",
    run: async ({ echo }) => {
      for (const headers of [{}, { "access-control-request-headers": "" }]) {
        const answer = await fetch(`${echo}/000/1/xhr`, { method: "OPTIONS", headers });
        assert.equal(answer.headers.get("access-control-allow-headers"), null);
        assertCors(answer, null);
      }
    },
  },
];

async function readInfo(answer: Response): Promise<Info> {
  return (await answer.json()) as Info;
}
