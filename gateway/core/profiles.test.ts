import { expect, test } from "vitest";
import { maxAttributes } from "../../protocol/limits.ts";
import type { VisitorProfile } from "../../storage/storage.ts";
import { Profiles } from "./profiles.ts";
import type { Rooms } from "./rooms.ts";
import type { VisitorPrincipal } from "./session.ts";

test("an outage with ever new names keeps the newest, and no more than can be stored and removed", async () => {
  const saved: VisitorProfile[] = [];
  const rooms = {
    clock: { now: () => 0, monotonic: () => 0, after: () => ({ cancel: () => undefined }) },
    storage: {
      saveVisitor: async (_tenant: number, _site: number, _visitor: string, profile: VisitorProfile) =>
        saved.push(profile),
    },
  } as unknown as Rooms;
  const profiles = new Profiles(rooms);
  const visitor = { tenant: 1, site: 1, visitor: "v" } as VisitorPrincipal;
  for (let turn = 0; turn < 1000; turn++) profiles.changed(visitor, { attributes: { [`name${turn}`]: turn } });
  await profiles.flush();
  const names = Object.keys(saved[0]?.attributes ?? {});
  expect(names).toHaveLength(2 * maxAttributes);
  expect(names.at(-1)).toBe("name999");
});

test("a change for which there is no room is counted", async () => {
  const counted: string[] = [];
  const rooms = {
    clock: { now: () => 0, monotonic: () => 0, after: () => ({ cancel: () => undefined }) },
    metrics: { count: (name: string) => counted.push(name) },
  } as unknown as Rooms;
  const profiles = new Profiles(rooms);
  const changed = (visitor: number) =>
    profiles.changed({ tenant: 1, site: 1, visitor: `v${visitor}` } as VisitorPrincipal, { attributes: { plan: "a" } });
  for (let visitor = 0; visitor < 10_000; visitor += 1) changed(visitor);
  changed(0);
  expect(counted).toEqual([]);
  changed(10_000);
  expect(counted).toEqual(["profiles_dropped"]);
});
