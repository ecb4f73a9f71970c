import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientFrame, Publish } from "./client-frames.ts";
import {
  type BadFrame,
  decodeClientMessage,
  decodeServerMessage,
  encodeClientFrame,
  encodeServerFrame,
  encodeServerFrames,
} from "./codec.ts";
import { maxAttributes, maxFrameBytes, maxFramesPerMessage, maxJsonDepth, maxTextChars } from "./limits.ts";
import { clientFrame, clientFrameKinds, serverFrame, serverFrameKinds, someId } from "./testing/arbitrary-frames.ts";

const json = {
  parse: (text: string): unknown => JSON.parse(text),
  stringify: (value: unknown) => JSON.stringify(value),
};
const decode = (value: unknown) => decodeClientMessage(JSON.stringify(value), json);
const wire = (frame: ClientFrame) => JSON.parse(encodeClientFrame(frame, json)) as { [key: string]: unknown };
const onlyBad = (frames: (ClientFrame | BadFrame)[]): BadFrame => {
  expect(frames).toHaveLength(1);
  expect(frames[0]?.kind).toBe("bad");
  return frames[0] as BadFrame;
};
const id = "AAAAAAAAAAAAAAAAAAAAAA";
const publish: Publish = {
  kind: "publish",
  producer: id,
  address: "current",
  ordinal: 1,
  id,
  body: { kind: "text", text: "hello" },
};
const fill = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, i]));

describe("every frame comes back as it went", () => {
  it.each(clientFrameKinds)("client: %s", (kind) => {
    fc.assert(
      fc.property(clientFrame(kind), (frame) => {
        expect(decodeClientMessage(encodeClientFrame(frame, json), json)).toEqual([frame]);
      }),
    );
  });
  it.each(serverFrameKinds)("server: %s", (kind) => {
    fc.assert(
      fc.property(serverFrame(kind), (frame) => {
        expect(decodeServerMessage(encodeServerFrame(frame, json), json)).toEqual([frame]);
      }),
    );
  });
  it("several in one message, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...serverFrameKinds).chain(serverFrame), { maxLength: 5 }), (frames) => {
        expect(decodeServerMessage(encodeServerFrames(frames, json), json)).toEqual(frames);
      }),
    );
  });
});

describe("R3.1 hostile input is an error value, never a throw", () => {
  it("whatever the text is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        for (const frame of decodeClientMessage(text, json)) expect(frame.kind).toBe("bad");
        decodeServerMessage(text, json);
      }),
    );
  });
  it("whatever stands in one field of a good frame", () => {
    const mutated = fc.constantFrom(...clientFrameKinds).chain((kind) =>
      clientFrame(kind).chain((frame) => {
        const good = wire(frame);
        return fc.record({
          good: fc.constant(good),
          key: fc.constantFrom(...Object.keys(good), "__proto__", "constructor", "toString"),
          value: fc.jsonValue(),
        });
      }),
    );
    fc.assert(
      fc.property(mutated, ({ good, key, value }) => {
        const text = JSON.stringify({ ...good, [key]: value });
        const frames = decodeClientMessage(text, json);
        expect(frames).toHaveLength(1);
        const again = JSON.stringify(frames[0]);
        expect(typeof again).toBe("string");
      }),
      { numRuns: 500 },
    );
  });
  it("a parser that throws on everything", () => {
    const broken = {
      parse: () => {
        throw new Error("no");
      },
      stringify: json.stringify,
    };
    expect(onlyBad(decodeClientMessage("{}", broken)).code).toBe("malformed");
    expect(decodeServerMessage("{}", broken)).toEqual([]);
  });
});

describe("R3.2 the message as a whole", () => {
  it("is refused above maxFrameBytes, counted in bytes", () => {
    const text = (count: number) => `"${"ß".repeat(count)}"`;
    const most = (maxFrameBytes - 2) / 2;
    expect(onlyBad(decodeClientMessage(text(most), json)).code).toBe("invalid");
    expect(onlyBad(decodeClientMessage(text(most + 1), json)).code).toBe("too-large");
    expect(onlyBad(decodeClientMessage(`"${"😀".repeat((maxFrameBytes - 2) / 4 + 1)}"`, json)).code).toBe("too-large");
    expect(onlyBad(decodeClientMessage(`"${"语".repeat(Math.floor((maxFrameBytes - 2) / 3))}"`, json)).code).toBe(
      "invalid",
    );
  });
  it("is refused when nested deeper than maxJsonDepth, before it is parsed", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(onlyBad(decodeClientMessage(nested(maxJsonDepth), json)).code).toBe("invalid");
    const spy = {
      parse: () => {
        throw new Error("was parsed");
      },
      stringify: json.stringify,
    };
    const error = onlyBad(decodeClientMessage(nested(maxJsonDepth + 1), spy));
    expect(error).toMatchObject({ code: "malformed", detail: `nested deeper than ${maxJsonDepth}` });
  });
  it("does not count brackets inside texts", () => {
    const body = { kind: "text" as const, text: '"\\[[[[[[[[[[[[[{{{{{{' };
    expect(decodeClientMessage(encodeClientFrame({ ...publish, body }, json), json)).toEqual([{ ...publish, body }]);
  });
  it("is refused with more than maxFramesPerMessage frames", () => {
    const many = (count: number) => decode(Array.from({ length: count }, () => ({ k: "bye" })));
    expect(many(maxFramesPerMessage)).toHaveLength(maxFramesPerMessage);
    expect(onlyBad(many(maxFramesPerMessage + 1)).code).toBe("malformed");
  });
  it("one bad frame does not lose its neighbours", () => {
    const frames = decode([wire(publish), { k: "publish" }, 7, null, { k: "nonsense" }, wire({ kind: "bye" })]);
    expect(frames.map((frame) => (frame.kind === "bad" ? frame.code : frame.kind))).toEqual([
      "publish",
      "invalid",
      "invalid",
      "invalid",
      "unknown-frame",
      "bye",
    ]);
  });
});

