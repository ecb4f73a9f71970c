import { expect, it } from "vitest";
import type { DiskStep } from "./disk-record.ts";
import { UnpluggedDisk } from "./unplugged-disk.ts";

const write = (offset: number, text: string): DiskStep => ({
  kind: "write",
  path: "f",
  offset,
  data: Buffer.from(text),
});
const sync: DiskStep = { kind: "sync", path: "f" };

function found(fraction: number, ...steps: DiskStep[]): string | undefined {
  const disk = new UnpluggedDisk(() => "/nowhere");
  for (const step of steps) disk.take(step);
  return disk
    .image(() => fraction)
    .get("f")
    ?.toString();
}

it("what was synced is there, the rest is gone where chance says so", () => {
  const steps = [write(0, "abcdef"), write(1, "X"), sync, write(3, "YZ")];
  expect(found(0, ...steps)).toBe("aXcdef");
  // Chance keeps the last write, and tears it before its first sector.
  expect(found(0.5, ...steps)).toBe("aXcYZf");
});

it("files shrink and are taken away", () => {
  expect(found(0, write(0, "abcdef"), { kind: "truncate", path: "f", bytes: 2 }, sync)).toBe("ab");
  expect(found(0, write(0, "abcdef"), sync, { kind: "unlink", path: "f" })).toBe("");
});
