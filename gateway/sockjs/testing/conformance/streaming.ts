import assert from "node:assert/strict";
import { HttpSession } from "../http-session.ts";
import { assertCors, assertNotCached, type ConformanceCase } from "./case.ts";

const prelude = `${"h".repeat(2048)}\n`;

export const streaming: readonly ConformanceCase[] = [
  {
    name: "6: a stream begins with 2 KiB that browsers wait for, then frame after frame as they come",
    run: async ({ echo }) => {
      const session = new HttpSession(echo);
      const stream = await session.stream();
      const { answer } = stream;
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-type"), "application/javascript; charset=UTF-8");
      assertCors(answer, null);
      assertNotCached(answer);
      assert.equal(await stream.line(), prelude);
      assert.equal(await stream.line(), "o\n");
      for (const text of ["a", "b"]) {
        await session.send(text);
        assert.equal(await stream.line(), `a["${text}"]\n`);
      }
      await stream.cancel();
    },
  },
  {
    name: "6: a stream ends at the response limit, and the next one goes on without a loss",
    run: async ({ echo }) => {
      const session = new HttpSession(echo);
      const stream = await session.stream();
      assert.equal(await stream.line(), prelude);
      assert.equal(await stream.line(), "o\n");
      const text = "x".repeat(128);
      for (let i = 0; i < 31; i++) await session.send(text); // 31 frames of 133 bytes and `o` make 4,125
      let heard = frames(await stream.rest());
      if (heard < 31) {
        const next = await session.stream();
        await next.line();
        while (heard < 31) heard += frames(await next.line());
        await next.cancel();
      }
      assert.equal(heard, 31);

      function frames(lines: string): number {
        return lines.split(`"${text}"`).length - 1;
      }
    },
  },
  {
    name: "12: the application's close ends a stream after its frame",
    run: async ({ close }) => {
      const session = new HttpSession(close);
      const stream = await session.stream();
      assert.equal(await stream.rest(), `${prelude}o\nc[3000,"Go away!"]\n`);
      assert.equal(await (await session.stream()).rest(), `${prelude}c[3000,"Go away!"]\n`);
    },
  },
  {
    name: "12: a second stream is told that the first is open",
    run: async ({ echo }) => {
      const session = new HttpSession(echo);
      const stream = await session.stream();
      await stream.line();
      assert.equal(await stream.line(), "o\n");
      assert.equal(await (await session.stream()).rest(), `${prelude}c[2010,"Another connection still open"]\n`);
      await stream.cancel();
    },
  },
];
