/**
 * What SockJS 0.3.3 obliges a server to, as far as we serve it: written from the rules, so that it can be held against
 * the reference server as well as against ours.
 */
import type { ConformanceCase } from "./conformance/case.ts";
import { cookies } from "./conformance/cookies.ts";
import { plainPages } from "./conformance/plain-pages.ts";
import { polling } from "./conformance/polling.ts";
import { streaming } from "./conformance/streaming.ts";
import { webSocket } from "./conformance/web-socket.ts";

export const conformance: readonly ConformanceCase[] = [
  ...plainPages,
  ...polling,
  ...streaming,
  ...cookies,
  ...webSocket,
];
