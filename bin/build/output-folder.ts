import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** One file of the build. `gzip`: its size in bytes after `gzip -9`. `sha384`: for a script's `integrity` attribute. */
export interface BuiltFile {
  readonly url: string;
  readonly bytes: number;
  readonly gzip: number;
  readonly sha384: string;
}

/** The folder that a build writes into, with a compressed copy beside each file and a manifest of all of them. */
export class OutputFolder {
  readonly path: string;
  readonly #files = new Map<string, BuiltFile>();

  constructor(folder: string) {
    this.path = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Writes `<path>`, `<path>.br` and `<path>.gz`. `name`: what the manifest calls it; default: the last part of the path. */
  write(path: string, content: string, name: string = path.slice(path.lastIndexOf("/") + 1)): BuiltFile {
    const target = join(this.path, path);
    const bytes = Buffer.from(content);
    const gzip = gzipSync(bytes, { level: 9 });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    writeFileSync(`${target}.gz`, gzip);
    writeFileSync(`${target}.br`, brotli(bytes));
    const file = { url: `/${path}`, bytes: bytes.length, gzip: gzip.length, sha384: digest("sha384", bytes, "base64") };
    this.#files.set(name, file);
    return file;
  }

  writeManifest(): void {
    writeFileSync(join(this.path, "manifest.json"), `${JSON.stringify(Object.fromEntries(this.#files), null, 2)}\n`);
  }

  get files(): ReadonlyMap<string, BuiltFile> {
    return this.#files;
  }
}

/** The folder name of immutable files: changes with any of their contents. */
export function contentHash(...contents: readonly string[]): string {
  return digest("sha256", Buffer.from(contents.join("\0")), "hex").slice(0, 16);
}

function digest(algorithm: "sha256" | "sha384", bytes: Buffer, encoding: "hex" | "base64"): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}

function brotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
