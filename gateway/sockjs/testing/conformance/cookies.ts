import assert from "node:assert/strict";
import { HttpSession } from "../http-session.ts";
import type { ConformanceCase } from "./case.ts";

export const cookies: readonly ConformanceCase[] = [
  {
    name: "11: where cookies are needed a balancer's cookie is echoed, or a dummy set",
    run: async ({ cookieNeeded }) => {
      for (const [sent, expected] of [
        [undefined, "dummy"],
        ["abcdef", "abcdef"],
      ] as const) {
        for (const transport of ["xhr", "xhr_streaming"]) {
          const headers: Record<string, string> = sent === undefined ? {} : { cookie: `JSESSIONID=${sent}` };
          const answer = await new HttpSession(cookieNeeded).post(transport, "", headers);
          assert.equal(answer.headers.get("set-cookie"), `JSESSIONID=${expected}; path=/`);
          await answer.body?.cancel();
        }
      }
    },
  },
  {
    name: "11: the cookie is found among others, and one that only ends alike is not taken",
    notTheReference: "not asked of it",
    run: async ({ cookieNeeded }) => {
      const answer = await new HttpSession(cookieNeeded).post("xhr", "", {
        cookie: "XJSESSIONID=no; JSESSIONID=yes; a=b",
      });
      assert.equal(answer.headers.get("set-cookie"), "JSESSIONID=yes; path=/");
    },
  },
];
