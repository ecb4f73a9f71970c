/** A disk without a cache that survives: what was synced is there, of the rest some, torn between sectors. */
import { existsSync, readFileSync } from "node:fs";
import type { DiskStep } from "./disk-record.ts";

const sectorBytes = 512;

type Change = Extract<DiskStep, { kind: "write" | "truncate" }>;

/** A file that grows without being copied each time. */
class Content {
  #bytes: Buffer;
  #length: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  change(change: Change): void {
    if (change.kind === "truncate") {
      this.#reserve(change.bytes);
      if (change.bytes < this.#length) this.#bytes.fill(0, change.bytes, this.#length);
      this.#length = change.bytes;
      return;
    }
    const end = change.offset + change.data.length;
    this.#reserve(end);
    change.data.copy(this.#bytes, change.offset);
    this.#length = Math.max(this.#length, end);
  }

  copy(): Content {
    return new Content(this.bytes());
  }

  bytes(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const larger = Buffer.alloc(bytes * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

export class UnpluggedDisk {
  readonly #files = new Map<string, { synced: Content; pending: Change[] }>();
  readonly #base: (path: string) => string;

  /** `base`: where the state of a file before the record lies, if there was one. `paths`: that are there, whatever is recorded. */
  constructor(base: (path: string) => string, paths: readonly string[] = []) {
    this.#base = base;
    for (const path of paths) this.#file(path);
  }

  take(step: DiskStep): void {
    if (step.kind === "unlink") {
      this.#files.set(step.path, { synced: new Content(Buffer.alloc(0)), pending: [] });
      return;
    }
    const file = this.#file(step.path);
    if (step.kind !== "sync") return void file.pending.push(step);
    for (const change of file.pending) file.synced.change(change);
    file.pending = [];
  }

  /** What is found when the power is back: paths and contents. `fraction`: chance decides over what was not synced. */
  image(fraction: () => number): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    for (const [path, { synced, pending }] of this.#files) {
      const content = synced.copy();
      for (const change of pending) if (fraction() >= 0.5) content.change(torn(change, fraction));
      found.set(path, content.bytes());
    }
    return found;
  }

  #file(path: string): { synced: Content; pending: Change[] } {
    const known = this.#files.get(path);
    if (known) return known;
    const base = this.#base(path);
    const file = { synced: new Content(existsSync(base) ? readFileSync(base) : Buffer.alloc(0)), pending: [] };
    this.#files.set(path, file);
    return file;
  }
}

/** Sometimes not all of its sectors. */
function torn(change: Change, fraction: () => number): Change {
  if (change.kind === "truncate" || fraction() < 0.5) return change;
  const sectors = Math.ceil(change.data.length / sectorBytes);
  return { ...change, data: change.data.subarray(0, Math.floor(fraction() * sectors) * sectorBytes) };
}
