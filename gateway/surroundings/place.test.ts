import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigError } from "../config.ts";
import { openPlaces } from "./place.ts";

type Value = string | { uint: number } | { list: Value[] } | { [key: string]: Value };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-places-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A value of the data section (MaxMind DB file format 2.0, "Output Data Section"); sizes below 29. */
function encoded(value: Value): Buffer {
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([(2 << 5) | bytes.length]), bytes]);
  }
  if ("uint" in value && typeof value.uint === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value.uint);
    return Buffer.concat([Buffer.from([(6 << 5) | 4]), bytes]);
  }
  if ("list" in value && Array.isArray(value.list)) {
    return Buffer.concat([Buffer.from([value.list.length, 11 - 7]), ...value.list.map(encoded)]);
  }
  const entries = Object.entries(value as { [key: string]: Value });
  return Buffer.concat([
    Buffer.from([(7 << 5) | entries.length]),
    ...entries.flatMap(([key, one]) => [encoded(key), encoded(one)]),
  ]);
}

/** A database that knows one network: a tree with a node for each bit of its prefix, records of 24 bits. */
function databaseOf(network: readonly number[], place: Value): Buffer {
  const bits = network.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1));
  const nodes = bits.map((bit, at) => {
    const onward = at + 1 < bits.length ? at + 1 : bits.length + 16;
    const node = Buffer.alloc(6);
    node.writeUIntBE(bit === 0 ? onward : bits.length, 0, 3);
    node.writeUIntBE(bit === 1 ? onward : bits.length, 3, 3);
    return node;
  });
  const metadata: Value = {
    node_count: { uint: bits.length },
    record_size: { uint: 24 },
    ip_version: { uint: 4 },
    database_type: "Test-City",
    languages: { list: ["en"] },
    binary_format_major_version: { uint: 2 },
    binary_format_minor_version: { uint: 0 },
    build_epoch: { uint: 1_700_000_000 },
    description: { en: "one network" },
  };
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([...nodes, Buffer.alloc(16), encoded(place), marker, encoded(metadata)]);
}

function written(bytes: Buffer): string {
  const path = join(folder, "places.mmdb");
  writeFileSync(path, bytes);
  return path;
}

describe("where a database is present", () => {
  const utrecht = { country: { iso_code: "NL" }, city: { names: { en: "Utrecht", zh: "乌得勒支" } } };

  test("an address in it has its country and city, another one none", async () => {
    const find = await openPlaces(written(databaseOf([192, 0, 2], utrecht)));
    expect(find("192.0.2.77")).toEqual({ country: "NL", city: "Utrecht" });
    expect(find("192.0.3.77")).toEqual({});
    expect(find("127.0.0.1")).toEqual({});
  });

  test("a database of countries alone gives no city", async () => {
    const find = await openPlaces(written(databaseOf([192, 0, 2], { country: { iso_code: "CN" } })));
    expect(find("192.0.2.1")).toEqual({ country: "CN" });
  });

  test("what is no address has no place", async () => {
    const find = await openPlaces(written(databaseOf([192, 0, 2], utrecht)));
    for (const text of ["", "nonsense", "2001:db8::1", "::ffff:198.51.100.1"]) expect(find(text)).toEqual({});
  });
});

test("without a database nothing is known of any place", async () => {
  expect((await openPlaces(""))("192.0.2.1")).toEqual({});
});

test.each(["nothing there", "no database"])(
  "a file that cannot be read stops the start by its name: %s",
  async (kind) => {
    const path = kind === "no database" ? written(Buffer.from("text")) : join(folder, "missing.mmdb");
    await expect(openPlaces(path)).rejects.toThrow(ConfigError);
    await expect(openPlaces(path)).rejects.toThrow(/BECKON_GEO_DATABASE/);
  },
);
