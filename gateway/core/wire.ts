/** The codec with the machine's JSON, which is the same everywhere. */
import { type BadFrame, decodeClientMessage, encodeServerFrame } from "../../protocol/codec.ts";
import type { ClientFrame, ServerFrame } from "../../protocol/frames.ts";
import type { Json } from "../../protocol/ports.ts";

const json: Json = JSON;

export function decode(text: string): (ClientFrame | BadFrame)[] {
  return decodeClientMessage(text, json);
}

export function encode(frame: ServerFrame): string {
  return encodeServerFrame(frame, json);
}
