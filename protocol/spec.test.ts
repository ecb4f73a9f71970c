import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeClientMessage, decodeServerMessage, encodeClientFrame, encodeServerFrame } from "./codec.ts";
import { errorMeanings } from "./errors.ts";
import * as limits from "./limits.ts";
import { clientFrameKinds, serverFrameKinds } from "./testing/arbitrary-frames.ts";
import { json } from "./testing/model-server.ts";
import { dictionary } from "./wire-words.ts";

const spec = readFileSync(new URL("SPEC.md", import.meta.url), "utf8");
const section = (title: string): string => spec.split(/^#{2,3} /m).find((part) => part.startsWith(title)) ?? "";
const cells = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim().replaceAll("`", ""))
        .slice(1, -1),
    );
const examples = (title: string): { name: string; text: string }[] =>
  [...section(title).matchAll(/\*\*([\w-]+)\*\*[^\n]*\n\n```json\n(.*)\n```/g)].map(([, name, text]) => ({
    name: name as string,
    text: text as string,
  }));

describe("SPEC.md says what the code says", () => {
  it("R3.4 short keys", () => {
    const told = cells(section("3. Wire")).flatMap((row) => [0, 2, 4].map((at) => [row[at + 1], row[at]]));
    expect(Object.fromEntries(told.filter(([word]) => word))).toEqual(dictionary(true));
  });
  it("§8 errors", () => {
    const told = cells(section("8. Errors")).map(([code, , fault, retry, httpStatus, closeCode]) => [
      code,
      { fault, retry, httpStatus: Number(httpStatus), closeCode: closeCode === "–" ? 0 : Number(closeCode) },
    ]);
    expect(Object.fromEntries(told)).toEqual(errorMeanings);
  });
  it("§9 limits", () => {
    const told = cells(section("9. Limits")).map(([name, value]) => [name, Number(value)]);
    expect(Object.fromEntries(told)).toEqual({ ...limits });
  });
  it("§13 every frame of a client, and it is one", () => {
    const found = examples("From client");
    expect(found.map(({ name }) => name).sort()).toEqual([...clientFrameKinds].sort());
    for (const { name, text } of found) {
      const frame = decodeClientMessage(text, json)[0];
      expect(frame).toMatchObject({ kind: name });
      if (frame && frame.kind !== "bad") expect(JSON.parse(encodeClientFrame(frame, json))).toEqual(JSON.parse(text));
    }
  });
  it("§13 every frame of a server, and it is one", () => {
    const found = examples("From server");
    expect(found.map(({ name }) => name).sort()).toEqual([...serverFrameKinds].sort());
    for (const { name, text } of found) {
      const frame = decodeServerMessage(text, json)[0];
      expect(frame).toMatchObject({ kind: name });
      if (frame) expect(JSON.parse(encodeServerFrame(frame, json))).toEqual(JSON.parse(text));
    }
  });
  it("R6.1 the example of a signature", () => {
    const text = ["customer-7", "Ada", "", "1900000000000"].join("\n");
    expect(section("6. Identity")).toContain(createHmac("sha256", "s3cret").update(text).digest("hex"));
  });
  it("tests cite rules that exist", () => {
    const cited = ["codec.test.ts", "client.test.ts", "client.fuzz.test.ts", "spec.test.ts"].flatMap((name) =>
      [...readFileSync(new URL(name, import.meta.url), "utf8").matchAll(/["`](R\d+\.\d+) /g)].map(([, rule]) => rule),
    );
    expect(cited.length).toBeGreaterThan(10);
    for (const rule of cited) expect(spec).toContain(`**${rule}** `);
  });
});
