/** A visitor as small as can be: a carrier and a hello. For benches that need thousands of them in one process. */

import type { ClientFrame } from "../../protocol/client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "../../protocol/codec.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import type { Carrier } from "../../protocol/ports.ts";
import { type BenchCarrier, carrierOf } from "./node-carriers.ts";
import { surroundingsOf, visitorHello } from "./people.ts";

export interface RawVisitor {
  say(frame: ClientFrame): void;
  close(): void;
  /** Resolves with the gateway's `ok`, rejects if the connection ends before. */
  readonly welcomed: Promise<void>;
  /** What it hears. */
  onFrame: (frame: ServerFrame) => void;
  /** Called if the connection ends without `close()`. */
  onClosed: (code: number, reason: string) => void;
}

export function openRawVisitor(
  url: string,
  site: string,
  number: number,
  name: BenchCarrier,
  producer?: string,
): RawVisitor {
  let carrier: Carrier | undefined;
  let beats = 0;
  const visitor: RawVisitor = {
    say: (frame) => carrier?.send(encodeClientFrame(frame, JSON)),
    close: () => carrier?.close(),
    welcomed: new Promise((resolve, reject) => {
      const hears = (frame: ServerFrame): void => {
        visitor.onFrame(frame);
        if (frame.kind === "ok") resolve();
        else if (frame.kind === "error") reject(new Error(`${frame.code}: ${frame.detail}`));
        // Under a number of its own, as the client does: the echo of a 0 would be answered again, and so on for ever.
        else if (frame.kind === "heartbeat" && frame.nonce === 0)
          visitor.say({ kind: "heartbeat", nonce: ++beats, visible: true });
      };
      carrier = carrierOf(name, surroundingsOf(url, number)).dial({
        opened: () => visitor.say(visitorHello(site, number, name, producer)),
        message: (text) => {
          for (const frame of decodeServerMessage(text, JSON)) hears(frame);
        },
        closed(code, reason) {
          reject(new Error(`closed ${code} ${reason}`));
          visitor.onClosed(code, reason);
        },
      });
    }),
    onFrame: () => undefined,
    onClosed: () => undefined,
  };
  return visitor;
}
