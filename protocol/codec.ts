/**
 * Text <-> frame, in two halves that bundles take one of. A wire message is one frame or an array of at most
 * `maxFramesPerMessage` frames (SPEC.md §3). Nothing here throws at its caller, whatever the text is.
 */
import { clientFrameShapes } from "./client-frame-shapes.ts";
import type { ClientFrame } from "./client-frames.ts";
import type { ErrorCode } from "./errors.ts";
import { protocolVersion, type Refuse, type ServerFrame } from "./frames.ts";
import { maxFrameBytes, maxFramesPerMessage, maxJsonDepth } from "./limits.ts";
import type { Json } from "./ports.ts";
import { asObject, id, integer, type Mismatch, publishAddress, type Reader, wireKey } from "./shape.ts";
import { dictionary, isArray, owns, rename } from "./wire-words.ts";

// ---------------------------------------------------------------- the client's half

const toWords = /* @__PURE__ */ dictionary(false);
const toKeys = /* @__PURE__ */ dictionary(true);

export function encodeClientFrame(frame: ClientFrame, json: Json): string {
  return json.stringify(rename(frame, toKeys));
}

/** The gateway is trusted to keep the shapes; what is no frame at all is left out, and unknown kinds are passed on. */
export function decodeServerMessage(text: string, json: Json): ServerFrame[] {
  const frames: ServerFrame[] = [];
  try {
    const words = rename([json.parse(text)], toWords) as unknown[];
    const list = isArray(words[0]) ? words[0] : words;
    for (let i = 0; i < list.length; i++) {
      const frame = list[i] as ServerFrame | null;
      if (frame && typeof frame.kind === "string") frames.push(frame);
    }
  } catch {
    // Not JSON, or deeper than the stack: a broken link, which the missing frames tell.
  }
  return frames;
}

/** The word is reserved in ECMAScript 3, where no minifier may write it behind a dot. */
export function isFinal(frame: Refuse): boolean {
  return frame[toWords.f as "final"];
}

// ---------------------------------------------------------------- the gateway's half

/** What stands where a frame could not be read. */
export interface BadFrame {
  kind: "bad";
  /** `malformed`, `too-large`: the whole message. `invalid`, `unknown-frame`, `unsupported-version`: this frame. */
  code: ErrorCode;
  /** Names the field and what is wrong with it, never its content. */
  detail: string;
  /** The frame kind, where it could be read. */
  about?: string;
  /** A publish whose place could be read: to be refused for good, so that the ordinal is consumed (rule 19). */
  publish?: { producer: string; address: string; ordinal: number; id: string };
}

export function encodeServerFrame(frame: ServerFrame, json: Json): string {
  return json.stringify(rename(frame, toKeys));
}

/** One wire message; the caller keeps it within `maxFramesPerMessage` and `maxFrameBytes`. */
export function encodeServerFrames(frames: readonly ServerFrame[], json: Json): string {
  return json.stringify(rename(frames, toKeys));
}

/** Every frame of the message in order, with a {@link BadFrame} in the place of each one that is refused. */
export function decodeClientMessage(text: string, json: Json): (ClientFrame | BadFrame)[] {
  if (utf8BytesAbove(text, maxFrameBytes)) return [bad("too-large", `more than ${maxFrameBytes} bytes`)];
  if (deeperThan(text, maxJsonDepth)) return [bad("malformed", `nested deeper than ${maxJsonDepth}`)];
  let value: unknown;
  try {
    value = json.parse(text);
  } catch {
    return [bad("malformed", "not JSON")];
  }
  if (!isArray(value)) return [readFrame(value)];
  if (value.length > maxFramesPerMessage) return [bad("malformed", `more than ${maxFramesPerMessage} frames`)];
  const frames: (ClientFrame | BadFrame)[] = [];
  for (let i = 0; i < value.length; i++) frames.push(readFrame(value[i]));
  return frames;
}

const shapes = /* @__PURE__ */ clientFrameShapes() as { readonly [kind: string]: Reader<ClientFrame> };

function bad(code: ErrorCode, detail: string, about?: string): BadFrame {
  return about === undefined ? { kind: "bad", code, detail } : { kind: "bad", code, detail, about };
}

function readFrame(value: unknown): ClientFrame | BadFrame {
  let kind: unknown;
  try {
    const fields = asObject(value, "frame");
    kind = owns(fields, wireKey("kind")) ? fields[wireKey("kind")] : undefined;
    if (typeof kind !== "string") return bad("invalid", "kind is not a text");
    if (!owns(shapes, kind)) return bad("unknown-frame", "this kind of frame is not known");
    const version = fields[wireKey("version")];
    if (kind === "hello" && typeof version === "number" && version !== protocolVersion) {
      return bad("unsupported-version", `version ${protocolVersion} is spoken here`, kind);
    }
    return (shapes[kind] as Reader<ClientFrame>)(value, "");
  } catch (error) {
    const { path, problem } = error as Mismatch;
    const about = typeof kind === "string" ? kind : undefined;
    const result = bad("invalid", `${path} ${problem}`, about);
    if (about === "publish") placeOf(value as { [key: string]: unknown }, result);
    return result;
  }
}

/** Where the refused publish stood, if that much can be read. */
function placeOf(fields: { [key: string]: unknown }, result: BadFrame): void {
  try {
    result.publish = {
      producer: id(fields[wireKey("producer")], ""),
      address: publishAddress(fields[wireKey("address")], ""),
      ordinal: integer(1)(fields[wireKey("ordinal")], ""),
      id: id(fields.id, ""),
    };
  } catch {
    // Then nothing can be consumed; the error alone tells.
  }
}

function utf8BytesAbove(text: string, most: number): boolean {
  if (text.length > most) return true;
  if (text.length * 3 <= most) return false;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes > most;
}

/** Looked at before parsing, so that no parser's stack is at a stranger's mercy. */
function deeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 92) i++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 91 || code === 123) {
      if (++depth > most) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}
