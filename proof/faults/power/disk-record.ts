/** What `disk-recorder.c` wrote down. */
import { readFileSync } from "node:fs";

export type DiskStep =
  | { readonly kind: "write"; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: "truncate"; readonly path: string; readonly bytes: number }
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "unlink"; readonly path: string };

const headBytes = 20;

/** In order. A record that the end of its process has torn is left out. */
export function readDiskRecord(recordPath: string): DiskStep[] {
  const bytes = readFileSync(recordPath);
  const steps: DiskStep[] = [];
  for (let at = 0; at + headBytes <= bytes.length; ) {
    const pathEnd = at + headBytes + bytes.readUInt32LE(at + 4);
    const end = pathEnd + bytes.readUInt32LE(at + 8);
    if (end > bytes.length) break;
    const path = bytes.toString("utf8", at + headBytes, pathEnd);
    const offset = Number(bytes.readBigUInt64LE(at + 12));
    steps.push(stepOf(String.fromCharCode(bytes.readUInt32LE(at)), path, offset, bytes.subarray(pathEnd, end)));
    at = end;
  }
  return steps;
}

function stepOf(kind: string, path: string, offset: number, data: Buffer): DiskStep {
  switch (kind) {
    case "w":
      return { kind: "write", path, offset, data };
    case "t":
      return { kind: "truncate", path, bytes: offset };
    case "s":
      return { kind: "sync", path };
    case "u":
      return { kind: "unlink", path };
    default:
      throw new Error(`a record begins with ${kind}`);
  }
}
