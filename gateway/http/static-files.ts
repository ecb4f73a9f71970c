/**
 * Files that were built: read once at start, served from memory with the compressed form that the browser takes. Names under
 * `/assets/` carry a hash and never change; the rest is checked again by ETag.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { HttpRequest, HttpResponse } from "../runtime/runtime.ts";

export interface StaticFiles {
  /** False: no such file. */
  serve(request: HttpRequest, response: HttpResponse): boolean;
}

export interface StaticFolder {
  /** Begins and ends with `/`. */
  readonly prefix: string;
  readonly folder: string;
  readonly cacheControl: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Serves this file of the folder and no other. */
  readonly only?: string;
}

interface StoredFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly brotli: Buffer | undefined;
  readonly gzip: Buffer | undefined;
  readonly cacheControl: string;
  readonly headers: Readonly<Record<string, string>>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json; charset=utf-8",
};

const neverCompressed = new Set([".png", ".woff2"]);
const smallestCompressed = 512;

export function createStaticFiles(folders: readonly StaticFolder[]): StaticFiles {
  const files = new Map<string, StoredFile>();
  for (const folder of folders) for (const path of filesBelow(folder.folder, folder.only)) addFile(files, folder, path);
  return {
    serve(request, response) {
      const file = files.get(request.path) ?? files.get(`${request.path}index.html`);
      if (file === undefined) return redirectToFolder(files, request, response);
      if (request.method !== "GET" && request.method !== "HEAD") {
        response.send(
          405,
          { Allow: "GET, HEAD", "Content-Type": "text/plain; charset=utf-8" },
          "This file can only be read.\n",
        );
        return true;
      }
      sendFile(file, request, response);
      return true;
    },
  };
}

function filesBelow(folder: string, only: string | undefined): string[] {
  try {
    return readdirSync(folder, { recursive: only === undefined, withFileTypes: true })
      .filter((entry) => entry.isFile() && ![".br", ".gz"].includes(extname(entry.name)))
      .filter((entry) => only === undefined || entry.name === only)
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function addFile(files: Map<string, StoredFile>, folder: StaticFolder, path: string): void {
  const plain = readFileSync(path);
  const extension = extname(path);
  const compressible = !neverCompressed.has(extension) && plain.length >= smallestCompressed;
  files.set(folder.prefix + relative(folder.folder, path).split(sep).join("/"), {
    type: types[extension] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    plain,
    brotli: compressible
      ? compressed(path, ".br", () => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }))
      : undefined,
    gzip: compressible ? compressed(path, ".gz", () => gzipSync(plain)) : undefined,
    cacheControl: folder.cacheControl,
    headers: folder.headers ?? {},
  });
}

/** The build writes the best compression beside the file. */
function compressed(path: string, extension: string, compress: () => Buffer): Buffer {
  try {
    return readFileSync(path + extension);
  } catch {
    return compress();
  }
}

function redirectToFolder(files: Map<string, StoredFile>, request: HttpRequest, response: HttpResponse): boolean {
  if (!files.has(`${request.path}/index.html`)) return false;
  response.send(301, {
    Location: `${request.path}/${request.query === "" ? "" : `?${request.query}`}`,
    "Cache-Control": "no-cache",
  });
  return true;
}

function sendFile(file: StoredFile, request: HttpRequest, response: HttpResponse): void {
  const headers = {
    ...file.headers,
    "Content-Type": file.type,
    "Cache-Control": file.cacheControl,
    "X-Content-Type-Options": "nosniff",
    ETag: file.etag,
    Vary: "Accept-Encoding",
  };
  if (request.headers.get("if-none-match") === file.etag) {
    response.send(304, headers);
    return;
  }
  const accepted = request.headers.get("accept-encoding") ?? "";
  if (file.brotli !== undefined && /\bbr\b/.test(accepted))
    response.send(200, { ...headers, "Content-Encoding": "br" }, file.brotli);
  else if (file.gzip !== undefined && /\bgzip\b/.test(accepted))
    response.send(200, { ...headers, "Content-Encoding": "gzip" }, file.gzip);
  else response.send(200, headers, file.plain);
}
