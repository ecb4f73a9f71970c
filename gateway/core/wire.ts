/** The codec with the machine's JSON, which is the same everywhere. */

import type { ClientFrame } from "../../protocol/client-frames.ts";
import { type BadFrame, decodeClientMessage, encodeServerFrame } from "../../protocol/codec.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import type { Json } from "../../protocol/ports.ts";

const json: Json = JSON;

export function decode(text: string): (ClientFrame | BadFrame)[] {
  return decodeClientMessage(text, json);
}

export function encode(frame: ServerFrame): string {
  return encodeServerFrame(frame, json);
}
