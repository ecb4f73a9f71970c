/**
 * The seam of carriers. A transport is a {@link CarrierKind}: `dial` starts one attempt and hands back a carrier at once.
 *
 * What every adapter promises (`contract.ts` is the exam):
 * - nothing is called back before `dial` has returned, and nothing after `close()` or `closed`;
 * - `opened` comes at most once and before the first `message`; `closed` exactly once unless `close()` came first;
 * - texts arrive whole and in the order in which they were sent, in both directions;
 * - it never throws, also where the browser lacks what it needs: it then closes with 1006.
 *
 * To add one: imitate `websocket.ts`, name it in `CarrierName`, put it on the ladder in `widget/loader/carriers.ts`.
 */
import type { Json, RandomSource } from "../../protocol/ports.ts";

export type { Carrier, CarrierKind, CarrierListener } from "../../protocol/ports.ts";

export interface TransportOptions {
  /** Address of the gateway without a slash at its end: `https://chat.example.com`. Always absolute: the page may have a `<base>`. */
  baseUrl: string;
  json: Json;
  random: RandomSource;
}

/** Close code of a connection that ended without saying why (RFC 6455 §7.4.1). */
export const abnormalClosure = 1006;