describe("R3.3 the fields of a frame", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("kind %s is not known", (kind) => {
    expect(onlyBad(decodeClientMessage(`{"k":"${kind}"}`, json)).code).toBe("unknown-frame");
  });
  it("unknown fields are ignored, `__proto__` is harmless", () => {
    const frames = decodeClientMessage(
      '{"k":"status","available":true,"__proto__":{"available":false,"evil":1},"future":[1]}',
      json,
    );
    expect(frames).toEqual([{ kind: "status", available: true }]);
    expect("evil" in (frames[0] as object)).toBe(false);
    const inherited = decodeClientMessage('{"k":"status","__proto__":{"available":true}}', json);
    expect(onlyBad(inherited).code).toBe("invalid");
    const server = decodeServerMessage('{"k":"go","__proto__":{"evil":1},"withinMs":1,"reason":""}', json);
    expect(server).toEqual([{ kind: "go", withinMs: 1, reason: "" }]);
    expect("evil" in (server[0] as object)).toBe(false);
  });
  it("attributes: names, counts and values are bounded, and no name reaches a prototype", () => {
    const set = (attributes: unknown) => decode({ k: "set", attributes: attributes });
    expect(set(fill(maxAttributes))[0]?.kind).toBe("set");
    for (const attributes of [
      fill(maxAttributes + 1),
      { a: {} },
      { a: [] },
      { "": 1 },
      [],
      { "a\nb": 1 },
      { ["x".repeat(61)]: 1 },
    ]) {
      expect(onlyBad(set(attributes))).toMatchObject({ code: "invalid", about: "set" });
    }
    expect(onlyBad(decodeClientMessage('{"k":"set","attributes":{"__proto__":1}}', json)).code).toBe("invalid");
    expect(onlyBad(decodeClientMessage('{"k":"set","attributes":{"a":1e999}}', json)).code).toBe("invalid");
    expect(set({ constructor: "x" })).toEqual([{ kind: "set", attributes: { constructor: "x" } }]);
  });
  it("integers are whole, 0 to 2^53 - 1", () => {
    const beat = (nonce: unknown) => decode({ k: "heartbeat", nc: nonce, vs: true });
    expect(beat(Number.MAX_SAFE_INTEGER)[0]?.kind).toBe("heartbeat");
    for (const nonce of [2 ** 53, -1, 0.5, "1", null, undefined]) expect(onlyBad(beat(nonce)).code).toBe("invalid");
  });
  it("lone surrogates are refused, pairs are not", () => {
    const say = (text: string) => decode({ ...wire(publish), b: { k: "text", x: text } });
    expect(say("😀 ok")[0]?.kind).toBe("publish");
    for (const text of ["\ud83d", "a\ude00b", "\ude00\ud83d", "😀\ud83d"]) {
      expect(onlyBad(say(text)).detail).toBe("body.text has half of a surrogate pair");
    }
  });
  it("texts are bounded in UTF-16 units", () => {
    const say = (text: string) => decode({ ...wire(publish), b: { k: "text", x: text } });
    expect(say("x".repeat(maxTextChars))[0]?.kind).toBe("publish");
    expect(onlyBad(say("x".repeat(maxTextChars + 1))).code).toBe("invalid");
    expect(onlyBad(say("")).code).toBe("invalid");
  });
  it.each(["short", `${id}x`, "AAAAAAAAAAAAAAAAAAAAA=", `${id}\n`, ""])("%j is no id", (wrong) => {
    expect(onlyBad(decode({ ...wire(publish), p: wrong })).code).toBe("invalid");
  });
  it("another version is told apart from a broken hello", () => {
    expect(onlyBad(decode({ k: "hello", version: 2 }))).toMatchObject({ code: "unsupported-version", about: "hello" });
    expect(onlyBad(decode({ k: "hello", version: 1 }))).toMatchObject({ code: "invalid", about: "hello" });
  });
});

describe("R7.6 a refused publish still names its place, so that its ordinal can be consumed", () => {
  it("when the place can be read", () => {
    fc.assert(
      fc.property(someId, fc.jsonValue(), (producer, body) => {
        const error = onlyBad(decode({ ...wire({ ...publish, producer }), b: { k: "text", x: 1, y: body } }));
        expect(error.publish).toEqual({ producer, address: "current", ordinal: 1, id });
      }),
    );
  });
  it("and not when it cannot", () => {
    expect(onlyBad(decode({ ...wire(publish), o: 0 })).publish).toBeUndefined();
  });
});
