import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpResponse } from "../runtime/runtime.ts";
import { createStaticFiles, type StaticFiles } from "./static-files.ts";

let folder: string;
let files: StaticFiles;
const script = `/* ${"x".repeat(2000)} */`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-static-"));
  mkdirSync(join(folder, "page"));
  writeFileSync(join(folder, "page", "index.html"), "<!doctype html><title>x</title>");
  writeFileSync(join(folder, "app.js"), script);
  writeFileSync(join(folder, "secret.js"), "secret");
  files = createStaticFiles([
    { prefix: "/a/", folder, cacheControl: "no-cache", headers: { "X-Frame-Options": "DENY" } },
    { prefix: "/", folder, only: "app.js", cacheControl: "public, max-age=300" },
    { prefix: "/none/", folder: join(folder, "missing"), cacheControl: "no-cache" },
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sent {
  served: boolean;
  status: number;
  headers: Readonly<Record<string, string | readonly string[]>>;
  body: string | Uint8Array | undefined;
}

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Sent {
  const sent: Sent = { served: false, status: 0, headers: {}, body: undefined };
  const response = {
    send(status: number, given: Sent["headers"], body?: string | Uint8Array) {
      Object.assign(sent, { status, headers: given, body });
    },
  } as unknown as HttpResponse;
  const body = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
  sent.served = files.serve(
    { method, path, query: "q=1", headers: new Map(Object.entries(headers)), peerAddress: "", body },
    response,
  );
  return sent;
}

describe("built files", () => {
  test("are served with type, cache rule and the folder's headers", () => {
    const sent = ask("/a/app.js");
    expect(sent.status).toBe(200);
    expect(sent.headers).toMatchObject({
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "no-cache",
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
      Vary: "Accept-Encoding",
    });
    expect(String(sent.body)).toBe(script);
  });

  test("come in the compression that the browser takes", () => {
    const brotli = ask("/a/app.js", { "accept-encoding": "gzip, br" });
    expect(brotli.headers["Content-Encoding"]).toBe("br");
    expect(String(brotliDecompressSync(brotli.body as Uint8Array))).toBe(script);
    const gzip = ask("/a/app.js", { "accept-encoding": "gzip" });
    expect(gzip.headers["Content-Encoding"]).toBe("gzip");
    expect(String(gunzipSync(gzip.body as Uint8Array))).toBe(script);
  });

  test("are not sent again to who has them", () => {
    const { headers } = ask("/a/app.js");
    expect(ask("/a/app.js", { "if-none-match": String(headers.ETag) })).toMatchObject({ status: 304, body: undefined });
  });

  test("a folder is its index, by its address with a slash", () => {
    expect(ask("/a/page/")).toMatchObject({ served: true, status: 200 });
    expect(ask("/a/page")).toMatchObject({ served: true, status: 301, headers: { Location: "/a/page/?q=1" } });
  });

  test("nothing else of a folder with one named file, nothing outside, nothing missing", () => {
    expect(ask("/app.js").status).toBe(200);
    for (const path of [
      "/secret.js",
      "/a/../secret.js",
      "/a/%2e%2e/secret.js",
      "/none/x",
      "/a/page/x",
      "//evil.example",
    ])
      expect(ask(path).served).toBe(false);
  });

  test("can only be read", () => {
    expect(ask("/a/app.js", {}, "POST")).toMatchObject({ status: 405, headers: { Allow: "GET, HEAD" } });
  });
});
