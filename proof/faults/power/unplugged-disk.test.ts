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

/** For each write that was not synced: kept from a half on, torn from a half on, and how much of its sectors is left. */
function found(chance: readonly number[], ...steps: DiskStep[]): string | undefined {
  const disk = new UnpluggedDisk(() => "/nowhere");
  for (const step of steps) disk.take(step);
  const left = [...chance];
  return disk
    .image(() => left.shift() ?? 0)
    .get("f")
    ?.toString();
}

it("what was synced is there, the rest as chance has it", () => {
  const steps = [write(0, "abcdef"), write(1, "X"), sync, write(3, "YZ")];
  expect(found([0], ...steps)).toBe("aXcdef");
  expect(found([0.9, 0.1], ...steps)).toBe("aXcYZf");
  expect(found([0.9, 0.9, 0.9], ...steps)).toBe("aXcdef");
});

it("a write is torn between sectors", () => {
  const image = found([0.9, 0.9, 0.6], write(0, "a".repeat(1024)), sync, write(0, "b".repeat(1024)));
  expect(image).toBe("b".repeat(512) + "a".repeat(512));
});

it("files shrink and are taken away", () => {
  expect(found([], write(0, "abcdef"), { kind: "truncate", path: "f", bytes: 2 }, sync)).toBe("ab");
  expect(found([], write(0, "abcdef"), sync, { kind: "unlink", path: "f" })).toBe("");
});
