import { expect, test } from "vitest";
import type { ClientFrame, Hello } from "../../protocol/client-frames.ts";
import { decodeClientMessage, encodeClientFrame } from "../../protocol/codec.ts";
import type { Attributes } from "../../protocol/frames.ts";
import { maxAttributes, maxEventProperties, maxFrameBytes, maxTitleChars, maxUrlChars } from "../../protocol/limits.ts";
import { wholeText } from "../../protocol/whole-text.ts";
import { pageJson } from "./json.ts";
import { copyAttributes, readIdentity } from "./plain-values.ts";

const id = "iiiiiiiiiiiiiiiiiiiiii";
const decoded = (frame: ClientFrame) => decodeClientMessage(encodeClientFrame(frame, pageJson), JSON)[0];
const copied = (values: unknown, most = maxAttributes): { kept: Attributes; fits: boolean } => {
  const kept: Attributes = {};
  return { fits: copyAttributes(values, kept, most), kept };
};
const many = (count: number, value: unknown): Attributes =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`name ${i}`, value])) as Attributes;

/** Everything as long as it may be, in a language of three bytes a character. */
function largestHello(attributes: Attributes): Hello {
  const url = `https://shop.example/${"山".repeat(maxUrlChars)}`.slice(0, maxUrlChars);
  const identity = readIdentity({ id: "山".repeat(128), name: "山".repeat(120), email: "山".repeat(254) });
  return {
    kind: "hello",
    version: 1,
    credential: { role: "visitor", site: "demo", secret: id, token: "t".repeat(1024) },
    carrier: "websocket",
    visible: true,
    producers: [{ producer: id, incarnation: 1, nonce: id, outgoing: [{ address: "current", first: 1, last: 2 }] }],
    positions: [{ address: "current", epoch: "", seen: 0, delivered: 0, read: 0 }],
    visit: {
      load: id,
      page: { url, title: "山".repeat(maxTitleChars), referrer: url },
      pageAgeMs: 0,
      attributes,
      locale: "zh-CN",
      timeZone: "Asia/Shanghai",
      screen: "1440x900",
    },
    ...(identity ? { identity } : {}),
  };
}

test("texts, numbers, booleans and null are copied, all else is left out", () => {
  const values = { text: "a", number: 1.5, yes: true, none: null, list: [1], not: Number.NaN, call: () => 1 };
  expect(copied(values)).toEqual({ fits: true, kept: { text: "a", number: 1.5, yes: true, none: null } });
  expect(copied(undefined).kept).toEqual({});
});

test.each([
  ["names that no frame may have", { "": 1, "a\nb": 1, "half \ud83d": 1, ["n".repeat(61)]: 1 }, {}],
  ["a text that is too long", { a: "x".repeat(501) }, { a: "x".repeat(500) }],
  ["a text that would be cut within a character", { a: `${"x".repeat(499)}😀` }, { a: `${"x".repeat(499)}\ufffd` }],
  ["the prototype", JSON.parse('{"__proto__":{"a":1},"b":2}'), { b: 2 }],
])("R3.3 %s", (_what, values, kept) => {
  expect(copied(values)).toEqual({ fits: true, kept });
});

test("R3.3 too many: the last are left out, and it is told", () => {
  const { kept, fits } = copied({ ...many(maxEventProperties, 1), more: 2 }, maxEventProperties);
  expect(fits).toBe(false);
  expect(kept).toEqual(many(maxEventProperties, 1));
});

test("R3.2 the largest hello that a page can cause is accepted", () => {
  const { kept, fits } = copied({ plan: "gold", ...many(49, "山".repeat(600)), visits: 3 });
  expect(fits).toBe(false);
  // What is small still finds room.
  expect(kept).toMatchObject({ plan: "gold", visits: 3 });
  const hello = largestHello(kept);
  const bytes = new TextEncoder().encode(encodeClientFrame(hello, pageJson)).length;
  expect(bytes).toBeLessThan(maxFrameBytes);
  expect(bytes).toBeGreaterThan(maxFrameBytes / 2);
  expect(decoded(hello)).toMatchObject({ kind: "hello" });
  expect(decoded({ kind: "set", attributes: kept })).toMatchObject({ kind: "set" });
});

test.each([
  ["no id", { name: "Ada" }],
  ["an id that is too long", { id: "x".repeat(129) }],
  ["a line break", { id: "1", name: "Ada\nLovelace" }],
  ["half a character", { id: "1", email: "\ud83d@example.org" }],
  ["an expiry that is none", { id: "1", expires: "tomorrow" }],
])("R6.2 an identity with %s is none", (_what, values) => {
  expect(readIdentity(values)).toBeNull();
});

test("R6.1 an identity arrives as it was signed", () => {
  const signed = { id: 7, name: "Ada", email: null, expires: 1_900_000_000_000, signature: "ab".repeat(32) };
  const { email: _email, ...rest } = signed;
  const identity = readIdentity(signed);
  expect(identity).toEqual({ ...rest, id: "7" });
  if (identity) expect(decoded({ kind: "identify", identity })).toEqual({ kind: "identify", identity });
});

test("a text is cut to whole characters", () => {
  expect([wholeText("a😀", 2), wholeText("a😀"), wholeText("\udc00a", 5)]).toEqual(["a\ufffd", "a😀", "\ufffda"]);
});
