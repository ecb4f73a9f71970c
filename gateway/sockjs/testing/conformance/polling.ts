import assert from "node:assert/strict";
import { HttpSession, randomId } from "../http-session.ts";
import { assertCors, assertNotCached, assertNotFound, type ConformanceCase } from "./case.ts";

const script = "application/javascript; charset=UTF-8";
const interrupted = /^(o|c\[1002,"Connection interrupted"\])\n$/;

export const polling: readonly ConformanceCase[] = [
  {
    name: "4: any server and session name without a slash or dot will do",
    run: async ({ echo }) => {
      for (const [server, id] of [
        ["a", randomId()],
        ["_", `_${randomId()}`],
        ["1", `1${randomId()}`],
        ["abcdefgh_i-j%20", `abc%20${randomId()}`],
      ]) {
        assert.equal(await new HttpSession(echo, id, server).poll(), "o\n");
      }
    },
  },
  {
    name: "4: paths with an empty or dotted name, or a slash too many, are not found",
    run: async ({ echo }) => {
      for (const rest of ["//", "/a./a", "/a/a.", "/./.", "/", "///", "//a", "/a//"]) {
        await assertNotFound(`${echo}${rest}/xhr`, { method: "POST" });
      }
    },
  },
  {
    name: "4: no path ends with a slash",
    notTheReference: "takes one slash more",
    run: async ({ echo }) => {
      for (const rest of ["/info/", `/000/${randomId()}/xhr/`]) await assertNotFound(echo + rest, { method: "POST" });
    },
  },
  {
    name: "6: a poll opens with one frame, as uncacheable script for every origin, without a cookie",
    run: async ({ echo }) => {
      for (const origin of [null, "https://shop.example", "null"]) {
        const answer = await new HttpSession(echo).post("xhr", "", origin === null ? {} : { origin });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get("content-type"), script);
        assert.equal(answer.headers.get("set-cookie"), null);
        assertCors(answer, origin);
        assertNotCached(answer);
        assert.equal(await answer.text(), "o\n");
      }
    },
  },
  {
    name: "6, 7: what is sent comes back by the next poll; an accepted send is an empty 204",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const answer = await session.post("xhr_send", '["a"]', { origin: "https://shop.example" });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("content-type"), "text/plain; charset=UTF-8");
      assertCors(answer, "https://shop.example");
      assertNotCached(answer);
      assert.equal(await answer.text(), "");
      assert.equal(await session.poll(), 'a["a"]\n');
    },
  },
  {
    name: "6: a poll that is held is answered when something comes",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const held = session.poll();
      await session.send("x");
      assert.equal(await held, 'a["x"]\n');
    },
  },
  {
    name: "6: what comes while no poll is open waits for the next, in order and whole",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      await session.send("a", "b");
      await session.send("c");
      assert.equal(await session.poll(), 'a["a","b","c"]\n');
    },
  },
  {
    name: "7: an unknown session is not found",
    run: async ({ echo }) => {
      const answer = await new HttpSession(echo).post("xhr_send", '["x"]');
      assert.equal(answer.status, 404);
      assert.equal(answer.headers.get("set-cookie"), null);
    },
  },
  {
    name: "7: broken JSON and an empty body are told, and the session goes on",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      for (const [body, expected] of [
        ['["x', "Broken JSON encoding."],
        ["", "Payload expected."],
      ] as const) {
        const answer = await session.post("xhr_send", body);
        assert.equal(answer.status, 500);
        assert.equal(await answer.text(), expected);
      }
      await session.send("a");
      assert.equal(await session.poll(), 'a["a"]\n');
    },
  },
  {
    name: "7: JSON that is no list of texts is refused, and nothing of it arrives",
    notTheReference: "takes lists of anything",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      for (const body of ["{}", "null", "1", '"a"', "[1]", '["a",{}]', "[null]", '[["a"]]']) {
        const answer = await session.post("xhr_send", body);
        assert.equal(answer.status, 500, body);
        assert.equal(await answer.text(), "Payload expected.");
      }
      await session.send("a");
      assert.equal(await session.poll(), 'a["a"]\n');
    },
  },
  {
    name: "7: an empty list is accepted and carries nothing",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      await session.send();
      await session.send("a");
      assert.equal(await session.poll(), 'a["a"]\n');
    },
  },
  {
    name: "7: old browsers send any type, or none",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const types = [
        "text/plain",
        "T",
        "application/json",
        "application/xml",
        "",
        "application/json; charset=utf-8",
        "text/xml; charset=utf-8",
        "text/xml",
      ];
      for (const type of types) {
        const answer = await session.post("xhr_send", '["a"]', { "content-type": type });
        assert.equal(answer.status, 204, type);
      }
      assert.equal(await session.poll(), `a[${types.map(() => '"a"').join(",")}]\n`);
    },
  },
  {
    name: "9: the answer to a poll allows the headers of its origin only by OPTIONS",
    run: async ({ echo }) => {
      const answer = await new HttpSession(echo).post("xhr", "", { "access-control-request-headers": "a, b, c" });
      assertCors(answer, null);
    },
  },
  {
    name: "12: the server's name is ignored, the session's counts",
    run: async ({ echo }) => {
      const id = randomId();
      assert.equal(await new HttpSession(echo, id, "000").poll(), "o\n");
      await new HttpSession(echo, id, "000").send("a");
      assert.equal(await new HttpSession(echo, id, "999").poll(), 'a["a"]\n');
    },
  },
  {
    name: "12: a second receiver is told so, and the first goes on",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const stream = await session.stream();
      await stream.line(); // the session has this receiver
      assert.equal(await session.poll(), 'c[2010,"Another connection still open"]\n');
      await session.send("x");
      assert.equal(await stream.line(), 'a["x"]\n');
      await stream.cancel();
    },
  },
  {
    name: "12: the application's close is told again and again",
    run: async ({ close }) => {
      const session = await HttpSession.open(close);
      for (let i = 0; i < 3; i++) assert.equal(await session.poll(), 'c[3000,"Go away!"]\n');
    },
  },
  {
    name: "12: after the close nothing is taken",
    notTheReference: "answers 204 and forgets it",
    run: async ({ close }) => {
      const session = await HttpSession.open(close);
      await session.poll();
      assert.equal((await session.post("xhr_send", '["x"]')).status, 404);
    },
  },
  {
    name: "12: a poll that the client abandons ends the session",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const polls = [1, 2].map(() => {
        const abandon = new AbortController();
        return { abandon, done: session.post("xhr", "", {}, abandon.signal).then((answer) => answer.text()) };
      });
      const refused = await Promise.race(polls.map(({ done }, index) => done.then(() => index)));
      const held = polls[1 - refused]; // one of the two is refused, so the other is held
      held?.abandon.abort();
      await held?.done.catch(() => {});
      assert.match(await afterAbandoned(session), interrupted);
    },
  },
  {
    name: "12: a stream that the client abandons ends the session",
    run: async ({ echo }) => {
      const session = new HttpSession(echo);
      const stream = await session.stream();
      await stream.line();
      assert.equal(await stream.line(), "o\n");
      await stream.cancel();
      assert.match(await afterAbandoned(session), interrupted);
    },
  },
  {
    name: "13: fragile characters are escaped, all others are as they were",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const fragile = "\u0000\u001f\u200c\u200f\u2028\u2029\u202f\u2060\u206f\ufff0\uffff\ud800x\udfff";
      const sturdy = "ü漢\u200b\u2030\u2070\uffef\u007f/";
      await session.send(fragile + sturdy);
      const frame = await session.poll();
      for (const character of fragile.replace("x", "")) assert.ok(!frame.includes(character), codePoint(character));
      assert.deepEqual(JSON.parse(frame.slice(1)), [fragile + sturdy]);
    },
  },
  {
    name: "13: everything that the client escapes is understood",
    run: async ({ echo }) => {
      const session = await HttpSession.open(echo);
      const text = Array.from({ length: 0x300 }, (_, i) => String.fromCharCode(i * 85)).join("");
      const escaped = Array.from(text, (c) =>
        c.length > 1 ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ).join("");
      assert.equal((await session.post("xhr_send", `["${escaped}"]`)).status, 204);
      assert.deepEqual(JSON.parse((await session.poll()).slice(1)), [text]);
    },
  },
];

/** What a new receiver hears once the server has noticed that the old one is gone. */
async function afterAbandoned(session: HttpSession): Promise<string> {
  for (;;) {
    const frame = await session.poll();
    if (!frame.startsWith("c[2010")) return frame;
  }
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16)}`;
}
